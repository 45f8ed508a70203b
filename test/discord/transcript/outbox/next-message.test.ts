import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CONTENT } from '../../../../src/discord/formatting/limits.ts';
import { lineMarks } from '../../../../src/discord/formatting/line-marks.ts';
import {
  type BotSentence,
  type Entry,
  expectedLength,
  type Line,
} from '../../../../src/discord/transcript/outbox/line.ts';
import {
  type DueEdit,
  joinsLast,
  type LastMessage,
  nextEdit,
  nextPost,
  type PostBudget,
  type Situation,
  type WebhookBudget,
} from '../../../../src/discord/transcript/outbox/next-message.ts';
import { wordsFor } from '../../../../src/i18n/words.ts';

const LONG = 'long '.repeat(200).trim(); // two of these fit into a message, three do not

/** "ana" or "ana…" while it grows; the number is the second in which it was begun, and its utterance. */
function line(who: string, second: number, text = 'words'): Line {
  const isGrowing = who.endsWith('…');
  const name = who.replace('…', '');
  return {
    kind: 'line',
    utteranceId: `${name}-${second}`,
    speakerId: name,
    name,
    profile: { username: name },
    atS: second,
    startMs: second * 1_000,
    endMs: second * 1_000 + 900,
    marks: lineMarks(wordsFor('en-US')),
    text,
    state: isGrowing ? 'growing' : 'final',
    translations: new Map(),
  };
}

const sentence: BotSentence = { kind: 'sentence', text: 'The bot says this' };

function budget(mustGoMs = 0, mayWaitMs = mustGoMs, atOnce = 2): PostBudget {
  return { delayMs: { 'must go': mustGoMs, 'may wait': mayWaitMs }, atOnce: mustGoMs > 0 ? 0 : atOnce };
}

function webhook(parts: Partial<WebhookBudget> = {}): WebhookBudget {
  return { ...budget(), isOpen: true, isScarce: false, ...parts };
}

function last(entries: readonly Entry[], parts: Partial<LastMessage> = {}): LastMessage {
  return { entries, isSpeaker: false, takesMore: true, editDelayMs: 0, postDelayMs: 0, ...parts };
}

/** Nothing was posted yet, Discord takes everything, and the webhook cannot be used. */
function now(pending: readonly Entry[], parts: Partial<Situation> = {}): Situation {
  return {
    style: 'grow',
    pending,
    waitedMs: 0,
    last: undefined,
    languages: new Set(),
    bot: budget(),
    webhook: undefined,
    refusedNames: new Set(),
    growing: { bot: 0, speaker: 0 },
    isOneByOne: false,
    isAwaited: false,
    ...parts,
  };
}

/** The next message in one row: who writes, what, and when. */
function told(situation: Situation): string {
  const next = nextPost(situation);
  if (!next) return 'nothing';
  if (next.kind === 'open webhook') return 'open webhook';
  const entries = next.entries.map((entry) => (entry.kind === 'line' ? entry.utteranceId : 'sentence'));
  return `${next.as}: ${entries.join(' ')}${next.waitMs > 0 ? ` in ${next.waitMs}` : ''}`;
}

const ten = Array.from({ length: 10 }, (_, index) => line(`p${index}`, index));
const all = ten.map(({ utteranceId }) => utteranceId).join(' ');

describe('the next message of the bot', () => {
  it.each<[string, Situation, string]>([
    ['is none while nothing is pending', now([]), 'nothing'],
    ['is what came first, alone, while there are few', now([line('ana', 1), line('ben', 2)]), 'bot: ana-1'],
    ['holds every piece of a long text, where they fit', now([line('ana', 1), line('ana', 1)]), 'bot: ana-1 ana-1'],
    ['is shared by all as soon as more is said than messages may follow at once', now(ten), `bot: ${all}`],
    [
      'is shared by all that came while it had to wait: ten people wait no longer than one',
      now(ten, { bot: budget(800) }),
      `bot: ${all} in 800`,
    ],
    [
      'is shared where only finals are shown, however few there are',
      now([line('ana', 1), line('ben', 2)], { style: 'finals' }),
      'bot: ana-1 ben-2',
    ],
    [
      'ends where a message is full',
      now([line('ana', 1, LONG), line('ben', 2), line('cem', 3, LONG)], { style: 'finals' }),
      'bot: ana-1 ben-2',
    ],
    [
      'leaves room for the translations that are expected',
      now([line('ana', 1, LONG), line('ben', 2)], { style: 'finals', languages: new Set(['es']) }),
      'bot: ana-1',
    ],
    [
      'holds one entry that is too long with its translations',
      now([line('ana', 1, LONG)], { languages: new Set(['es', 'fr']) }),
      'bot: ana-1',
    ],
    ['holds one entry alone while one among them is refused', now(ten, { isOneByOne: true }), 'bot: p0-0'],
    ['may be a sentence of the bot', now([sentence, line('ana', 1)]), 'bot: sentence'],
    ['counts the pieces of a text as one', now([line('ana', 1), line('ana', 1), line('ben', 2)]), 'bot: ana-1 ana-1'],
    [
      'counts each sentence of the bot',
      now([sentence, { ...sentence }, line('ana', 1)]),
      'bot: sentence sentence ana-1',
    ],
  ])('%s', (_, situation, expected) => {
    expect(told(situation)).toBe(expected);
  });
});

describe('words that still grow', () => {
  const growing = (bot: number) => ({ growing: { bot, speaker: 0 } });
  it.each<[string, Situation, string]>([
    ['have a message while there are few of them', now([line('ana…', 1)], growing(1)), 'bot: ana-1'],
    [
      'have none beside two others: they could not be made final in time',
      now([line('ana…', 1)], growing(2)),
      'nothing',
    ],
    ['let finals pass that need no edit', now([line('ben', 2), line('ana…', 3)], growing(2)), 'bot: ben-2'],
    [
      'go along with a final that was begun later, for the order, beside two others at most',
      now([line('ana…', 1), line('ben', 2)], { ...growing(2), bot: budget(500) }),
      'bot: ana-1 ben-2 in 500',
    ],
    ['stay behind even then beside three', now([line('ana…', 1), line('ben', 2)], growing(3)), 'bot: ben-2'],
    [
      'wait longer than finals for a message of their own',
      now([line('ana…', 1)], { bot: budget(0, 700) }),
      'bot: ana-1 in 700',
    ],
    [
      'do not make a final wait that goes along',
      now([line('ana…', 1), line('ben', 2), line('cem', 3)], { bot: budget(300, 700) }),
      'bot: ana-1 ben-2 cem-3 in 300',
    ],
  ])('%s', (_, situation, expected) => {
    expect(told(situation)).toBe(expected);
  });
});

describe('a digest', () => {
  const digest = { style: 'digest', webhook: webhook() } as const;
  it.each<[string, Situation, string]>([
    ['collects for ten seconds', now(ten, { ...digest, waitedMs: 3_000 }), `bot: ${all} in 7000`],
    ['goes then', now(ten, { ...digest, waitedMs: 10_000 }), `bot: ${all}`],
    ['goes at once when somebody waits for it', now(ten, { ...digest, isAwaited: true }), `bot: ${all}`],
    [
      'waits for its turn all the same',
      now(ten, { ...digest, isAwaited: true, bot: budget(400) }),
      `bot: ${all} in 400`,
    ],
    ['is the bot’s, also when one person speaks', now([line('ana', 1)], { ...digest, isAwaited: true }), 'bot: ana-1'],
  ])('%s', (_, situation, expected) => {
    expect(told(situation)).toBe(expected);
  });
});

describe('the next message under a speaker’s own name', () => {
  const open = { webhook: webhook() };
  it.each<[string, Situation, string]>([
    [
      'needs the webhook looked up first',
      now([line('ana', 1)], { webhook: webhook({ isOpen: false }) }),
      'open webhook',
    ],
    ['is one utterance in calm talk', now([line('ana', 1), line('ana', 2)], open), 'speaker: ana-1'],
    [
      'holds all that one person said while messages are scarce',
      now([line('ana', 1), line('ana', 2)], { webhook: webhook({ isScarce: true }) }),
      'speaker: ana-1 ana-2',
    ],
    [
      'ends where somebody else speaks',
      now([line('ana', 1), line('ben', 2)], { webhook: webhook({ isScarce: true }) }),
      'speaker: ana-1',
    ],
    [
      'ends after a pause of ten seconds',
      now([line('ana', 1), line('ana', 20)], { webhook: webhook({ isScarce: true }) }),
      'speaker: ana-1',
    ],
    [
      'is worth a second of waiting for one person',
      now([line('ana', 1)], { webhook: webhook({ ...budget(900), isScarce: true }) }),
      'speaker: ana-1 in 900',
    ],
    [
      'is not worth more',
      now([line('ana', 1)], { webhook: webhook({ ...budget(1_100), isScarce: true }) }),
      'bot: ana-1',
    ],
    [
      'is not worth waiting for where two people wait',
      now([line('ana', 1), line('ben', 2)], { webhook: webhook({ ...budget(900), isScarce: true }) }),
      'bot: ana-1',
    ],
    [
      'gives way to a shared one of the bot where more people wait than messages may follow at once',
      now(ten, open),
      `bot: ${all}`,
    ],
    [
      'holds words that grow beside three others',
      now([line('ana…', 1)], { ...open, growing: { bot: 0, speaker: 3 } }),
      'speaker: ana-1',
    ],
    [
      'does not beside four',
      now([line('ana…', 1), line('ben', 2)], { ...open, growing: { bot: 0, speaker: 4 } }),
      'speaker: ben-2',
    ],
    ['is none for a sentence of the bot', now([sentence, line('ana', 1)], open), 'bot: sentence'],
    [
      'is none for a name that Discord refuses',
      now([line('ana', 1)], { ...open, refusedNames: new Set(['ana']) }),
      'bot: ana-1',
    ],
    [
      'is none while one among the first entries is refused',
      now([line('ana', 1)], { ...open, isOneByOne: true }),
      'bot: ana-1',
    ],
    [
      'holds all that one person said where only finals are shown',
      now([line('ana', 1), line('ana', 2)], { ...open, style: 'finals' }),
      'speaker: ana-1 ana-2',
    ],
    [
      'holds all that one person said when more waits than messages may follow at once',
      now([line('ana', 1), line('ana', 2), line('ana', 3)], open),
      'speaker: ana-1 ana-2 ana-3',
    ],
    [
      'does not give way to people whose words still grow',
      now([line('ana', 1), line('ben…', 2), line('cem…', 3)], { webhook: webhook(budget(0, 0, 1)) }),
      'speaker: ana-1',
    ],
    [
      'is worth exactly a second of waiting',
      now([line('ana', 1)], { webhook: webhook({ ...budget(1_000), isScarce: true }) }),
      'speaker: ana-1 in 1000',
    ],
  ])('%s', (_, situation, expected) => {
    expect(told(situation)).toBe(expected);
  });
});

describe('a new line joins the last message', () => {
  const busy = { bot: budget(500) };
  const wait = { postDelayMs: 500 };
  it.each<[string, Line, Situation, boolean]>([
    ['never where there is none', line('ana', 2), now([], busy), false],
    [
      'not while others wait for the next',
      line('ana', 2),
      now([line('cem', 1)], { ...busy, last: last([line('ben', 1)], wait) }),
      false,
    ],
    [
      'not when that takes no more',
      line('ana', 2),
      now([], { ...busy, last: last([line('ben', 1)], { ...wait, takesMore: false }) }),
      false,
    ],
    [
      'not when that is full',
      line('ana', 2, LONG),
      now([], { ...busy, last: last([line('ben', 1, LONG), line('cem', 1, LONG)], wait) }),
      false,
    ],
    ['not while it may have one of its own', line('ana', 2), now([], { last: last([line('ben', 1)]) }), false],
    [
      'when a message of its own had to wait',
      line('ana', 2),
      now([], { ...busy, last: last([line('ben', 1)], wait) }),
      true,
    ],
    [
      'not when an edit had to wait longer',
      line('ana', 2),
      now([], { ...busy, last: last([line('ben', 1)], { ...wait, editDelayMs: 600 }) }),
      false,
    ],
    [
      'while it grows, when it may have no message of its own',
      line('ana…', 2),
      now([], { last: last([line('ben…', 1)]), growing: { bot: 2, speaker: 0 } }),
      true,
    ],
    [
      'while it grows, not when that would be a third message to make final',
      line('ana…', 2),
      now([], { bot: budget(0, 500), last: last([line('ben', 1)]), growing: { bot: 2, speaker: 0 } }),
      false,
    ],
    [
      'while it grows, when messages that may wait have to',
      line('ana…', 2),
      now([], { bot: budget(0, 500), last: last([line('ben', 1)]) }),
      true,
    ],
    [
      'where finals are shown, when the same person goes on',
      line('ben', 2),
      now([], { style: 'finals', last: last([line('ben', 1)]) }),
      true,
    ],
    [
      'where finals are shown, not when somebody else speaks',
      line('ana', 2),
      now([], { style: 'finals', last: last([line('ben', 1)], wait) }),
      false,
    ],
    [
      'where finals are shown, not after a pause',
      line('ben', 20),
      now([], { style: 'finals', last: last([line('ben', 1)]) }),
      false,
    ],
    [
      'while it grows, not when it may have a message of its own',
      line('ana…', 2),
      now([], { last: last([line('ben…', 1)]) }),
      false,
    ],
    [
      'while it grows, when one line of several in it grows as well',
      line('ana…', 2),
      now([], { last: last([line('ben', 1), line('cem…', 1)]), growing: { bot: 2, speaker: 0 } }),
      true,
    ],
  ])('%s', (_, one, situation, expected) => {
    expect(joinsLast(one, situation)).toBe(expected);
  });

  const own = (parts: Partial<LastMessage> = {}) => last([line('ana', 1)], { isSpeaker: true, ...parts });
  it.each<[string, Line, Situation, boolean]>([
    [
      'of the bot not, when the webhook may write at once',
      line('ana', 2),
      now([], { ...busy, webhook: webhook(), last: last([line('ben', 1)], wait) }),
      false,
    ],
    [
      'of the bot, when the webhook has to wait, too',
      line('ana', 2),
      now([], { ...busy, webhook: webhook(budget(500)), last: last([line('ben', 1)], wait) }),
      true,
    ],
    [
      'of the same speaker, when messages are scarce',
      line('ana', 2),
      now([], { webhook: webhook({ isScarce: true }), last: own() }),
      true,
    ],
    [
      'of the same speaker not, when there are plenty',
      line('ana', 2),
      now([], { webhook: webhook(), last: own() }),
      false,
    ],
    ['of another speaker never', line('ben', 2), now([], { webhook: webhook({ isScarce: true }), last: own() }), false],
    ['of the same speaker not, when the webhook is gone', line('ana', 2), now([], { last: own() }), false],
    [
      'of the same speaker where finals are shown, when an edit is as soon',
      line('ana', 2),
      now([], { style: 'finals', webhook: webhook(), last: own() }),
      true,
    ],
    [
      'of the same speaker where finals are shown, not when an edit is later',
      line('ana', 2),
      now([], { style: 'finals', webhook: webhook(), last: own({ editDelayMs: 10 }) }),
      false,
    ],
    [
      'of the bot not, when the webhook may write a final at once',
      line('ana', 2),
      now([], { ...busy, webhook: webhook(budget(0, 700)), last: last([line('ben', 1)], wait) }),
      false,
    ],
    [
      'of the bot, when the webhook may not write words that grow at once',
      line('ana…', 2),
      now([], { bot: budget(0, 500), webhook: webhook(budget(0, 700)), last: last([line('ben…', 1)]) }),
      true,
    ],
  ])('%s', (_, one, situation, expected) => {
    expect(joinsLast(one, situation)).toBe(expected);
  });
});

describe('the next edit', () => {
  const due = (waits: DueEdit['waits'], delayMs = 0, heldMs = 0): DueEdit => ({ waits, delayMs, heldMs });
  it.each<[string, DueEdit[], number | undefined, number]>([
    ['is none while everything is shown', [], undefined, 0],
    ['makes a final readable before it adds a translation', [due('more'), due('text', 400)], 1, 400],
    ['adds a translation before words grow', [due('growth'), due('more', 400)], 1, 400],
    ['is the soonest of those that matter as much', [due('text', 300), due('text', 100), due('text', 200)], 1, 100],
    ['is the first of those that are as soon', [due('text'), due('text')], 0, 0],
    [
      'lets nothing wait for a message that Discord takes no edit of',
      [due('text', 0, 9_000), due('growth', 500)],
      1,
      500,
    ],
    ['waits for that one when there is no other', [due('text', 200, 9_000)], 0, 9_000],
    ['makes a final readable before words grow, however soon they could', [due('text', 400), due('growth')], 0, 400],
  ])('%s', (_, edits, expected, waitMs) => {
    const next = nextEdit(edits);
    expect(next && edits.indexOf(next.edit)).toBe(expected);
    expect(next?.waitMs ?? 0).toBe(waitMs);
  });
});

describe('a full message', () => {
  const first = line('ana', 1);
  const lengthOf = (text: string) => expectedLength([first, line('ben', 2, text)], new Set());
  const filling = 'x'.repeat(MAX_CONTENT - lengthOf('x') + 1);

  it.each([
    ['holds exactly as many characters as Discord takes', filling, 'bot: ana-1 ben-2'],
    ['holds not one more', `${filling}x`, 'bot: ana-1'],
  ])('%s', (_, text, expected) => {
    expect(told(now([first, line('ben', 2, text)], { style: 'finals' }))).toBe(expected);
  });

  it('takes a line that fills it exactly, and none that is longer', () => {
    const busy = { bot: budget(500), last: last([first], { postDelayMs: 500 }) };
    expect(joinsLast(line('ben', 2, filling), now([], busy))).toBe(true);
    expect(joinsLast(line('ben', 2, `${filling}x`), now([], busy))).toBe(false);
  });
});

describe('all messages together', () => {
  const said = fc.record({
    who: fc.constantFrom('ana', 'ben', 'cem'),
    text: fc.constantFrom('short', 'a longer sentence', LONG),
    isSentence: fc.boolean(),
  });
  const room = fc.record({
    style: fc.constantFrom('grow', 'finals', 'digest'),
    atOnce: fc.integer({ min: 0, max: 4 }),
    delayMs: fc.constantFrom(0, 0, 700, 5_000),
    isScarce: fc.boolean(),
    hasWebhook: fc.boolean(),
  });

  it('hold every entry once, in order, none more than fits, and no final waits for anything but its turn', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 30 }), fc.infiniteStream(room), (all, rooms) => {
        const entries = all.map(({ who, text, isSentence }, second) =>
          isSentence ? { ...sentence } : line(who, second, text),
        );
        const posted: Entry[] = [];
        while (posted.length < entries.length) {
          const { style, atOnce, delayMs, isScarce, hasWebhook } = rooms.next().value;
          const limits = { ...budget(delayMs, delayMs, atOnce), isOpen: true, isScarce };
          const languages = new Set(['es']);
          const situation = now(entries.slice(posted.length), { style, languages, isAwaited: true, bot: limits });
          const next = nextPost({ ...situation, webhook: hasWebhook ? limits : undefined });
          if (next?.kind !== 'post') throw new Error('Finals are always due');
          expect(next.waitMs).toBe(delayMs);
          const expected = next.entries.length > 1 && style !== 'grow' ? languages : new Set<string>();
          expect(expectedLength(next.entries, expected)).toBeLessThanOrEqual(MAX_CONTENT);
          posted.push(...next.entries);
        }
        expect(posted).toEqual(entries);
      }),
    );
  });
});
