import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centrality, mostCentral } from '../../../src/minutes/digest/central.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { speech } from '../support/any-record.ts';

function chosen(language: string, texts: readonly string[]): string[] {
  return mostCentral(texts.map((text) => ({ text, language }))).map((index) => texts[index] ?? '');
}

const ABOUT_THE_RELEASE = [
  'Good morning',
  'The release of the new parser is late because the parser tests fail on Windows',
  'My cat slept on the keyboard for the whole morning again',
  'If the parser tests fail on Windows we cannot cut the release this week',
  'Somebody brought cake to the kitchen on the second floor',
  'So the release waits until the Windows tests of the parser are fixed',
  'I heard that the trains were crowded today near the station',
  'Yes',
  'Does anybody want to fix the failing parser tests before the release',
  'We might go hiking next weekend if the weather stays dry',
  'ok',
];

/** A talk whose lines share nothing with each other but what these tests put in. */
const FILLER = [
  'Somebody brought cake upstairs into kitchen',
  'Trains near station were crowded today',
  'Weather stays dry during next weekend hiking',
  'Cats slept across keyboards every morning',
  'Printers jammed again behind reception desk',
  'Neighbours painted their fences bright yellow',
  'Musicians rehearsed quietly until midnight',
  'Gardeners planted seventeen tulips yesterday',
];

describe('what is quoted of a talk', () => {
  it('is what shares words with most of the others', () => {
    const hub = 'Cake trains weather cats printers neighbours musicians tulips';
    expect(chosen('en', [...FILLER.slice(0, 4), hub, ...FILLER.slice(4)])).toContain(hub);
    expect(chosen('en', [hub, ...FILLER])).toContain(hub);
    expect(chosen('en', [...FILLER, hub])).toContain(hub);
  });

  it('is three of few, and one in twelve of many, up to eight', () => {
    const talk = (count: number) =>
      Array.from({ length: count }, (_, n) => `Topic${n} begins topic${n + 1} while alpha${n} follows beta${n}`);
    expect([8, 30, 42, 60, 200].map((count) => chosen('en', talk(count)).length)).toEqual([3, 3, 4, 5, 8]);
  });

  it('is never short: five words at least, of which three are of this talk alone, and twenty columns', () => {
    const shared = 'release parser windows tests';
    const long = FILLER.map((line) => `${line} ${shared}`);
    const quoted = (line: string) => chosen('en', [...long, line, line.toUpperCase()]).includes(line);
    expect(quoted('release parser tests')).toBe(false);
    expect(quoted('a b c d e')).toBe(false);
  });

  it('does not hold the same thing twice, however it is said', () => {
    const once = 'Release waits until windows tests of parser pass';
    const again = 'Until windows tests of parser pass release waits';
    const quoted = chosen('en', [once, ...FILLER, again]);
    expect(quoted).toContain(once);
    expect(quoted).not.toContain(again);
  });

  it('is not what consists of words that everybody says', () => {
    const grammar = 'and then that which they have said there';
    const talk = FILLER.map((line) => `${line} ${grammar}`);
    expect(chosen('en', [...talk, grammar])).not.toContain(grammar);
  });

  it('is told apart by words of any case', () => {
    const hub = 'CAKE TRAINS WEATHER CATS PRINTERS NEIGHBOURS MUSICIANS TULIPS';
    expect(chosen('en', [...FILLER, hub])).toContain(hub);
  });
});

describe('the ranking of central utterances', () => {
  it('chooses those that share most with the rest, in spoken order', () => {
    const quoted = chosen('en', ABOUT_THE_RELEASE);
    expect(quoted).toHaveLength(3);
    for (const text of quoted) expect(text).toMatch(/parser/);
    expect(quoted).toEqual(ABOUT_THE_RELEASE.filter((text) => quoted.includes(text)));
  });

  it.each([
    [
      'ja',
      '予算',
      [
        '来年の予算について先に話し合いましょう',
        '今日はとても天気がよくて気持ちがいいです',
        '来年の予算は広告の予算を減らすべきだと思います',
        '昨日は駅の前で友達とラーメンを食べました',
        '広告の予算を減らすなら来年の計画も変わります',
        '週末は家でゆっくり本を読むつもりです',
        '犬の散歩に行く時間が朝はなかなかありません',
      ],
    ],
    [
      'ar',
      'الميزانية',
      [
        'يجب أن نناقش الميزانية الجديدة للمشروع هذا الأسبوع',
        'كان الطقس جميلا جدا في المدينة صباح اليوم',
        'الميزانية الجديدة للمشروع أصغر من ميزانية العام الماضي',
        'أكلت أمس في مطعم قريب من محطة القطار',
        'إذا كانت الميزانية الجديدة صغيرة فلن يكتمل المشروع',
        'سوف أقرأ كتابا طويلا في عطلة نهاية الأسبوع',
        'القطة نامت فوق الطاولة طوال الليل مرة أخرى',
      ],
    ],
    [
      'ru',
      'бюджет',
      [
        'Сначала обсудим бюджет нового проекта на следующий год',
        'Сегодня утром в городе была очень хорошая погода',
        'Новый бюджет проекта меньше чем бюджет прошлого года',
        'Вчера мы ели суп в кафе рядом с вокзалом',
        'Если новый бюджет проекта мал, то мы не успеем',
        'В выходные я буду читать длинную книгу дома',
        'Кошка опять всю ночь спала на клавиатуре',
      ],
    ],
  ])('works in %s as well', (language, subject, texts) => {
    expect(chosen(language, texts).filter((text) => text.includes(subject)).length).toBeGreaterThanOrEqual(2);
  });

  it('chooses no greetings and agreement', () => {
    expect(chosen('en', ['Hello?'])).toEqual([]);
    expect(
      chosen(
        'en',
        Array.from({ length: 50 }, () => 'Yes, right'),
      ),
    ).toEqual([]);
  });

  it('chooses at most half of the utterances worth quoting', () => {
    const said = [...ABOUT_THE_RELEASE.slice(0, 3), ...ABOUT_THE_RELEASE.slice(4, 6)];
    expect(chosen('en', said).length).toBeLessThanOrEqual(2);
    expect(chosen('en', [Array.from({ length: 99 }, (_, n) => `word${n}`).join(' ')])).toEqual([]);
  });

  it('chooses none that is quoted elsewhere, though its words count', () => {
    const said = ABOUT_THE_RELEASE.map((text) => ({ text, language: 'en', isQuotedElsewhere: text.startsWith('If') }));
    const quoted = mostCentral(said).map((index) => said[index]?.text);
    expect(quoted).toHaveLength(3);
    expect(quoted.filter((text) => text?.startsWith('If'))).toEqual([]);
  });

  it('tells how central an utterance is', () => {
    const ranks = centrality(ABOUT_THE_RELEASE.map((text) => ({ text, language: 'en' })));
    expect(ranks[3]).toBeGreaterThan(ranks[2] ?? 0);
    expect(ranks[1]).toBeGreaterThan(ranks[9] ?? 0);
  });

  it('chooses no two utterances with the same text', () => {
    const again = Array.from({ length: 6 }, () => ABOUT_THE_RELEASE[1] ?? '');
    const quoted = chosen('en', [...ABOUT_THE_RELEASE, ...again]);
    expect(new Set(quoted).size).toBe(quoted.length);
  });

  it('gives valid indexes in order, and the same ones each time, for any texts', () => {
    fc.assert(
      fc.property(fc.array(speech, { maxLength: 30 }), (texts) => {
        const said = texts.map((text) => ({ text, language: 'not a code' }));
        const found = mostCentral(said);
        expect(mostCentral(said)).toEqual(found);
        for (const index of found) expect(texts[index]).toBeDefined();
        expect(found).toEqual(found.toSorted((a, b) => a - b));
      }),
    );
  });

  it('computes for less than a second for two hours of talk', async () => {
    const words = ABOUT_THE_RELEASE.join(' ').split(' ');
    const texts = Array.from({ length: 2_000 }, (_, n) =>
      Array.from({ length: 15 }, (_, k) => words[(n * 7 + k * k * 3 + n * k) % words.length]).join(' '),
    );
    const computedMs = await cpuMsOf(() => {
      expect(chosen('en', texts)).toHaveLength(8);
    });
    expect(computedMs).toBeLessThan(1_000); // about 200 ms on an idle machine
  });
});
