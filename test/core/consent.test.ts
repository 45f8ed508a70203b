import { describe, expect, it, vi } from 'vitest';
import { consentOf } from '../../src/core/consent.ts';
import { quiet } from '../../src/core/log.ts';
import { Meeting } from '../../src/core/meeting/meeting.ts';
import type { Usher } from '../../src/core/ports/people.ts';
import type { MeetingRecord } from '../../src/core/record.ts';
import { makeFinal, makeHead, makePartial, makePerson, makeTranslation } from '../support/make.ts';
import {
  MemoryChannel,
  MemoryJournal,
  MemoryPresence,
  MemoryRoom,
  MemorySettings,
  type MemoryStt,
  MemoryTranscriber,
} from '../support/ports.ts';

const ana = makePerson({ id: '100', displayName: 'Ana' });
const ben = makePerson({ id: '200', displayName: 'Ben' });

class Stage {
  readonly room = new MemoryRoom();
  readonly presence = new MemoryPresence(ana, ben);
  readonly transcriber = new MemoryTranscriber();
  readonly channel = new MemoryChannel();
  readonly journal = new MemoryJournal();
  readonly archive = this.journal.archive;
  readonly settings = new MemorySettings();
  readonly over: MeetingRecord[] = [];
  readonly greeted: string[] = [];
  readonly optInOnly: boolean[] = [];
  readonly askedBefore: (boolean | undefined)[] = [];
  waiting: string[] = []; // for their greeting
  readonly uninformed = new Set<string>(); // can read nowhere that they are transcribed
  readonly asked: string[] = []; // to be informed
  follows: Promise<boolean> = Promise.resolve(true);
  readonly usher: Usher = {
    configure: (optInOnly, haveAsked) => {
      this.optInOnly.push(optInOnly);
      this.askedBefore.push(haveAsked);
    },
    inform: ({ displayName }) => void this.asked.push(displayName),
    hasInformed: (id) => !this.uninformed.has(id),
    mayFollow: () => this.follows,
    greet: ({ displayName }) => void this.greeted.push(displayName),
    ungreeted: () => this.waiting,
    takeDownNotice: async () => {},
    leave: () => {},
  };
  readonly meeting: Meeting;

  constructor(optInOnly: boolean) {
    const clock = { beganAt: new Date(), nowMs: () => performance.now() };
    const guild = { spoken: 'auto', translateTo: ['es'], optInOnly };
    const whenOver = async (over: MeetingRecord) => {
      this.over.push(over);
      return over;
    };
    this.meeting = new Meeting(makeHead(), clock, guild, undefined, {
      ...this,
      log: quiet,
      emptyAfterMs: 60_000,
      whenOver,
    });
  }

  async hear(speakerId: string): Promise<MemoryStt> {
    const before = this.transcriber.opened.length;
    this.room.hear(speakerId);
    return await vi.waitFor(() => {
      const stt = this.transcriber.opened[before];
      if (!stt) throw new Error('not yet followed');
      return stt;
    });
  }

  hears(): boolean[] {
    return ['100', '200'].map((id) => this.meeting.hearsSpeaker(id));
  }
}

async function stage({ optInOnly = false } = {}): Promise<Stage> {
  const it = new Stage(optInOnly);
  await it.settings.changeGuild('1', { optInOnly });
  await it.meeting.beginMeeting();
  return it;
}

describe('consent', () => {
  it.each([
    ['nothing was said', { optedOut: false }, 'heard', 'not opted in'],
    ['yes was said', { optedOut: false, optedIn: true }, 'heard', 'heard'],
    ['no was said', { optedOut: true }, 'opted out', 'opted out'],
    ['no was said, whatever else is stored', { optedOut: true, optedIn: true }, 'opted out', 'opted out'],
  ] as const)('when %s', (_, choices, usually, optInOnly) => {
    expect(consentOf(choices, {})).toBe(usually);
    expect(consentOf(choices, { optInOnly: true })).toBe(optInOnly);
  });
});

describe('a meeting in a server that hears only people who opted in', () => {
  it('hears nobody until they opt in, and then only them', async () => {
    const it = await stage({ optInOnly: true });
    expect(it.hears()).toEqual([false, false]);
    await it.settings.changeMember('1', '200', { optedIn: true });
    await it.meeting.applySettings();
    expect(it.hears()).toEqual([false, true]);
    expect(it.meeting.currentStatus().speakers.map(({ consent }) => consent)).toEqual(['not opted in', 'heard']);
  });

  it('cuts off people who have not opted in when the server changes to that while it runs', async () => {
    const it = await stage();
    const stt = await it.hear('100');
    await it.settings.changeGuild('1', { optInOnly: true });
    await it.meeting.applySettings();
    expect(it.hears()).toEqual([false, false]);
    await vi.waitFor(() => expect(stt.isDisposed).toBe(true));
  });
});

describe('somebody who opts out while they speak', () => {
  async function optedOut(it: Stage): Promise<void> {
    await it.settings.changeMember('1', '100', { optedOut: true });
    await it.meeting.applySettings();
  }

  it('is cut off at once: nobody waits for the recogniser, and words that were not final yet are never published', async () => {
    const it = await stage();
    const stt = await it.hear('100');
    stt.say(makeFinal({ text: 'Said before' }));
    await vi.waitFor(() => expect(it.channel.lines).toEqual(['Ana: Said before']));
    stt.lastWords = [makeFinal({ utteranceId: 'u2', text: 'On its way' })];
    await optedOut(it);
    await vi.waitFor(() => expect(stt.isDisposed).toBe(true));
    stt.say(makeFinal({ utteranceId: 'u3', text: 'Too late' }));
    await it.meeting.stopMeeting('stopped');
    expect(it.journal.segments.map(({ text }) => text)).toEqual(['Said before']);
    expect(it.channel.lines).toEqual(['Ana: Said before']);
  });

  it('has words that were still growing removed', async () => {
    const it = await stage();
    const hers = await it.hear('100');
    hers.say(makePartial({ text: 'Forget' }));
    await vi.waitFor(() => expect(it.channel.lines).toEqual(['Ana… Forget']));
    await optedOut(it);
    await vi.waitFor(() => expect(it.channel.lines).toEqual(['Ana… Forget', 'Ana… ']));
    expect(it.journal.segments).toEqual([]);
  });

  it('causes no notice about words that could not be transcribed', async () => {
    const it = await stage();
    const stt = await it.hear('100');
    await optedOut(it);
    const gap = { speakerId: '100', startMs: 0, endMs: 9_000, reason: 'recogniser unavailable' } as const;
    stt.notify({ kind: 'gap', gap });
    expect(it.journal.gaps).toEqual([]);
    expect(it.channel.lines).toEqual([]);
  });

  it('is not followed if their first packet was still being decoded', async () => {
    const it = await stage();
    await optedOut(it);
    it.room.hear('100');
    await it.hear('200'); // comes after it in the queue
    expect(it.transcriber.opened.map(({ speakerId }) => speakerId)).toEqual(['200']);
  });

  it('does not silence the others', async () => {
    const it = await stage();
    const hers = await it.hear('100');
    const his = await it.hear('200');
    await optedOut(it);
    await vi.waitFor(() => expect(hers.isDisposed).toBe(true));
    his.say(makeFinal({ speakerId: '200', text: 'Still here' }));
    await vi.waitFor(() => expect(it.channel.lines).toEqual(['Ben: Still here']));
  });
});

describe('somebody who comes to a running meeting', () => {
  const cem = makePerson({ id: '300', displayName: 'Cem' });
  const dora = makePerson({ id: '400', displayName: 'Dora' });

  it('is greeted once, however often they come; whoever was there at the start is not', async () => {
    const it = await stage();
    it.presence.tell({ kind: 'joined', person: cem });
    it.presence.tell({ kind: 'left', person: cem });
    it.presence.tell({ kind: 'joined', person: cem });
    it.presence.tell({ kind: 'left', person: ana });
    it.presence.tell({ kind: 'joined', person: ana });
    it.presence.tell({ kind: 'joined', person: makePerson({ id: '500', displayName: 'Music', isBot: true }) });
    it.presence.tell({ kind: 'joined', person: dora });
    await vi.waitFor(() => expect(it.greeted).toEqual(['Cem', 'Dora']));
  });

  it('is not greeted when they have opted out', async () => {
    const it = await stage();
    await it.settings.changeMember('1', '300', { optedOut: true });
    it.presence.tell({ kind: 'joined', person: cem });
    it.presence.tell({ kind: 'joined', person: dora });
    await vi.waitFor(() => expect(it.greeted).toEqual(['Dora']));
  });

  it('is greeted after a restart only if they came in between', async () => {
    const it = new Stage(true);
    it.presence.tell({ kind: 'joined', person: cem });
    const head = makeHead();
    const attendance = [{ speakerId: '100', displayName: 'Ana', joinedMs: 0 }];
    await it.journal.begin(head);
    await it.meeting.arrival.resumeMeeting({ head, attendance, finals: [], translations: [], gaps: [], messages: [] });
    expect(it.greeted.sort()).toEqual(['Ben', 'Cem']);
    expect([it.optInOnly, it.askedBefore]).toEqual([[true], [true]]);
  });

  it('is greeted by the process that goes on if the one before had not come to it, or nobody knows', async () => {
    const it = new Stage(false);
    const eve = makePerson({ id: '500', displayName: 'Eve' });
    for (const person of [cem, dora, eve]) it.presence.tell({ kind: 'joined', person });
    const head = makeHead();
    const attendance = [
      { speakerId: '100', displayName: 'Ana', joinedMs: 10 },
      { speakerId: '200', displayName: 'Ben', joinedMs: 10, leftMs: 5_000 },
      { speakerId: '200', displayName: 'Ben', joinedMs: 8_500 }, // was told the first time
      { speakerId: '300', displayName: 'Cem', joinedMs: 4_000 },
      { speakerId: '400', displayName: 'Dora', joinedMs: 7_000 },
      { speakerId: '500', displayName: 'Eve', joinedMs: 8_500 },
    ];
    const lastSign = { atMs: 8_000, pending: [], ungreeted: ['400'] };
    await it.journal.begin(head);
    const nothing = { finals: [], translations: [], gaps: [], messages: [] };
    await it.meeting.arrival.resumeMeeting({ head, attendance, ...nothing, lastSign });
    expect(it.greeted.sort()).toEqual(['Dora', 'Eve']);
    it.waiting = ['400', '500'];
    await vi.waitFor(() => expect(it.journal.lastSign?.ungreeted).toEqual(['400', '500']), 4_000);
    it.waiting = [];
    await vi.waitFor(() => expect(it.journal.lastSign).not.toHaveProperty('ungreeted'), 4_000);
  });

  it('is not greeted after a crash in the first moments if they were there at the beginning', async () => {
    const it = new Stage(false);
    const head = makeHead();
    const attendance = ['100', '200'].map((speakerId) => ({ speakerId, displayName: speakerId, joinedMs: 40 }));
    await it.journal.begin(head);
    const nothing = { finals: [], translations: [], gaps: [], messages: [] };
    await it.meeting.arrival.resumeMeeting({ head, attendance, ...nothing, lastSign: { atMs: 0, pending: [] } });
    expect(it.greeted).toEqual([]);
  });
});

describe('somebody who can read nowhere that they are transcribed', () => {
  it('is not heard until they can, and shown with the reason', async () => {
    const it = await stage();
    it.uninformed.add('200');
    expect(it.hears()).toEqual([true, false]);
    expect(it.meeting.currentStatus().speakers.map(({ consent }) => consent)).toEqual(['heard', 'not informed']);
    it.uninformed.delete('200');
    expect(it.hears()).toEqual([true, true]);
  });

  it('is informed from the first moment, like everybody who comes, and again every second', async () => {
    const it = await stage();
    expect(it.asked).toEqual(['Ana', 'Ben']);
    it.presence.tell({ kind: 'joined', person: makePerson({ id: '300', displayName: 'Cem' }) });
    await vi.waitFor(() => expect(it.asked).toContain('Cem'));
    await vi.waitFor(() => expect(it.asked.filter((name) => name === 'Ben').length).toBeGreaterThan(1), 3_000);
  });

  it('is not informed after an opt-out, and again once they take it back', async () => {
    const it = await stage();
    await it.settings.changeMember('1', '200', { optedOut: true });
    await it.meeting.applySettings();
    it.asked.splice(0);
    await it.meeting.applySettings();
    expect(it.asked).toEqual(['Ana']);
    await it.settings.changeMember('1', '200', { optedOut: false });
    await it.meeting.applySettings();
    expect(it.asked).toContain('Ben');
  });
});

describe('a bot that is moved by hand', () => {
  it('hears nobody before it is decided whether the meeting goes on there, not even people who came along', async () => {
    const it = await stage();
    const decided = Promise.withResolvers<boolean>();
    it.follows = decided.promise;
    it.presence.tell({ kind: 'bot moved', channelId: '11', channelName: 'Board' });
    expect(it.hears()).toEqual([false, false]);
    decided.resolve(true);
    await vi.waitFor(() => expect(it.hears()).toEqual([true, true]));
    expect(it.channel.lines).toEqual(['* I was moved to Board and continue there.']);
  });

  it('ends the meeting among people who cannot read along, without hearing them or naming the channel', async () => {
    const it = await stage();
    it.follows = Promise.resolve(false);
    it.presence.tell({ kind: 'bot moved', channelId: '11', channelName: 'Board' });
    it.presence.tell({ kind: 'joined', person: makePerson({ id: '300', displayName: 'Chair' }) });
    await vi.waitFor(() => expect(it.over[0]?.ending).toBe('disconnected'));
    expect([...it.hears(), it.meeting.hearsSpeaker('300')]).toEqual([false, false, false]);
    expect(it.channel.lines).toEqual([expect.stringContaining('The meeting ends here')]);
    expect(it.channel.lines.join()).not.toContain('Board');
  });

  it('ends the meeting in a channel in which the server allows none', async () => {
    const it = await stage();
    await it.settings.changeGuild('1', { allowedChannelIds: ['10', '11'] });
    await it.meeting.applySettings();
    it.presence.tell({ kind: 'bot moved', channelId: '11', channelName: 'Lounge' });
    await vi.waitFor(() => expect(it.channel.lines).toEqual(['* I was moved to Lounge and continue there.']));
    it.presence.tell({ kind: 'bot moved', channelId: '12', channelName: 'Board' });
    await vi.waitFor(() => expect(it.over[0]?.ending).toBe('disconnected'));
    expect(it.hears()).toEqual([false, false]);
    expect(it.channel.lines[1]).toContain('does not allow transcription');
    expect(it.channel.lines[1]).not.toContain('Board'); // nor is it named to those who may not see it
  });
});

describe('an erasure while the meeting runs', () => {
  it('drops words that are on their way before it erases, so that none can follow', async () => {
    const it = await stage();
    await it.settings.changeGuild('1', { style: 'finals' });
    await it.meeting.applySettings();
    const hers = await it.hear('100');
    const his = await it.hear('200');
    const beganMs = performance.now(); // Ben began earlier and is not done: her final is kept, and waits to be told
    his.pendingMs = beganMs;
    hers.say(makeFinal({ startMs: beganMs + 5_000, text: 'Forget this' }));
    await vi.waitFor(() => expect(it.journal.segments).toHaveLength(1));
    const order: string[] = [];
    await it.meeting.whileErasing('100', async () => void order.push(`erased, disposed: ${hers.isDisposed}`));
    expect(order).toEqual(['erased, disposed: true']);
    hers.say(makeTranslation({ text: 'Olvida esto' }));
    his.pendingMs = undefined;
    his.say(makeFinal({ utteranceId: 'b', speakerId: '200', startMs: beganMs, text: 'Done' }));
    await vi.waitFor(() => expect(it.channel.lines).toEqual(['- 100', 'Ben: Done']));
    await it.meeting.stopMeeting('stopped');
    expect(it.channel.lines).toEqual(['- 100', 'Ben: Done']);
    expect(it.journal.segments.map(({ text }) => text)).not.toContain('Olvida esto');
  });

  it('removes that person’s lines, and only theirs, from open live pages', async () => {
    const it = await stage();
    const hers = await it.hear('100');
    const his = await it.hear('200');
    hers.say(makeFinal({ utteranceId: 'a', text: 'Forget this' }));
    his.say(makeFinal({ utteranceId: 'b', speakerId: '200', text: 'Keep this' }));
    await vi.waitFor(() => expect(it.journal.segments).toHaveLength(2));
    const told: string[] = [];
    it.meeting.addListener((what) => {
      if (what !== 'over') told.push(`${what.segment.utteranceId}: "${what.segment.text}"`);
    });
    await it.meeting.whileErasing('100', async () => {});
    expect(told).toEqual(['a: ""']);
  });

  it('begins a new stay for a person who is still there, to which their next words belong', async () => {
    const it = await stage();
    await it.hear('100');
    const before = it.journal.attendance.length;
    await it.meeting.whileErasing('100', async () => {});
    expect(it.journal.attendance.slice(before)).toEqual([expect.objectContaining({ speakerId: '100' })]);
    const stt = await it.hear('100');
    stt.say(makeFinal({ utteranceId: 'u9', text: 'New words' }));
    await vi.waitFor(() => expect(it.channel.lines).toEqual(['- 100', 'Ana: New words']));
  });
});
