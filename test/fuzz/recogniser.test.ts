import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SttOptions } from '../../src/core/ports/speech-to-text.ts';
import type { TranscriptSegment } from '../../src/core/segment.ts';
import { DEFAULT_LIMITS } from '../../src/palabra/limits.ts';
import { narrower } from '../../src/palabra/refused-languages.ts';
import { Utterances } from '../../src/palabra/results/utterances.ts';
import { parseMessage } from '../../src/palabra/sockets/protocol.ts';
import { failing } from '../support/log-book.ts';
import { fuzzBytes, fuzzValues, hostileBytes, seedsOf } from './support/fuzz.ts';

const DAY_MS = 24 * 60 * 60_000;
const MOST_CHARACTERS = 10_000;

function check(what: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(`Not so: ${what}`);
}

describe('what the recogniser sends', () => {
  it('never throws where it is read, whatever it is', async () => {
    const examples = seedsOf('recogniser').map(({ bytes }) => bytes);
    const tried = await fuzzBytes('recogniser', hostileBytes(examples), (bytes) => {
      const message = parseMessage(bytes.toString('utf8'));
      if (message.kind !== 'transcription') return;
      for (const stretch of [message.segment, message.delta]) {
        if (stretch === undefined) continue;
        check('a text is bounded', stretch.text.length <= MOST_CHARACTERS);
        const { startMs, endMs } = stretch;
        check('both times are there, or neither', (startMs === undefined) === (endMs === undefined));
        if (startMs === undefined || endMs === undefined) continue;
        check('times are', startMs >= 0 && startMs <= endMs && endMs <= DAY_MS);
      }
    });
    expect(tried).toBeGreaterThan(examples.length);
  });

  it('never throws, grows or contradicts itself, in whatever order it comes', async () => {
    const tried = await fuzzValues(fc.array(step, { minLength: 1, maxLength: 200 }), playConversation, 11);
    expect(tried).toBeGreaterThan(10);
  });

  it('is asked for less and less when it refuses, and the original is always asked for', async () => {
    const tried = await fuzzValues(
      fc.tuple(options, fc.array(refusal, { minLength: 30, maxLength: 30 })),
      ([asked, said]) => {
        let now: SttOptions = asked;
        for (const words of said) {
          const next = narrower(now, words)?.options;
          if (next === undefined) return;
          const isLess =
            next.translateTo.length < now.translateTo.length || (now.language !== 'auto' && next.language === 'auto');
          check('it is less', isLess && next.translateTo.every((target) => now.translateTo.includes(target)));
          now = next;
        }
        throw new Error('It is asked for ever');
      },
      11,
    );
    expect(tried).toBeGreaterThan(10);
  });
});

// --------------------------------------------------------------------------------- conversations that nobody would have

const id = fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.string({ maxLength: 300 }), fc.nat({ max: 80 }).map(String));
const time = fc.oneof(
  fc.double({ min: 0, max: 30, noNaN: true }),
  fc.constantFrom(-1, 0, 1e-9, 86_399, 86_401, 1e15, 1e308, '1', null),
);
const text = fc.oneof(
  fc.constantFrom('', ' ', 'hello', 'hello world', '<fin>', '\ud800'),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.constant('x'.repeat(20_000)),
);
const stretch = fc.record({ text, start_time: time, end_time: time });
const language = fc.constantFrom('en', 'es', 'EN-us', 'zz', '', 'not a language', 'x'.repeat(300));
const message = fc.oneof(
  fc.record({
    message_type: fc.constant('transcription'),
    transcription_id: id,
    language,
    is_eos: fc.oneof({ weight: 9, arbitrary: fc.boolean() }, { weight: 1, arbitrary: fc.constant('yes') }),
    segment: fc.option(stretch, { nil: undefined }),
    delta: fc.option(stretch, { nil: undefined }),
  }),
  fc.record({
    message_type: fc.constant('translated_transcription'),
    transcription_id: id,
    language,
    segment: stretch,
  }),
);
const step = fc.oneof(
  { weight: 8, arbitrary: message.map((said) => ({ kind: 'said', said }) as const) },
  { weight: 1, arbitrary: fc.nat({ max: 60_000 }).map((ms) => ({ kind: 'time passes', ms }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'socket gone' } as const) },
  { weight: 1, arbitrary: fc.nat({ max: 30_000 }).map((ms) => ({ kind: 'kept from', ms }) as const) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const MOST_AT_ONCE = 32; // that grow, or have translations

/** Plays it, and looks after each step at what a reader would see. */
function playConversation(steps: readonly Step[]): void {
  const emitted: TranscriptSegment[] = [];
  let nowMs = 0;
  let ids = 0;
  const utterances = new Utterances(
    {
      speakerId: 'ann',
      log: failing,
      nextId: () => String(++ids),
      samplesIn: (ms) => ms,
      msAt: (sample) => sample,
      emit: (segment) => emitted.push(segment),
      misplaced: () => {},
    },
    DEFAULT_LIMITS,
  );
  const source = {
    place: (ms: number) => (ms > 70_000 ? undefined : Math.min(ms, 60_000)),
    sentBefore: steps.length % 3 === 0 ? 20_000 : 0,
    sentLast: () => ({ from: Math.min(nowMs, 59_000), to: Math.min(nowMs, 60_000) }),
    translateTo: ['es'],
    tailMayChange: steps.length % 2 === 0,
  };
  for (const each of steps) {
    const before = emitted.length;
    if (each.kind === 'time passes') {
      nowMs += each.ms;
      utterances.markSentUntil(nowMs, nowMs);
      utterances.expireOverdue(nowMs);
    } else if (each.kind === 'socket gone') utterances.socketGone(nowMs);
    else if (each.kind === 'kept from') utterances.forgetAudioBefore(each.ms);
    else {
      const read = parseMessage(JSON.stringify(each.said));
      if (read.kind === 'transcription') utterances.takeTranscription(read, source, nowMs);
      if (read.kind === 'translation') utterances.takeTranslation(read);
    }
    check('a step tells no more than grew', emitted.length - before <= 4 * MOST_AT_ONCE);
  }
  utterances.publishPending();
  check(
    'nothing is left growing',
    utterances.unfinishedFrom === undefined && utterances.untranslatedFrom === undefined,
  );
  for (const segment of emitted) {
    check('times can be told', segment.startMs >= 0 && segment.endMs >= segment.startMs && segment.endMs <= 60_000);
    check('texts are bounded', segment.text.length <= MOST_CHARACTERS);
  }
  const shown = new Set(emitted.filter(({ kind, text }) => kind === 'partial' && text !== '').map(nameOf));
  const ended = new Set(emitted.filter(({ kind, text }) => kind === 'final' || text === '').map(nameOf));
  check(
    'what was shown was told or taken back',
    [...shown].every((utteranceId) => ended.has(utteranceId)),
  );
}

const nameOf = ({ utteranceId }: TranscriptSegment) => utteranceId;

const code = fc.constantFrom('en', 'es', 'fr', 'sv', 'zz', 'no', 'pt-br', 'x'.repeat(50), '(', '');
const options = fc.record({
  language: fc.oneof(code, fc.constant('auto')),
  translateTo: fc.uniqueArray(code, { maxLength: 12 }),
});
const refusal = fc.oneof(
  fc.constantFrom(
    '',
    'at most 3',
    `'sv' is not supported: en, es, fr`,
    'language: no',
    '"es"',
    `${'en, '.repeat(500)}`,
  ),
  fc.string({ maxLength: 200, unit: 'binary' }),
);
