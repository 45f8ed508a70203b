import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quiet } from '../../../../src/core/log.ts';
import type { SearchHit, SearchRequest } from '../../../../src/core/ports/archive.ts';
import type { Journal } from '../../../../src/core/ports/journal.ts';
import { openJournal } from '../../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead, makeTranslation } from '../../../support/make.ts';
import { makeFolder } from '../../support/folder.ts';
import { answersPostgres, makeDatabase } from '../../support/postgres.ts';

const hasPostgres = await answersPostgres();

/** What a search finds, whatever is behind the journal. */
function aSearch(open: () => Promise<Journal>): void {
  let journal: Journal;
  let count = 0;
  beforeAll(async () => {
    journal = await open();
  });
  afterAll(() => journal[Symbol.asyncDispose]());

  /** A server in which nothing was said yet. */
  function newGuild() {
    count += 1;
    const guildId = `${7000 + count}`;
    let meetings = 0;
    let texts = 0;
    return {
      guildId,
      async meet(parts: Parameters<typeof makeHead>[0] = {}) {
        meetings += 1;
        const head = makeHead({ id: `search-${count}-${meetings}`, guildId, ...parts });
        await journal.begin(head);
        return head;
      },
      async say(id: string, text: string, parts: Parameters<typeof makeFinal>[0] = {}) {
        texts += 1;
        await journal.of(id).write(makeFinal({ utteranceId: `u${texts}`, startMs: texts * 1_000, text, ...parts }));
      },
      search: (query: string, rest: Partial<SearchRequest> = {}) =>
        journal.archive.search(guildId, { query, limit: 10, ...rest }),
    };
  }

  /** A server in whose only meeting these texts were said. */
  async function saying(...texts: readonly string[]) {
    const guild = newGuild();
    const head = await guild.meet();
    for (const text of texts) await guild.say(head.id, text);
    return { ...guild, head };
  }

  const textsOf = (hits: readonly SearchHit[]) => hits.map(({ segment }) => segment.text);
  const marked = ({ segment: { text }, matches }: SearchHit) => matches.map(({ start, end }) => text.slice(start, end));

  it('can be limited to one meeting', async () => {
    const { search, say, meet } = newGuild();
    const [first, second, silent] = [await meet(), await meet(), await meet()];
    await say(first.id, 'the harbour is closed');
    await say(second.id, 'the harbour is open');
    await say(first.id, 'the harbour again');
    expect(textsOf(await search('harbour', { meetingId: first.id }))).toEqual([
      'the harbour again',
      'the harbour is closed',
    ]);
    expect(textsOf(await search('harbour', { meetingId: second.id }))).toEqual(['the harbour is open']);
    expect(await search('harbour', { meetingId: silent.id })).toEqual([]);
  });

  it('finds what was said, with its meeting and the name its speaker had', async () => {
    const { head, search } = await saying('We postpone the release');
    await journal.of(head.id).joined({ speakerId: '100', displayName: 'Ana', joinedMs: 0 });
    const [hit] = await search('release');
    expect(hit).toMatchObject({ meeting: head, speakerName: 'Ana', segment: { text: 'We postpone the release' } });
  });

  it('returns the newest first, and no more than asked for', async () => {
    const { search } = await saying('budget one', 'budget two', 'budget three');
    expect(textsOf(await search('budget', { limit: 2 }))).toEqual(['budget three', 'budget two']);
  });

  it.each([
    ['all words, in any order', 'friday release', ['The release is on Friday']],
    ['not some of them', 'release saturday', []],
    ['upper and lower case alike', 'RELEASE', ['The release is on Friday']],
    ['words by their beginning', 'rele', ['The release is on Friday']],
    ['short words only whole', 'fri', []],
    ['a phrase in quotes as it stands', '"on friday"', ['The release is on Friday']],
    ['no phrase in another order', '"friday on"', []],
    ['accents or none', 'decision', ['La décision est prise']],
    ['none or accents', 'rélease', ['The release is on Friday']],
    ['what is written with an apostrophe', "don't", ["We don't know yet"]],
    ['numbers with signs in them', '3.5', ['Version 3.5 it is']],
    ['two Chinese characters in a sentence', '会议', ['我们明天的会议取消了']],
    ['Japanese in a sentence', '決定', ['予算は来週決定します']],
    ['a Korean word with its ending on', '회의', ['회의는 내일입니다']],
    ['Thai in a sentence', 'ประชุม', ['เราประชุมพรุ่งนี้']],
    ['no Chinese characters that stand apart', '明会', []],
    ['Arabic without its vowel points', 'اجتماع', ['لدينا اِجْتِماع غدا']],
    ['Hindi', 'बैठक', ['कल बैठक है']],
    ['Cyrillic in any case', 'БЮДЖЕТ', ['Бюджет утверждён']],
    ['wide letters as narrow ones', 'release', ['The release is on Friday']],
    ['nothing for signs alone', '?! 🎉', []],
  ])('finds %s', async (_, query, expected) => {
    const { search } = await saying(
      'The release is on Friday',
      'La décision est prise',
      "We don't know yet",
      'Version 3.5 it is',
      '我们明天的会议取消了',
      '予算は来週決定します',
      '회의는 내일입니다',
      'เราประชุมพรุ่งนี้',
      'لدينا اِجْتِماع غدا',
      'कल बैठक है',
      'Бюджет утверждён',
    );
    expect(textsOf(await search(query))).toEqual(expected);
  });

  it.each([
    ['lodz', 'Łódź'],
    ['kobenhavn', 'København'],
    ['strasse', 'STRASSE und Straße'],
    ['dorde', 'Đorđe'],
    ['coeur', 'Un cœur'],
    ['thor', 'Þór'],
    ['da nang', 'Đà Nẵng'],
    ['aegir', 'Ægir'],
    ['isik', 'ışık'],
    ['على', 'علي هنا'],
    ['علي', 'على الطاولة'],
    ['ایران', 'إيران'],
    ['مدرسه', 'المدرسة مدرسة'],
    ['2026', 'في عام ٢٠٢٦'],
    ['カメラ', 'ｶﾒﾗです'],
    ['ガラス', 'ｶﾞﾗｽの窓'],
    ['한글', '한글'.normalize('NFD')],
    ['followup', 'A follow-up next week'],
    ['follow-up', 'A followup next week'],
    ['followup', 'Two follow‑ups'],
    ['dont', 'We don’t know'],
    ['nodejs', 'It runs on Node.js'],
  ])('finds by %s what is written %s', async (query, text) => {
    const { search } = await saying('Something else', text);
    expect(textsOf(await search(query))).toEqual([text]);
  });

  it.each([
    ['35', 'Version 3.5 it is'],
    ['"up week"', 'A follow-up next week'],
    ['"week followup"', 'A follow-up next week'],
  ])('does not find by %s what is written %s', async (query, text) => {
    const { search } = await saying(text);
    expect(await search(query)).toEqual([]);
  });

  it('marks a word that is written in two parts as one', async () => {
    const { search } = await saying('The follow-up is due');
    const [hit] = await search('followup');
    expect(hit && marked(hit)).toEqual(['follow-up']);
  });

  describe('with a glossary', () => {
    const glossary = [
      { written: 'Kubernetes', heard: ['cooper netties'], translations: {} },
      { written: 'Data Lake', heard: ['date alike'], translations: { es: 'Lago de Datos' } },
    ];
    const heard = 'we move to Cooper Netties and the date alike';
    const shown = 'we move to Kubernetes and the Data Lake';

    it.each(['Kubernetes', 'kuber', '"kubernetes"', 'data lake', '"data lake"', 'move data lake', 'cooper netties'])(
      'finds by %s what the recogniser heard as other words, and shows it in those of the server',
      async (query) => {
        const { search } = await saying(heard);
        expect(textsOf(await search(query, { glossary }))).toEqual([shown]);
      },
    );

    it('marks the term in the words that people saw', async () => {
      const { search } = await saying(heard);
      const [hit] = await search('kubernetes', { glossary });
      expect(hit && marked(hit)).toEqual(['Kubernetes']);
    });

    it('finds a translation by the word that the glossary puts there', async () => {
      const { head, search } = await saying('other words');
      await journal.of(head.id).write(makeTranslation({ utteranceId: 'u1', text: 'el date alike', language: 'es' }));
      expect(textsOf(await search('lago de datos', { glossary }))).toEqual(['el Lago de Datos']);
    });

    it.each(['lake', '"the data lake"'])(
      'finds by %s a term of which it is a part, or that is a part of it',
      async (query) => {
        const { search } = await saying(heard);
        expect(textsOf(await search(query, { glossary }))).toEqual([shown]);
      },
    );

    it('finds no term where nothing of the kind was said', async () => {
      const { search } = await saying('we move to something else');
      expect(await search('kubernetes', { glossary })).toEqual([]);
    });
  });

  it.each(['"', '""', '"a" OR *', "x' OR 1=1 --", '(', 'a:b', 'NEAR(a b)', 'a & !b', '\\', '\0', '<->', '^a + -b'])(
    'takes %j as words, not as a language of its own',
    async (query) => {
      const { search } = await saying('Nothing of the kind');
      expect(await search(query)).toEqual([]);
    },
  );

  it('returns the places of whole words in the original text', async () => {
    const { search } = await saying('The Releases: décisions on releases.');
    const [hit] = await search('release decision');
    expect(hit && marked(hit)).toEqual(['Releases', 'décisions', 'releases']);
  });

  it('returns the place of a Chinese phrase', async () => {
    const { search } = await saying('会议之后还有会议');
    const [hit] = await search('会议');
    expect(hit?.matches).toEqual([
      { start: 0, end: 2 },
      { start: 6, end: 8 },
    ]);
  });

  it('narrows down to one speaker', async () => {
    const { head, say, search } = await saying('my budget');
    await say(head.id, 'your budget', { speakerId: '200' });
    expect(textsOf(await search('budget', { speakerId: '200' }))).toEqual(['your budget']);
  });

  it('narrows down to one language, including translations into it', async () => {
    const { head, say, search } = await saying('Das Budget steht');
    await say(head.id, 'The budget stands', { utteranceId: 'b', language: 'en' });
    await journal.of(head.id).write(makeTranslation({ utteranceId: 'b', text: 'El budget está', language: 'es' }));
    expect(textsOf(await search('budget', { language: 'es' }))).toEqual(['El budget está']);
  });

  it('finds a language with its region by the language alone', async () => {
    const { head, say, search } = await saying();
    await say(head.id, 'O budget', { language: 'pt-BR' });
    expect(textsOf(await search('budget', { language: 'pt' }))).toEqual(['O budget']);
    expect(textsOf(await search('budget', { language: 'pt-pt' }))).toEqual([]);
    expect(textsOf(await search('budget', { language: 'PT_br' }))).toEqual(['O budget']);
    await say(head.id, 'Budget 预算', { utteranceId: 'z', language: 'zh_Hans' });
    await say(head.id, 'Um budget', { utteranceId: 'p', language: 'pt' });
    for (const code of ['zh', 'zh-hans', 'zh-CN'])
      expect(textsOf(await search('budget', { language: code }))).toEqual(['Budget 预算']);
    expect(textsOf(await search('budget', { language: 'zh-Hant' }))).toEqual([]);
    expect(textsOf(await search('budget', { language: 'pt-pt' }))).toEqual(['Um budget']);
  });

  it('returns an utterance once, as it was spoken, when its translation contains the word, too', async () => {
    const { head, search } = await saying('The budget');
    await journal.of(head.id).write(makeTranslation({ utteranceId: 'u1', text: 'El budget' }));
    expect(textsOf(await search('budget'))).toEqual(['The budget']);
  });

  it('narrows down to a moment, even within a meeting', async () => {
    const { meet, say, search } = newGuild();
    const old = await meet({ beganAt: new Date('2026-11-20T10:00:00Z') });
    await say(old.id, 'budget long ago');
    const long = await meet({ beganAt: new Date('2026-11-22T10:00:00Z') });
    await say(long.id, 'budget before', { startMs: 60_000 });
    await say(long.id, 'budget after', { startMs: 180_000 });
    const later = await meet({ beganAt: new Date('2026-11-23T10:00:00Z') });
    await say(later.id, 'budget later');
    const since = new Date('2026-11-22T10:02:00Z');
    expect(textsOf(await search('budget', { since }))).toEqual(['budget later', 'budget after']);
    expect(await search('budget', { since: new Date('2027-01-01T00:00:00Z') })).toEqual([]);
  });

  it('finds readable texts behind a hundred that may not be read', async () => {
    const { meet, say, search } = newGuild();
    const [open, secret] = [await meet({ textChannelId: '1' }), await meet({ textChannelId: '2' })];
    await say(open.id, 'budget for all');
    for (let n = 0; n < 100; n += 1) await say(secret.id, 'budget for some');
    const mayRead = ({ textChannelId }: { textChannelId: string }) => textChannelId === '1';
    expect(textsOf(await search('budget', { mayRead }))).toEqual(['budget for all']);
  });

  it('finds nothing of other servers', async () => {
    await saying('budget');
    const { search } = await saying('nothing else');
    expect(await search('budget')).toEqual([]);
  });

  it('does not take the name of a scope for a word', async () => {
    const { guildId, search } = await saying('budget');
    for (const query of [`g${guildId}`, 's100', 'len', `"budget g${guildId}"`]) expect(await search(query)).toEqual([]);
  });

  it('finds the corrected words of an utterance, and no longer the first ones', async () => {
    const { head, say, search } = await saying();
    await say(head.id, 'recognise speech', { utteranceId: 'u' });
    await say(head.id, 'wreck a nice beach', { utteranceId: 'u', speakerId: '200' });
    expect(textsOf(await search('beach', { speakerId: '200' }))).toEqual(['wreck a nice beach']);
    expect(await search('speech')).toEqual([]);
    expect(await search('beach', { speakerId: '100' })).toEqual([]);
  });

  it('indexes texts of any length', async () => {
    const { search } = await saying('word '.repeat(20_000), 'x'.repeat(5_000), `${'😀'.repeat(3_000)} end`);
    expect(await search('word')).toHaveLength(1);
    expect(await search('end')).toHaveLength(1);
  });

  it('finds nothing that was erased', async () => {
    const { guildId, head, say, search } = await saying('mine budget');
    await say(head.id, 'yours budget', { speakerId: '200' });
    await journal.archive.forget(guildId, '100');
    expect(textsOf(await search('budget'))).toEqual(['yours budget']);
    await journal.archive.erase(head.id);
    expect(await search('budget')).toEqual([]);
  });
}

describe('an index that an older version made', () => {
  it('is built again at the start', async () => {
    using folder = makeFolder();
    const path = join(folder.path, 'parley.db');
    const head = makeHead({ id: 'm1' });
    await using first = await openJournal(`sqlite://${path}`, quiet);
    await first.begin(head);
    await first.of(head.id).write(makeFinal({ text: 'Łódź' }));
    await first[Symbol.asyncDispose]();
    const file = new DatabaseSync(path);
    file.exec(`
      DELETE FROM segment_words;
      INSERT INTO segment_words (rowid, scope, words) VALUES (-1, 'g${head.guildId}', 'łodz');
      DELETE FROM parley_migrations WHERE name >= '0010';`);
    file.close();
    await using second = await openJournal(`sqlite://${path}`, quiet);
    expect(await second.archive.search(head.guildId, { query: 'lodz', limit: 10 })).toHaveLength(1);
  });
});

describe('a search in SQLite', () => aSearch(() => openJournal('sqlite://:memory:', quiet)));

describe.skipIf(!hasPostgres)('a search in PostgreSQL (needs one at 127.0.0.1:5432)', () => {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());
  aSearch(() => openJournal(database.url, quiet));
});
