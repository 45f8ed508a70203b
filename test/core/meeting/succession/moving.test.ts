import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { quiet } from '../../../../src/core/log.ts';
import { Meeting } from '../../../../src/core/meeting/meeting.ts';
import { hearUntilSeatIsGone } from '../../../../src/core/meeting/succession/moving.ts';
import { noMetrics } from '../../../../src/core/ports/metrics.ts';
import type { MeetingRecord } from '../../../../src/core/record.ts';
import type { FinalSegment } from '../../../../src/core/segment.ts';
import { StorageError } from '../../../../src/storage/storage-error.ts';
import { makeFinal, makeHead } from '../../../support/make.ts';
import {
  MemoryChannel,
  MemoryJournal,
  MemoryPresence,
  MemoryRoom,
  MemorySettings,
  MemoryTranscriber,
} from '../../../support/ports.ts';

const ana = { id: '100', displayName: 'Ana', isBot: false };

/** A meeting in one of two processes that share a journal. @param gaps - is told how long nobody was heard */
function makeProcess(journal: MemoryJournal, gaps: number[] = [], nowMs = () => performance.now()) {
  const room = new MemoryRoom();
  const presence = new MemoryPresence(ana);
  const transcriber = new MemoryTranscriber();
  const channel = new MemoryChannel();
  const lost = new AbortController();
  const over: MeetingRecord[] = [];
  const meeting = new Meeting(
    makeHead(),
    { beganAt: new Date(), nowMs },
    { spoken: 'en', translateTo: [] },
    undefined,
    {
      ...{ room, presence, transcriber, channel, journal, archive: journal.archive, lost },
      settings: new MemorySettings(),
      log: quiet,
      metrics: { ...noMetrics, cluster: { ...noMetrics.cluster, handoverGap: (ms) => void gaps.push(ms) } },
      emptyAfterMs: 60_000,
      signEveryMs: 750,
      whenOver: async (record) => {
        over.push(record);
        return record;
      },
    },
  );
  const hear = async () => {
    await vi.waitFor(() => expect(meeting.hearsSpeaker(ana.id)).toBe(true));
    room.hear(ana.id);
    return await vi.waitFor(() => {
      const stt = transcriber.opened.at(-1);
      if (!stt) throw new Error('not yet followed');
      return stt;
    });
  };
  return { meeting, room, presence, channel, lost, over, hear };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a meeting that another process may have to take over', () => {
  it('gives a sign of life as often as told, also when its clock is a little slow', async () => {
    const journal = new MemoryJournal();
    const { meeting } = makeProcess(journal, [], () => performance.now() * 0.999);
    await meeting.beginMeeting();
    const signs = vi.spyOn(journal, 'alive');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(signs.mock.calls.length).toBe(13); // one that is being written when the process dies is lost
  });
});

describe('a meeting that is given to another process', () => {
  it('stays as it is when the other process does not take it', async () => {
    const { meeting, channel, lost, hear } = makeProcess(new MemoryJournal());
    await meeting.beginMeeting();
    expect(await meeting.departure.handOver({ give: async () => false })).toBeUndefined();
    expect(lost.signal.aborted).toBe(false);
    (await hear()).say(makeFinal({ text: 'Good morning' }));
    await vi.waitFor(() => expect(channel.lines).toEqual(['Ana: Good morning']));
  });

  it('keeps whose speech is not text yet before it is offered', async () => {
    const journal = new MemoryJournal();
    const { meeting } = makeProcess(journal);
    await meeting.beginMeeting();
    journal.lastSign = undefined;
    await meeting.departure.handOver({
      give: async () => {
        expect(journal.lastSign).toMatchObject({ pending: [] });
        return false;
      },
    });
  });

  it('is heard here until Discord ends the voice connection, and its last words are still written', async () => {
    const journal = new MemoryJournal();
    const { meeting, room, lost, over, hear } = makeProcess(journal);
    await meeting.beginMeeting();
    const stt = await hear();
    const leaving = meeting.departure.handOver({ give: async () => true });
    await vi.waitFor(() => expect(lost.signal.aborted).toBe(true));
    await vi.advanceTimersByTimeAsync(200);
    expect(room.hasLeft).toBe(false);
    room.isConnected = false;
    stt.say(makeFinal({ text: 'The last words' }));
    await vi.advanceTimersByTimeAsync(100);
    expect(room.hasLeft).toBe(true);
    await vi.waitFor(() => leaving);
    expect(await leaving).toBeGreaterThan(0);
    expect(journal.segments.map(({ text }) => text)).toEqual(['The last words']);
    expect([over, journal.ended]).toEqual([[], undefined]);
  });

  it.each([
    ['the last word was heard, which came after the seat was taken', 40],
    ['the seat was taken, when nobody spoke', -900],
  ])('is heard here until %s, as Discord does not end the voice connection', async (_, sinceTakenMs) => {
    const takenMs = performance.now();
    const heardUntilMs = hearUntilSeatIsGone({
      room: { isConnected: true },
      nowMs: () => performance.now(),
      seatTakenMs: () => takenMs,
      lastHeardMs: () => takenMs + sinceTakenMs,
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await heardUntilMs).toBe(takenMs + Math.max(0, sinceTakenMs));
  });

  it('ends nowhere, whatever happens here afterwards', async () => {
    const journal = new MemoryJournal();
    const { meeting, room, over } = makeProcess(journal);
    await meeting.beginMeeting();
    const leaving = meeting.departure.handOver({ give: async () => true });
    room.isConnected = false;
    await vi.advanceTimersByTimeAsync(100);
    await leaving;
    expect((await meeting.stopMeeting('stopped')).endedMs).toBeUndefined();
    await vi.advanceTimersByTimeAsync(120_000);
    expect([over, journal.ended]).toEqual([[], undefined]);
  });

  it('keeps a process that ends meanwhile waiting until it has left', async () => {
    const { meeting, room, lost, hear } = makeProcess(new MemoryJournal());
    await meeting.beginMeeting();
    const stt = await hear();
    stt.neverFinishes = true;
    const leaving = meeting.departure.handOver({ give: async () => true });
    await vi.waitFor(() => expect(lost.signal.aborted).toBe(true));
    const ends = [meeting.stopMeeting('shutdown'), meeting.departure.breakOff('restarting')].map(async (end) => {
      await end;
      return 'ended';
    });
    const soFar = () => Promise.race([...ends, Promise.resolve('not yet')]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await soFar()).toBe('not yet');
    room.isConnected = false;
    await vi.advanceTimersByTimeAsync(10_000);
    await leaving;
    expect(await Promise.all(ends)).toEqual(['ended', 'ended']);
  });
});

describe('a meeting whose process was killed', () => {
  /** It goes on in another process, which still reads what the channel shows. */
  async function readingTheChannel() {
    const journal = new MemoryJournal();
    const before = makeProcess(journal).meeting;
    await before.beginMeeting();
    before.departure.dropMeeting();
    const killed = { atMs: performance.now(), pending: [{ speakerId: ana.id, sinceMs: 100 }], tallies: [] };
    journal.lastSign = killed;
    const left = await journal.archive.read('m1');
    if (!left) throw new Error('There is no meeting');
    await vi.advanceTimersByTimeAsync(5_000);
    const read = Promise.withResolvers<FinalSegment[]>();
    const process = makeProcess(journal);
    vi.spyOn(process.channel, 'resumeFrom').mockReturnValue(read.promise);
    const resuming = process.meeting.arrival.resumeMeeting(left);
    return { ...process, journal, killed, read, resuming };
  }

  it('hears people while it reads what the channel shows, and shows them afterwards', async () => {
    const { journal, channel, hear, read, resuming } = await readingTheChannel();
    (await hear()).say(makeFinal({ utteranceId: 'here', text: 'Is it back?' }));
    await vi.waitFor(() => expect(journal.segments.map(({ text }) => text)).toEqual(['Is it back?']));
    expect(channel.lines).toEqual([]);
    read.resolve([]);
    await resuming;
    expect(channel.lines).toEqual([expect.stringMatching(/^\* .*away and am back/), 'Ana: Is it back?']);
    const heardSinceMs = journal.gaps.find(({ speakerId }) => speakerId === undefined)?.endMs ?? 0;
    expect(heardSinceMs).toBeLessThan(performance.now());
  });

  it('keeps the last sign of the killed process until what that one lost is noted', async () => {
    const { journal, killed, read, resuming } = await readingTheChannel();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(journal.lastSign).toEqual(killed);
    read.resolve([]);
    await resuming;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(journal.lastSign?.atMs).toBeGreaterThan(killed.atMs);
  });

  it('moves on only when what the killed process lost is noted', async () => {
    const { meeting, journal, read, resuming } = await readingTheChannel();
    const give = vi.fn(async () => false);
    const leaving = meeting.departure.handOver({ give });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(give).not.toHaveBeenCalled();
    read.resolve([]);
    await Promise.all([resuming, leaving]);
    expect(give).toHaveBeenCalled();
    expect(journal.gaps.length).toBeGreaterThan(0);
  });
});

describe('a meeting that comes from another process', () => {
  it('hears people at once, and shows nothing before the last words from there', async () => {
    const journal = new MemoryJournal();
    await makeProcess(journal).meeting.beginMeeting();
    const left = await journal.archive.read('m1');
    if (!left) throw new Error('There is no meeting');
    const { meeting, channel, hear } = makeProcess(journal);
    const tail = Promise.withResolvers<number | undefined>();
    const receiving = meeting.arrival.resumeMeeting(left, () => tail.promise);
    (await hear()).say(makeFinal({ utteranceId: 'here', text: 'After the move' }));
    await vi.waitFor(() => expect(journal.segments.map(({ text }) => text)).toEqual(['After the move']));
    expect(channel.lines).toEqual([]);
    tail.resolve(performance.now());
    await receiving;
    expect(journal.gaps).toEqual([]);
  });

  it('reads the last words from there once the database answers, and shows them', async () => {
    const journal = new MemoryJournal();
    await makeProcess(journal).meeting.beginMeeting();
    const left = await journal.archive.read('m1');
    if (!left) throw new Error('There is no meeting');
    await journal.write(makeFinal({ text: 'The last words' }));
    const { meeting, channel } = makeProcess(journal);
    vi.spyOn(journal.archive, 'read').mockRejectedValueOnce(new StorageError('failed', 'Cannot read the transcripts.'));
    const shown = vi.spyOn(channel, 'resumeFrom');
    await meeting.arrival.resumeMeeting(left, async () => performance.now());
    const finals = [expect.objectContaining({ text: 'The last words' })];
    expect(shown).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ finals }), expect.anything());
  });

  it('gives a sign of life at once, so that a kill in its first second is told from there', async () => {
    const journal = new MemoryJournal();
    await makeProcess(journal).meeting.beginMeeting();
    const left = await journal.archive.read('m1');
    if (!left) throw new Error('There is no meeting');
    await vi.advanceTimersByTimeAsync(700);
    const { meeting } = makeProcess(journal);
    const tail = Promise.withResolvers<undefined>();
    const receiving = meeting.arrival.resumeMeeting(left, () => tail.promise);
    await vi.waitFor(() => expect(journal.lastSign?.atMs).toBeGreaterThanOrEqual(700));
    tail.resolve(undefined);
    await receiving;
  });

  it('notes what nobody heard in between', async () => {
    const journal = new MemoryJournal();
    await makeProcess(journal).meeting.beginMeeting();
    const left = await journal.archive.read('m1');
    if (!left) throw new Error('There is no meeting');
    const heardUntilMs = performance.now();
    await vi.advanceTimersByTimeAsync(700);
    const told: number[] = [];
    const { meeting } = makeProcess(journal, told);
    await meeting.arrival.resumeMeeting(left, async () => heardUntilMs);
    expect(journal.gaps).toMatchObject([{ startMs: heardUntilMs, reason: 'restarted' }]);
    const [gap] = journal.gaps;
    expect(told).toEqual([(gap?.endMs ?? 0) - heardUntilMs]);
    expect(told[0]).toBeGreaterThanOrEqual(700);
  });

  it.each([
    ['three packets, in which the letter of a word is lost', 60, 60],
    ['one packet at least, as keys come a moment after the connection', 5, 20],
  ])('notes a gap of %s', async (_, awayMs, notedMs) => {
    const journal = new MemoryJournal();
    await makeProcess(journal).meeting.beginMeeting();
    const left = await journal.archive.read('m1');
    if (!left) throw new Error('There is no meeting');
    const heardUntilMs = performance.now();
    await vi.advanceTimersByTimeAsync(awayMs);
    const { meeting } = makeProcess(journal);
    await meeting.arrival.resumeMeeting(left, async () => heardUntilMs);
    expect(journal.gaps).toEqual([{ startMs: heardUntilMs, endMs: heardUntilMs + notedMs, reason: 'restarted' }]);
  });

  it('notes what the process before had heard and not written when that one was killed before it could', async () => {
    const journal = new MemoryJournal();
    await makeProcess(journal).meeting.beginMeeting();
    await vi.advanceTimersByTimeAsync(2_000);
    const atMs = performance.now();
    journal.lastSign = { atMs, pending: [{ speakerId: ana.id, sinceMs: atMs - 1_500 }], tallies: [] };
    const left = await journal.archive.read('m1');
    if (!left) throw new Error('There is no meeting');
    const { meeting } = makeProcess(journal);
    const tail = Promise.withResolvers<undefined>();
    const receiving = meeting.arrival.resumeMeeting(left, () => tail.promise);
    await vi.advanceTimersByTimeAsync(11_000); // meanwhile this process gives signs of life of its own
    expect(journal.lastSign.atMs).toBeGreaterThan(atMs);
    tail.resolve(undefined);
    await receiving;
    expect(journal.gaps).toContainEqual({
      speakerId: ana.id,
      startMs: atMs - 1_500,
      endMs: expect.any(Number),
      reason: 'restarted',
    });
  });
});
