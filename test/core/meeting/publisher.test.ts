import { describe, expect, it } from 'vitest';
import { Publisher } from '../../../src/core/meeting/publisher.ts';
import { MeetingRules } from '../../../src/core/meeting/rules.ts';
import type { PublishedSegment } from '../../../src/core/ports/live-meetings.ts';
import type { SignOfLife } from '../../../src/core/record.ts';
import type { FinalSegment } from '../../../src/core/segment.ts';
import type { GuildSettings } from '../../../src/core/settings.ts';
import { makeFinal, makePartial, makeTranslation } from '../../support/make.ts';
import { MemoryChannel, MemoryJournal } from '../../support/ports.ts';

/** A publisher whose clock and pending speech the test sets. */
function publisher(settings: Partial<GuildSettings> = {}) {
  const at = { nowMs: 0, pending: [] as SignOfLife['pending'] };
  const channel = new MemoryChannel();
  const journal = new MemoryJournal();
  const followed: PublishedSegment[] = [];
  const counted: string[] = [];
  const it = new Publisher({
    clock: { beganAt: new Date(0), nowMs: () => at.nowMs },
    rules: new MeetingRules({ spoken: 'auto', translateTo: [], style: 'finals', ...settings }, undefined),
    journal,
    channel,
    audience: { publish: (segment) => void followed.push(segment) },
    figures: { noteFinal: ({ utteranceId }: Pick<FinalSegment, 'utteranceId'>) => void counted.push(utteranceId) },
    personOf: (id) => ({ id, displayName: id === '100' ? 'Ana' : 'Ben', isBot: false }),
    pending: () => at.pending,
  });
  return { it, at, channel, journal, followed, counted };
}

const late = makeFinal({ utteranceId: 'late', speakerId: '200', startMs: 5_000, text: 'Yes' });

describe('the publisher of a meeting', () => {
  it('journals a final before it publishes it to the channel and to the audience', async () => {
    const { it: publish, channel, journal, followed, counted } = publisher();
    const kept = Promise.withResolvers<void>();
    const write = journal.write.bind(journal);
    journal.write = async (segment) => {
      await kept.promise;
      await write(segment);
    };
    const taken = publish.takerOfChain().takeSegment(makeFinal({ text: 'Hello' }));
    expect(channel.lines).toEqual([]);
    kept.resolve();
    await taken;
    expect(channel.lines).toEqual(['Ana: Hello']);
    expect(followed).toMatchObject([{ segment: { text: 'Hello' }, name: 'Ana' }]);
    expect([journal.segments.length, counted]).toEqual([1, ['u1']]);
  });

  it('holds a final and its translations back while earlier speech is pending, and publishes them together', async () => {
    const { it: publish, at, channel, journal } = publisher();
    at.pending = [{ speakerId: '100', sinceMs: 1_000 }];
    const taker = publish.takerOfChain();
    await taker.takeSegment(late);
    await taker.takeSegment(makeTranslation({ utteranceId: 'late', speakerId: '200', text: 'Sí' }));
    publish.releaseFinals();
    expect([channel.lines, journal.segments.length]).toEqual([[], 2]);
    at.pending = [];
    publish.releaseFinals();
    expect(channel.lines).toEqual(['Ben: Yes', 'Ben [es]: Sí']);
  });

  it('publishes all held finals when nothing more comes', async () => {
    const { it: publish, at, channel } = publisher();
    at.pending = [{ speakerId: '100', sinceMs: 1_000 }];
    await publish.takerOfChain().takeSegment(late);
    publish.releaseAllFinals();
    expect(channel.lines).toEqual(['Ben: Yes']);
  });

  it('publishes no held final of a speaker who was dropped', async () => {
    const { it: publish, at, channel } = publisher();
    at.pending = [{ speakerId: '100', sinceMs: 1_000 }];
    const taker = publish.takerOfChain();
    await taker.takeSegment(late);
    await taker.takeSegment(makeTranslation({ utteranceId: 'late', speakerId: '200', text: 'Sí' }));
    publish.dropSpeaker('200');
    at.pending = [];
    publish.releaseFinals();
    publish.releaseAllFinals();
    expect(channel.lines).toEqual([]);
  });

  it('removes finals from what the audience sees, and not from the channel', () => {
    const { it: publish, channel, followed } = publisher();
    publish.retractFinals([late]);
    expect(followed).toMatchObject([{ segment: { kind: 'partial', utteranceId: 'late', text: '' } }]);
    expect(followed[0]?.segment).not.toHaveProperty('confirmed');
    expect(channel.lines).toEqual([]);
  });

  it.each([
    [false, [{ kind: 'final', text: 'Shall we', confirmed: false }]],
    [true, []],
  ])('keeps words that were still growing when their chain ended, unless it was cut: %s', async (isCut, kept) => {
    const { it: publish, journal, channel } = publisher({ style: 'grow' });
    const taker = publish.takerOfChain();
    await taker.takeSegment(makePartial({ utteranceId: 'a', text: 'Shall we' }));
    await taker.takeSegment(makePartial({ utteranceId: 'b', text: 'Noise' }));
    await taker.takeSegment(makePartial({ utteranceId: 'b', text: '' }));
    await taker.endChain(isCut);
    expect(journal.segments).toMatchObject(kept);
    expect(channel.lines.at(-1)).toBe(isCut ? 'Ana… ' : 'Ana: Shall we');
  });

  it('knows the spoken language of the latest 500 finals, and publishes no translation into it', async () => {
    const { it: publish, channel } = publisher({ style: 'grow' });
    const taker = publish.takerOfChain();
    for (let n = 0; n <= 500; n += 1) await taker.takeSegment(makeFinal({ utteranceId: `u${n}`, language: 'es' }));
    channel.lines.length = 0;
    await taker.takeSegment(makeTranslation({ utteranceId: 'u1', language: 'es', text: 'Echo' }));
    expect(channel.lines).toEqual([]);
    await taker.takeSegment(makeTranslation({ utteranceId: 'u0', language: 'es', text: 'Forgotten' }));
    expect(channel.lines).toEqual(['Ana [es]: Forgotten']);
  });

  it('hides from the channel what is published while that is brought up to date, and then shows what is still missing', async () => {
    const { it: publish, channel, followed } = publisher({ style: 'grow' });
    const taker = publish.takerOfChain();
    publish.hideFromChannel();
    await taker.takeSegment(makePartial({ utteranceId: 'u1', text: 'Good' }));
    await taker.takeSegment(makePartial({ utteranceId: 'u1', text: 'Good morning' }));
    await taker.takeSegment(makeFinal({ utteranceId: 'u2', text: 'Shown by now' }));
    await taker.takeSegment(makeFinal({ utteranceId: 'u3', text: 'Still missing' }));
    expect([channel.lines, followed.length]).toEqual([[], 4]);
    publish.showFrom(new Set(['u2']));
    expect(channel.lines).toEqual(['Ana… Good morning', 'Ana: Still missing']);
    await taker.takeSegment(makeFinal({ utteranceId: 'u4', text: 'Later' }));
    expect(channel.lines.at(-1)).toBe('Ana: Later');
  });

  it('shows a corrected final in the channel and to whoever follows, as it was written', () => {
    const glossary = [{ written: 'K8s', heard: ['kubernetes'], translations: {} }];
    const { it: publish, channel, followed } = publisher({ glossary });
    const corrected = { original: 'Cuba netties', byId: '200', byName: 'Ben', atMs: 0 };
    expect(publish.showCorrection(makeFinal({ text: 'Kubernetes', corrected }))).toBe('shown');
    expect(channel.lines).toEqual(['~ Kubernetes']);
    expect(followed).toMatchObject([{ segment: { text: 'Kubernetes', corrected }, name: 'Ana' }]);
  });

  it('shows a corrected final once the channel is up to date', () => {
    const { it: publish, channel } = publisher();
    const corrected = { original: 'Helo', byId: '200', byName: 'Ben', atMs: 0 };
    publish.hideFromChannel();
    publish.showCorrection(makeFinal({ corrected }));
    expect(channel.lines).toEqual([]);
    publish.showFrom(new Set(['u1']));
    expect(channel.lines).toEqual(['~ Hello everyone']);
  });
});
