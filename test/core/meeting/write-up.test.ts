import { describe, expect, it, vi } from 'vitest';
import { type Log, quiet } from '../../../src/core/log.ts';
import { MinutesWriter } from '../../../src/core/meeting/write-up.ts';
import type { MeetingRecord } from '../../../src/core/record.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { MemoryJournal, MemoryMinutes, MemorySettings, MemorySummariser } from '../../support/ports.ts';

/** Enough for a summary. */
const MUCH = Array.from({ length: 30 }, (_, n) => `We agreed on point ${n}`).join(', ');

const nothing = { attendance: [], finals: [], translations: [], gaps: [], messages: [] };
const over: MeetingRecord = { head: makeHead(), endedMs: 60_000, ending: 'stopped', ...nothing };

async function writer(...said: string[]) {
  const journal = new MemoryJournal();
  await journal.begin(makeHead());
  for (const [n, text] of said.entries()) await journal.write(makeFinal({ utteranceId: `u${n}`, text }));
  const settings = new MemorySettings();
  const minutes = new MemoryMinutes();
  const summariser = new MemorySummariser();
  const panelsEnded: string[] = [];
  const forwarded: string[] = [];
  const forwarder = { forwardMinutes: (id: string, url: string) => void forwarded.push(`${id} to ${url}`) };
  const errors: string[] = [];
  const log: Log = { ...quiet, error: (_, message) => void errors.push(message) };
  const panels = { end: async ({ head }: MeetingRecord) => void panelsEnded.push(head.id) };
  const { archive } = journal;
  const it = new MinutesWriter({ journal, archive, settings, minutes, summariser, panels, forwarder, log });
  return { it, journal, settings, minutes, summariser, panelsEnded, forwarded, errors };
}

describe('the writer of minutes', () => {
  it('has a summary written in the languages of the server, keeps it, and posts the minutes with it', async () => {
    const { it: writing, journal, settings, summariser, minutes } = await writer(MUCH);
    await settings.changeGuild('1', { translateTo: ['es', 'fr'] });
    await writing.writeUp(over);
    expect(summariser.asked).toEqual([{ finals: [MUCH], languages: ['es', 'fr'] }]);
    expect(journal.summary).toEqual(summariser.summary);
    expect(minutes.posted[0]?.record.summary).toEqual(summariser.summary);
  });

  it.each([[], ['Hello?'], Array<string>(60).fill('Hello, can you hear me?')])(
    'asks for no summary where hardly anything was said',
    async (...said) => {
      const { it: writing, summariser, minutes } = await writer(...said);
      await writing.writeUp(over);
      expect(summariser.asked).toEqual([]);
      expect(minutes.posted).toHaveLength(1);
    },
  );

  it('posts the minutes without a summary from which words were erased meanwhile', async () => {
    const { it: writing, journal, minutes } = await writer(MUCH);
    journal.summarised = async () => false;
    const record = await writing.writeUp(over);
    expect([record.summary, minutes.posted[0]?.record.summary]).toEqual([undefined, undefined]);
  });

  it('posts the minutes to the meeting’s text channel, or to the server’s channel for minutes', async () => {
    const { it: writing, minutes } = await writer();
    await writing.writeUp(over);
    expect(minutes.posted.map(({ channelId }) => channelId)).toEqual(['20']);
    const other = await writer();
    await other.settings.changeGuild('1', { minutesChannelId: '77' });
    await other.it.writeUp(over);
    expect(other.minutes.posted.map(({ channelId }) => channelId)).toEqual(['77']);
  });

  it('keeps where the minutes are posted, then ends the panel and settles the meeting', async () => {
    const { it: writing, journal, panelsEnded } = await writer();
    const record = await writing.writeUp(over);
    expect(record.head.places?.minutes).toEqual([{ channelId: '20', messageId: 'minutes' }]);
    await writing.allSettled();
    expect([journal.head?.places, journal.isSettled, panelsEnded]).toEqual([record.head.places, true, ['m1']]);
  });

  it('posts no minutes twice', async () => {
    const { it: writing, minutes } = await writer();
    await writing.writeUp(over);
    await writing.writeUp(over);
    expect(minutes.posted).toHaveLength(1);
  });

  describe('of a server with a webhook', () => {
    const webhook = { url: 'https://wiki.example/', secret: 's' };

    it('has them forwarded once, after the journal has kept where they are posted', async () => {
      const { it: writing, journal, settings, forwarded } = await writer();
      await settings.changeGuild('1', { webhook });
      let before: number | undefined;
      const setPlaces = journal.setPlaces.bind(journal);
      journal.setPlaces = async (places) => {
        before = forwarded.length;
        await setPlaces(places);
      };
      await writing.writeUp(over);
      expect([before, forwarded]).toEqual([0, ['m1 to https://wiki.example/']]);
    });

    it('has them forwarded when an earlier process posted them and was killed', async () => {
      const { it: writing, journal, settings, minutes, forwarded } = await writer();
      await settings.changeGuild('1', { webhook });
      await journal.setPlaces({ minutes: [{ channelId: '20', messageId: 'minutes' }] });
      await writing.writeUp(over);
      expect([minutes.posted, forwarded]).toEqual([[], ['m1 to https://wiki.example/']]);
    });

    it('has them forwarded when no channel takes them, as nobody tries again', async () => {
      const { it: writing, settings, minutes, forwarded } = await writer();
      await settings.changeGuild('1', { webhook });
      minutes.post = async () => {
        throw new Error('no channel takes them');
      };
      await writing.writeUp(over);
      expect(forwarded).toEqual(['m1 to https://wiki.example/']);
    });

    it('does not have them forwarded if the next start has to post them', async () => {
      const { it: writing, settings, minutes, forwarded } = await writer();
      await settings.changeGuild('1', { webhook });
      const tooLate = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
      minutes.post = async () => {
        throw new Error('Discord did not answer in time');
      };
      await writing.writeUp(over);
      tooLate.mockRestore();
      expect(forwarded).toEqual([]);
    });
  });

  it('has nothing forwarded for a server without a webhook', async () => {
    const { it: writing, forwarded } = await writer();
    await writing.writeUp(over);
    expect(forwarded).toEqual([]);
  });

  it('says that minutes could not be posted, ends the panel, and settles what no channel will ever take', async () => {
    const { it: writing, journal, minutes, panelsEnded, errors } = await writer();
    minutes.post = async () => {
      throw new Error('no channel takes them');
    };
    let isTold = false;
    const record = await writing.writeUp(over, async () => {
      isTold = true;
    });
    await writing.allSettled();
    expect([record, isTold, panelsEnded]).toEqual([over, true, ['m1']]);
    expect(errors).toEqual(['The minutes could not be posted']);
    expect(journal.isSettled).toBe(true);
  });

  it('waits for minutes that are still being written', async () => {
    const { it: writing, summariser } = await writer(MUCH);
    const written = Promise.withResolvers<void>();
    summariser.waitsFor = written.promise;
    const writtenUp = writing.writeUp(over);
    let isSettled = false;
    const settled = writing.allSettled().then(() => {
      isSettled = true;
    });
    await new Promise(setImmediate);
    expect(isSettled).toBe(false);
    written.resolve();
    await Promise.all([writtenUp, settled]);
  });
});
