import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostCentral } from '../../../src/minutes/model/digest.ts';
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

  it('chooses none when little was said, because the transcript is shorter to read', () => {
    expect(chosen('en', ABOUT_THE_RELEASE.slice(0, 4))).toEqual([]);
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

  it('takes under a second for two hours of talk', () => {
    const words = ABOUT_THE_RELEASE.join(' ').split(' ');
    const texts = Array.from({ length: 2_000 }, (_, n) =>
      Array.from({ length: 15 }, (_, k) => words[(n * 7 + k * k * 3 + n * k) % words.length]).join(' '),
    );
    const begun = performance.now();
    expect(chosen('en', texts)).toHaveLength(8);
    expect(performance.now() - begun).toBeLessThan(1_000); // about 200 ms on an idle machine
  });
});
