import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SttError, VoiceError } from '../../../src/core/errors.ts';
import { quiet } from '../../../src/core/log.ts';
import { Meeting } from '../../../src/core/meeting/meeting.ts';
import { MinutesWriter } from '../../../src/core/meeting/write-up.ts';
import type { Gap, MeetingRecord } from '../../../src/core/record.ts';
import { namesIn } from '../../../src/core/text/names.ts';
import { makeFinal, makeHead, makePartial, makePerson, makeTally, makeTranslation } from '../../support/make.ts';
import {
  MemoryChannel,
  MemoryJournal,
  MemoryMinutes,
  MemoryPresence,
  MemoryRoom,
  MemorySettings,
  type MemoryStt,
  MemoryTranscriber,
} from '../../support/ports.ts';

const ana = makePerson({ id: '100', displayName: 'Ana' });
const ben = makePerson({ id: '200', displayName: 'Ben' });
const robot = makePerson({ id: '300', displayName: 'Music', isBot: true });

class Stage {
  readonly room = new MemoryRoom();
  readonly presence: MemoryPresence;
  readonly transcriber = new MemoryTranscriber();
  readonly channel = new MemoryChannel();
  readonly journal = new MemoryJournal();
  readonly archive = this.journal.archive;
  readonly settings = new MemorySettings();
  readonly minutes = new MemoryMinutes();
  readonly over: MeetingRecord[] = []; // handed on to be written up
  readonly meeting: Meeting;

  constructor(...people: (typeof ana)[]) {
    this.presence = new MemoryPresence(...people);
    const clock = { beganAt: new Date(), nowMs: () => performance.now() };
    const writer = new MinutesWriter({ ...this, panels: { end: async () => {} }, log: quiet });
    const whenOver = (over: MeetingRecord) => {
      this.over.push(over);
      return writer.writeUp(over);
    };
    const parts = { ...this, log: quiet, emptyAfterMs: 60_000, whenOver };
    this.meeting = new Meeting(makeHead(), clock, { spoken: 'auto', translateTo: ['es'] }, undefined, parts);
  }

  async showFinalsOnly(): Promise<void> {
    await this.settings.changeGuild('1', { style: 'finals' });
    await this.meeting.applySettings();
  }

  /** Somebody's voice comes in for the first time. */
  async hear(speakerId: string): Promise<MemoryStt> {
    this.room.hear(speakerId);
    return vi.waitFor(() => {
      const stt = this.transcriber.opened.findLast((opened) => opened.speakerId === speakerId);
      if (!stt) throw new Error('not yet followed');
      return stt;
    });
  }
}

function lengthOf(gap: Gap | undefined): number {
  return gap ? gap.endMs - gap.startMs : 0;
}

async function stageWith(...people: (typeof ana)[]): Promise<Stage> {
  const stage = new Stage(...people);
  await stage.meeting.beginMeeting();
  return stage;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a meeting', () => {
  it('has text come sooner while somebody watches words grow', async () => {
    const stage = await stageWith(ana);
    const first = await stage.hear('100');
    expect(first.isWatched).toBe(false);
    const stops = [stage.meeting.addListener(() => {}), stage.meeting.addListener(() => {})];
    expect(first.isWatched).toBe(true);
    stops[0]?.();
    stops[0]?.();
    stage.transcriber.opened.length = 0;
    expect((await stage.hear('101')).isWatched).toBe(true); // whoever comes later, too
    stops[1]?.();
    expect(first.isWatched).toBe(false);
  });

  it('publishes what somebody said under their name, after the journal has it', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    stt.say(makeFinal({ text: 'Good morning' }));
    await vi.waitFor(() => expect(stage.channel.lines).toEqual(['Ana: Good morning']));
    expect(stage.journal.segments.map(({ text }) => text)).toEqual(['Good morning']);
  });

  it('publishes terms as the server writes them, and keeps them as they were heard', async () => {
    const stage = new Stage(ana);
    await stage.settings.changeGuild('1', {
      glossary: [{ written: 'Palabra', heard: ['palavra'], translations: { es: 'Palabra™' } }],
    });
    await stage.meeting.beginMeeting();
    await stage.meeting.applySettings();
    const stt = await stage.hear('100');
    stt.say(makeFinal({ text: 'We use palavra' }));
    stt.say(makeTranslation({ text: 'Usamos Palavra' }));
    await vi.waitFor(() => expect(stage.channel.lines).toEqual(['Ana: We use Palabra', 'Ana [es]: Usamos Palabra™']));
    expect(stage.journal.segments.map(({ text }) => text)).toEqual(['We use palavra', 'Usamos Palavra']);
  });

  it('says when what is said leaves the server line by line, and when only the minutes do', async () => {
    const stage = await stageWith(ana);
    const reconfigure = async (lines: boolean) => {
      const webhook = { url: 'https://hooks.example/in', secret: 's', ...(lines && { lines }) };
      await stage.settings.changeGuild('1', { webhook });
      await stage.meeting.applySettings();
      return stage.meeting.currentStatus().sendsLines;
    };
    expect(await reconfigure(true)).toBe(true);
    expect(await reconfigure(true)).toBe(true);
    expect(await reconfigure(false)).toBe(false);
    expect(stage.channel.lines).toEqual([
      '* What is said in this meeting is also sent to hooks.example, outside Discord, as soon as it is final, and the minutes at its end.',
      '* The minutes of this meeting are also sent to hooks.example, outside Discord.',
    ]);
  });

  it('says when its minutes will leave the server, and when they no longer will', async () => {
    const stage = await stageWith(ana);
    const reconfigure = async (url?: string) => {
      await stage.settings.changeGuild('1', { webhook: url === undefined ? undefined : { url, secret: 's' } });
      await stage.meeting.applySettings();
      return stage.meeting.currentStatus().sentOnTo;
    };
    expect(await reconfigure('https://hooks.example/in?key=hush')).toBe('hooks.example');
    expect(await reconfigure('https://hooks.example/in?key=other')).toBe('hooks.example');
    expect(await reconfigure('https://wiki.example:8443/')).toBe('wiki.example:8443');
    expect(await reconfigure()).toBeUndefined();
    expect(stage.channel.lines).toEqual([
      '* The minutes of this meeting are also sent to hooks.example, outside Discord.',
      '* The minutes of this meeting are also sent to wiki.example:8443, outside Discord.',
      '* The minutes of this meeting are no longer sent anywhere else.',
    ]);
  });

  it('has ended in the journal when it is handed over to be written up', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    stt.say(makeFinal({ text: 'Goodbye' }));
    await vi.waitFor(() => expect(stage.channel.lines).toHaveLength(1));
    const ended = stage.meeting.stopMeeting('stopped');
    await vi.waitFor(() => expect(stage.over).toMatchObject([{ head: stage.meeting.head, ending: 'stopped' }]));
    expect(stage.journal.ended?.ending).toBe('stopped');
    expect(stage.room.hasLeft).toBe(true);
    await ended;
    expect(stage.over).toHaveLength(1);
    expect(stage.minutes.posted).toHaveLength(1);
  });

  it('leaves nothing running when it could not begin', async () => {
    const stage = new Stage(ana);
    stage.settings.member = async () => {
      throw new Error('no settings');
    };
    await expect(stage.meeting.beginMeeting()).rejects.toThrow('no settings');
    stage.meeting.departure.abandonMeeting();
    await vi.advanceTimersByTimeAsync(0);
    const { lastSign } = stage.journal;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stage.journal.lastSign).toBe(lastSign); // it gives one every few seconds while it runs
    expect([stage.over, stage.channel.lines]).toEqual([[], []]);
  });

  it('publishes growing words at once, journals only their final, and waits for nobody', async () => {
    const stage = await stageWith(ana, ben);
    const first = await stage.hear('100');
    const second = await stage.hear('200');
    first.pendingMs = 1_000;
    first.say(makePartial({ utteranceId: 'a', text: 'Shall we' }));
    second.say(makeFinal({ utteranceId: 'b', speakerId: '200', startMs: 3_000, text: 'Yes' }));
    await vi.waitFor(() => expect(stage.channel.lines).toEqual(['Ana… Shall we', 'Ben: Yes']));
    expect(stage.journal.segments.map(({ text }) => text)).toEqual(['Yes']);
  });

  it('keeps words that people saw as unconfirmed when the recogniser is lost before their final', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    stt.say(makePartial({ utteranceId: 'a', text: 'Nothing' }));
    stt.say(makePartial({ utteranceId: 'a', text: '' }));
    stt.say(makePartial({ utteranceId: 'b', text: 'Shall we' }));
    await vi.waitFor(() => expect(stage.channel.lines).toHaveLength(3));
    await stage.meeting.stopMeeting('stopped');
    expect(stage.journal.segments).toMatchObject([{ kind: 'final', text: 'Shall we', confirmed: false }]);
  });

  it('publishes people in the order in which they began, not in which they paused, when it publishes finals only', async () => {
    const stage = await stageWith(ana, ben);
    await stage.showFinalsOnly();
    const first = await stage.hear('100');
    const second = await stage.hear('200');
    first.pendingMs = 1_000;
    second.say(makeFinal({ utteranceId: 'b', speakerId: '200', startMs: 3_000, text: 'Yes' }));
    second.say(makeTranslation({ utteranceId: 'b', speakerId: '200', text: 'Sí' }));
    await vi.waitFor(() => expect(stage.journal.segments).toHaveLength(2));
    expect(stage.channel.lines).toEqual([]);
    first.pendingMs = undefined;
    first.say(makeFinal({ utteranceId: 'a', startMs: 1_000, text: 'Shall we begin, as everybody is here?' }));
    const told = ['Ana: Shall we begin, as everybody is here?', 'Ben: Yes', 'Ben [es]: Sí'];
    await vi.waitFor(() => expect(stage.channel.lines).toEqual(told));
  });

  it("publishes one person's sentences in order, even when a later one is final first", async () => {
    const stage = await stageWith(ana);
    await stage.showFinalsOnly();
    const stt = await stage.hear('100');
    stt.pendingMs = 1_000;
    stt.say(makeFinal({ utteranceId: 'b', startMs: 3_000, text: 'Second' }));
    await vi.waitFor(() => expect(stage.journal.segments).toHaveLength(1));
    expect(stage.channel.lines).toEqual([]);
    stt.pendingMs = undefined;
    stt.say(makeFinal({ utteranceId: 'a', startMs: 1_000, text: 'First' }));
    await vi.waitFor(() => expect(stage.channel.lines).toEqual(['Ana: First', 'Ana: Second']));
  });

  it('publishes no translation into the language that was spoken', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    stt.say(makeFinal({ text: 'Buenos días', language: 'es' }));
    stt.say(makeTranslation({ text: 'Buenos días', language: 'es' }));
    stt.say(makeTranslation({ text: 'Good morning', language: 'en' }));
    await vi.waitFor(() => expect(stage.channel.lines).toEqual(['Ana: Buenos días', 'Ana [en]: Good morning']));
  });

  it('hears neither bots, nor people who opted out, nor people who are not there', async () => {
    const stage = new Stage(ana, ben, robot);
    await stage.settings.changeMember('1', '200', { optedOut: true });
    await stage.meeting.beginMeeting();
    expect(['100', '200', '300', '400'].map((id) => stage.meeting.hearsSpeaker(id))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('stops hearing somebody the moment they opt out', async () => {
    const stage = await stageWith(ana);
    await stage.settings.changeMember('1', '100', { optedOut: true });
    await stage.meeting.applySettings();
    expect(stage.meeting.hearsSpeaker('100')).toBe(false);
  });

  it('hears nobody while it is paused, and keeps the pause as a gap', async () => {
    const stage = await stageWith(ana);
    expect(stage.meeting.pauseHearing()).toBe(true);
    expect(stage.meeting.hearsSpeaker('100')).toBe(false);
    const [atStart] = stage.journal.gaps;
    expect(atStart).toMatchObject({ reason: 'paused', endMs: atStart?.startMs });
    vi.advanceTimersByTime(5_000);
    expect(stage.meeting.resumeHearing()).toBe(true);
    expect(stage.meeting.hearsSpeaker('100')).toBe(true);
    expect(stage.journal.gaps).toEqual([{ ...atStart, endMs: (atStart?.startMs ?? 0) + 5_000 }]);
  });

  it('applies changed languages at once', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    await stage.settings.changeGuild('1', { spoken: 'en', translateTo: ['fr', 'en', 'de'] });
    await stage.meeting.applySettings();
    expect(stt.options).toEqual({ language: 'en', translateTo: ['fr', 'de'] });
  });

  it("prefers a person's own language to the server's", async () => {
    const stage = new Stage(ana);
    await stage.settings.changeMember('1', '100', { spoken: 'ja' });
    await stage.meeting.beginMeeting();
    expect((await stage.hear('100')).options.language).toBe('ja');
  });

  it('keeps who came and who left, and follows a person who returns', async () => {
    const stage = await stageWith(ana);
    stage.presence.tell({ kind: 'joined', person: ben });
    await stage.hear('200');
    stage.presence.tell({ kind: 'left', person: ben });
    stage.presence.tell({ kind: 'joined', person: ben });
    await vi.waitFor(() => expect(stage.journal.attendance).toHaveLength(3));
    const [, firstStay, secondStay] = stage.journal.attendance;
    expect(firstStay).toMatchObject({ displayName: 'Ben', leftMs: expect.any(Number) });
    expect(secondStay).not.toHaveProperty('leftMs');
    await stage.hear('200');
    expect(stage.transcriber.opened).toHaveLength(2);
  });

  it('keeps the new name of somebody who changes it', async () => {
    const stage = await stageWith(ana);
    stage.presence.tell({ kind: 'renamed', person: { ...ana, displayName: 'Anna' } });
    await vi.waitFor(() => expect(stage.journal.attendance).toHaveLength(2));
    const [before, after] = stage.journal.attendance;
    expect(after).toEqual({ ...before, displayName: 'Anna' });
  });

  it('calls people in its minutes by the names that they have at the end', async () => {
    const stage = await stageWith(ana, ben);
    stage.presence.rename('100', 'Ana (notes)');
    const record = await stage.meeting.stopMeeting('stopped');
    expect([...namesIn(record, (id) => id).values()]).toEqual(['Ana (notes)', 'Ben']);
  });

  it('ends a minute after the last person left', async () => {
    const stage = await stageWith(ana);
    stage.presence.tell({ kind: 'left', person: ana });
    await vi.waitFor(() => expect(stage.journal.attendance[0]).toHaveProperty('leftMs'));
    await vi.advanceTimersByTimeAsync(59_000);
    expect(stage.room.hasLeft).toBe(false);
    await vi.advanceTimersByTimeAsync(1_500);
    await vi.waitFor(() => expect(stage.minutes.posted[0]?.record.ending).toBe('empty'));
  });

  it('goes on when somebody comes back within the minute', async () => {
    const stage = await stageWith(ana);
    stage.presence.tell({ kind: 'left', person: ana });
    await vi.advanceTimersByTimeAsync(30_000);
    stage.presence.tell({ kind: 'joined', person: ana });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(stage.room.hasLeft).toBe(false);
  });

  it('goes on between two talks, as long as an audience waits', async () => {
    const stage = await stageWith(ana);
    stage.presence.count(1);
    stage.presence.tell({ kind: 'left', person: ana });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(stage.room.hasLeft).toBe(false);
    expect(stage.meeting.currentStatus()).toMatchObject({ speakers: [], stageAudience: { now: 1, most: 1 } });
    stage.presence.count(0);
    await vi.advanceTimersByTimeAsync(61_000);
    await vi.waitFor(() => expect(stage.minutes.posted[0]?.record.ending).toBe('empty'));
  });

  it('counts the audience of a stage, and keeps only how many there were at most', async () => {
    const stage = new Stage(ana);
    const write = vi.spyOn(stage.journal, 'stageAudience');
    await stage.meeting.beginMeeting();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stage.meeting.currentStatus()).not.toHaveProperty('stageAudience');
    for (let now = 1; now <= 300; now += 1) stage.presence.count(now);
    await vi.advanceTimersByTimeAsync(1_000);
    for (let now = 299; now >= 100; now -= 1) stage.presence.count(now);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stage.meeting.currentStatus().stageAudience).toEqual({ now: 100, most: 300 });
    expect(write.mock.calls).toEqual([[300]]);
    stage.presence.count(400);
    await vi.advanceTimersByTimeAsync(0);
    stage.presence.count(0);
    const { stageAudience, attendance } = await stage.meeting.stopMeeting('stopped');
    expect([stageAudience, attendance.length]).toEqual([400, 1]);
  });

  it.each([
    ['bot disconnected', 'disconnected'],
    ['voice channel deleted', 'channel deleted'],
  ] as const)('ends with minutes on "%s"', async (kind, ending) => {
    const stage = await stageWith(ana);
    stage.presence.tell({ kind });
    await vi.waitFor(() => expect(stage.minutes.posted[0]?.record.ending).toBe(ending));
  });

  it('joins voice again after a replaced gateway session, and goes on', async () => {
    const stage = await stageWith(ana);
    stage.presence.tell({ kind: 'session replaced' });
    await vi.waitFor(() => expect(stage.room.rejoined).toBe(1));
    expect(stage.room.hasLeft).toBe(false);
  });

  it('waits for the last words before the minutes', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    stt.lastWords = [makeFinal({ text: 'Goodbye' }), makeTranslation({ text: 'Adiós' })];
    const record = await stage.meeting.stopMeeting('stopped');
    expect(stage.channel.lines).toEqual(['Ana: Goodbye', 'Ana [es]: Adiós']);
    expect(record.finals.map(({ text }) => text)).toEqual(['Goodbye']);
  });

  it('reports what one person lost, but not again what an outage of everybody covers', async () => {
    const stage = await stageWith(ana);
    stage.room.tell({ kind: 'missed', speakerId: '100', startMs: 0, endMs: 4_000 });
    stage.room.tell({ kind: 'interrupted', because: 'closed', sinceMs: performance.now() });
    await vi.waitFor(() => expect(stage.journal.gaps).toHaveLength(1));
    vi.advanceTimersByTime(5_000);
    stage.room.tell({ kind: 'connected' });
    stage.room.tell({ kind: 'missed', speakerId: '100', startMs: 1_000, endMs: performance.now() });
    await vi.waitFor(() => expect(stage.journal.gaps).toHaveLength(2));
    await stage.meeting.stopMeeting('stopped');
    expect(stage.journal.gaps.map(({ speakerId }) => speakerId)).toEqual(['100', undefined]);
    expect(stage.channel.lines[0]).toBe('* I could not transcribe 4 s of what Ana said: voice connection lost.');
  });

  it('keeps an outage while it lasts: another process may have to go on in the middle of it', async () => {
    const stage = await stageWith(ana);
    await vi.advanceTimersByTimeAsync(1_000);
    const sinceMs = performance.now();
    stage.room.tell({ kind: 'interrupted', because: 'nothing arrives from the voice server', sinceMs });
    await vi.advanceTimersByTimeAsync(10_000);
    const [gap] = stage.journal.gaps;
    expect(gap).toMatchObject({ startMs: sinceMs, reason: 'voice connection lost' });
    expect(gap?.endMs).toBe(stage.journal.lastSign?.atMs);
    stage.room.tell({ kind: 'connected' });
    await stage.meeting.stopMeeting('stopped');
    expect(stage.journal.gaps).toHaveLength(1);
  });

  it('says once that it has heard nothing for 8 s, and afterwards what was missed', async () => {
    const stage = await stageWith(ana);
    const sinceMs = performance.now();
    await vi.advanceTimersByTimeAsync(1_500);
    stage.room.tell({ kind: 'interrupted', because: 'Discord ended the voice connection (4022)', sinceMs });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stage.channel.lines).toEqual([]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(stage.channel.lines).toEqual([expect.stringContaining('I cannot hear the voice channel at the moment')]);
    stage.room.tell({ kind: 'connected' });
    await vi.waitFor(() => expect(stage.channel.lines).toHaveLength(2));
    expect(stage.channel.lines[1]).toMatch(
      /^\* I could not transcribe 2[67] s of what was said: voice connection lost/,
    );
    expect(stage.journal.gaps).toMatchObject([{ startMs: sinceMs }]);
  });

  it('says at once that a moderator has deafened it, afterwards what was missed, and keeps that for a crash', async () => {
    const stage = await stageWith(ana);
    stage.presence.deafen();
    await vi.waitFor(() =>
      expect(stage.channel.lines).toEqual([
        expect.stringContaining('A moderator has deafened me. I cannot hear anybody'),
      ]),
    );
    expect(stage.meeting.currentStatus().deaf).toBe('deafened');
    await vi.advanceTimersByTimeAsync(30_000);
    const kept = stage.journal.gaps.at(-1);
    expect(kept).toMatchObject({ reason: 'deafened' });
    expect(lengthOf(kept)).toBeGreaterThanOrEqual(27_000);
    stage.presence.deafen(false);
    await vi.waitFor(() => expect(stage.channel.lines).toHaveLength(2));
    expect(stage.channel.lines[1]).toBe('* I can hear again. What was said in the last 30 s is missing here.');
    const whole = stage.journal.gaps.at(-1);
    expect(whole).toMatchObject({ startMs: kept?.startMs, reason: 'deafened' }); // replaces what was kept before
    expect(lengthOf(whole)).toBeGreaterThanOrEqual(30_000);
    expect(stage.meeting.currentStatus().deaf).toBeUndefined();
    expect(stage.meeting.currentStatus().figures.lostMs).toBe(lengthOf(whole));
  });

  it('counts no loss while it is deafened in a pause, and says that it is deafened when the pause is over', async () => {
    const stage = await stageWith(ana);
    stage.meeting.pauseHearing();
    stage.presence.deafen();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([stage.channel.lines, stage.meeting.currentStatus().deaf]).toEqual([[], undefined]);
    stage.meeting.resumeHearing();
    expect(stage.channel.lines).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5_000);
    await stage.meeting.stopMeeting('stopped');
    expect(stage.meeting.currentStatus().figures.lostMs).toBe(5_000);
    expect(stage.channel.lines).toHaveLength(1);
  });

  it('shows that nobody is heard while the voice connection is away', async () => {
    const stage = await stageWith(ana);
    stage.room.tell({ kind: 'interrupted', because: 'Discord ended the voice connection (4022)', sinceMs: 0 });
    await vi.waitFor(() => expect(stage.meeting.currentStatus().deaf).toBe('voice connection lost'));
    stage.room.tell({ kind: 'connected' });
    await vi.waitFor(() => expect(stage.meeting.currentStatus().deaf).toBeUndefined());
  });

  it('ends the meeting with its minutes, and says why, when the voice channel is lost for good', async () => {
    const stage = await stageWith(ana);
    const error = new VoiceError('encryption-unsupported', 'Cannot hear the voice channel: 4017 is unsupported');
    stage.room.tell({ kind: 'lost', error });
    await vi.waitFor(() => expect(stage.minutes.posted).toHaveLength(1));
    expect(stage.channel.lines).toEqual([
      '* Cannot hear the voice channel: 4017 is unsupported. The meeting ends here, and the minutes follow.',
    ]);
  });

  it('ends all the same when the last words do not come in time', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    stt.neverFinishes = true;
    const ending = stage.meeting.stopMeeting('shutdown');
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await ending).ending).toBe('shutdown');
    expect(stage.minutes.posted).toHaveLength(1);
  });

  it('leaves a tally of every speaker, over all their stays', async () => {
    const stage = await stageWith(ana);
    await stage.hear('100');
    stage.presence.tell({ kind: 'left', person: ana });
    stage.presence.tell({ kind: 'joined', person: ana });
    await vi.waitFor(() => expect(stage.journal.attendance).toHaveLength(2));
    await stage.hear('100');
    await stage.meeting.stopMeeting('stopped');
    expect(stage.journal.tallies).toEqual([expect.objectContaining({ speakerId: '100', sockets: 2 })]);
  });

  it('adds to the tallies that a killed process left, and keeps them for the next process', async () => {
    const stage = new Stage(ana);
    const head = makeHead();
    await stage.journal.begin(head);
    const before = [makeTally(), makeTally({ speakerId: '200', sockets: 7 })];
    const lastSign = { atMs: 0, pending: [], tallies: before };
    await stage.meeting.arrival.resumeMeeting({
      head,
      attendance: [],
      finals: [],
      translations: [],
      gaps: [],
      messages: [],
      lastSign,
    });
    expect(stage.meeting.currentStatus().figures.sentMs).toBe(7_000);
    await stage.hear('100');
    const now = [{ ...makeTally(), sockets: 3 }, before[1]];
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stage.journal.lastSign?.tallies).toEqual(now);
    await stage.meeting.stopMeeting('stopped');
    expect(stage.journal.tallies).toEqual(now);
  });

  it.each([
    [
      'paused, since it was paused, where a killed process left it so',
      [
        [100, 200],
        [700, 700],
      ],
      'paused',
      [700, 5_000],
    ],
    [
      'running, where its last pause was over',
      [
        [100, 200],
        [700, 900],
      ],
      'running',
      undefined,
    ],
    ['running, where it was never paused', [], 'running', undefined],
  ] as const)('comes back %s', async (_, pauses, phase, pause) => {
    const stage = new Stage(ana);
    const head = makeHead();
    await stage.journal.begin(head);
    const gaps = pauses.map(([startMs, endMs]): Gap => ({ startMs, endMs, reason: 'paused' }));
    const lastSign = { atMs: 1_000, pending: [] };
    vi.advanceTimersByTime(5_000 - performance.now());
    await stage.meeting.arrival.resumeMeeting({
      head,
      attendance: [],
      finals: [],
      translations: [],
      gaps,
      messages: [],
      lastSign,
    });
    expect(stage.meeting.currentStatus().phase).toBe(phase);
    stage.meeting.resumeHearing();
    const [startMs, endMs] = pause ?? [];
    const kept = stage.journal.gaps.filter(({ reason }) => reason === 'paused');
    expect(kept).toEqual(pause ? [{ startMs, endMs, reason: 'paused' }] : []);
  });

  it('says why when somebody speaks and no text comes', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    stt.pendingMs = performance.now();
    await vi.advanceTimersByTimeAsync(17_000);
    const told = 'Ana is speaking, but I have received no text for 15 s: speech recognition is not answering.';
    expect(stage.channel.lines).toEqual([`* ${told}`]);
  });

  it('says once, by name, whose microphone is too quiet, and shows them as too quiet', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    stt.quietMs = 60_000;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stage.channel.lines).toEqual([
      '* I hear Ana, but too quietly to make out any words. They need to turn up their microphone or move closer to it.',
    ]);
    expect(stage.meeting.currentStatus().speakers).toMatchObject([{ isTooQuiet: true }]);
    stt.quietMs = 0;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stage.meeting.currentStatus().speakers).toMatchObject([{ isTooQuiet: false }]);
  });

  it('holds finals back ten seconds once for somebody whose words never become final', async () => {
    const stage = await stageWith(ana, ben);
    await stage.showFinalsOnly();
    const stuck = await stage.hear('100');
    const other = await stage.hear('200');
    stuck.pendingMs = 1;
    other.say(makeFinal({ utteranceId: 'a', speakerId: '200', startMs: 3_000, text: 'One' }));
    await vi.advanceTimersByTimeAsync(9_000);
    expect(stage.channel.lines).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_200);
    expect(stage.channel.lines).toEqual(['Ben: One']);
    other.say(makeFinal({ utteranceId: 'b', speakerId: '200', startMs: 14_000, text: 'Two' }));
    await vi.advanceTimersByTimeAsync(200);
    expect(stage.channel.lines).toEqual(['Ben: One', 'Ben: Two']);
  });

  it('publishes the last words before a restart, says that it comes back, and does not end', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    stt.lastWords = [makeFinal({ text: 'One more thing' }), makeTranslation({ text: 'Una cosa más' })];
    const leaving = stage.meeting.departure.breakOff('restarting');
    expect(stage.meeting.currentStatus().phase).toBe('restarting');
    await leaving;
    expect(stage.channel.lines).toEqual([
      'Ana: One more thing',
      'Ana [es]: Una cosa más',
      '* I am being restarted and will be back in a moment. Until then I hear nobody.',
    ]);
    expect([stage.journal.ended, stage.minutes.posted]).toEqual([undefined, []]);
    const left = stage.journal.lastSign;
    expect(left?.isPlanned).toBe(true);
    await vi.advanceTimersByTimeAsync(120_000); // neither signs on nor ends for want of people
    expect([stage.journal.lastSign, stage.journal.ended]).toEqual([left, undefined]);
  });

  it('waits for the last words before a restart no longer than hosts wait', async () => {
    const stage = await stageWith(ana);
    (await stage.hear('100')).neverFinishes = true;
    const beganMs = performance.now();
    const leaving = stage.meeting.departure.breakOff('restarting');
    await vi.advanceTimersByTimeAsync(14_000);
    await leaving;
    expect(performance.now() - beganMs).toBe(14_000);
    expect(stage.journal.lastSign?.isPlanned).toBe(true);
  });

  it('ends once, however often it is asked to', async () => {
    const stage = await stageWith(ana);
    const records = await Promise.all([stage.meeting.stopMeeting('stopped'), stage.meeting.stopMeeting('shutdown')]);
    expect(records[0]).toBe(records[1]);
    expect(stage.minutes.posted).toHaveLength(1);
  });

  it('goes on posting when the journal cannot be written, and says so once', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    stage.journal.isBroken = true;
    stt.say(makeFinal({ utteranceId: 'a', text: 'One' }));
    stt.say(makeFinal({ utteranceId: 'b', startMs: 3_000, text: 'Two' }));
    await vi.waitFor(() => expect(stage.channel.lines).toHaveLength(3));
    await stage.meeting.applySettings(); // makes the recogniser's messages news again, and not this one
    stt.say(makeFinal({ utteranceId: 'c', startMs: 6_000, text: 'Three' }));
    await vi.waitFor(() => expect(stage.channel.lines).toHaveLength(4));
    expect(stage.channel.lines.filter((line) => line.startsWith('*'))).toHaveLength(1);
  });

  it('posts what is said while the database is away, and ends when all of it is written', async () => {
    const stage = await stageWith(ana);
    const stt = await stage.hear('100');
    const back = Promise.withResolvers<void>();
    const write = stage.journal.write.bind(stage.journal);
    stage.journal.write = async (segment) => {
      await back.promise;
      await write(segment);
    };
    stt.say(makeFinal({ utteranceId: 'a', text: 'One' }));
    stt.say(makeFinal({ utteranceId: 'b', startMs: 3_000, text: 'Two' }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stage.channel.lines).toEqual(['Ana: One', 'Ana: Two']);
    const stopped = stage.meeting.stopMeeting('stopped');
    await vi.advanceTimersByTimeAsync(20_000);
    expect([stage.over, stage.journal.segments]).toEqual([[], []]);
    back.resolve();
    await stopped;
    expect(stage.journal.segments).toHaveLength(2);
    expect(stage.minutes.posted[0]?.record.finals).toHaveLength(2);
  });

  it('goes on while settings cannot be read, and hears newcomers as soon as their choice is known', async () => {
    const stage = await stageWith(ana);
    const member = stage.settings.member.bind(stage.settings);
    stage.settings.member = async () => {
      throw new Error('the database is away');
    };
    stage.presence.tell({ kind: 'joined', person: ben });
    await vi.advanceTimersByTimeAsync(3_000);
    expect([stage.meeting.hearsSpeaker('100'), stage.meeting.hearsSpeaker('200')]).toEqual([true, false]);
    stage.settings.member = member;
    await vi.advanceTimersByTimeAsync(1_000);
    expect([stage.meeting.hearsSpeaker('100'), stage.meeting.hearsSpeaker('200')]).toEqual([true, true]);
    expect(stage.over).toEqual([]);
  });

  it('says once that the recogniser has stopped, whoever it concerns', async () => {
    const stage = await stageWith(ana, ben);
    const error = new SttError('balance-used-up', 'The Palabra balance is used up');
    for (const id of ['100', '200']) (await stage.hear(id)).notify({ kind: 'stopped', speakerId: id, error });
    expect(stage.channel.lines).toEqual(['* The Palabra balance is used up.']);
  });

  it('says once which languages the recogniser refuses, whoever speaks', async () => {
    const stage = await stageWith(ana, ben);
    const leftOut = { targets: ['sv', 'da'], spoken: 'eo' };
    for (const id of ['100', '200']) (await stage.hear(id)).notify({ kind: 'languages left out', leftOut });
    expect(stage.channel.lines).toEqual([
      '* Speech recognition does not translate into Swedish and Danish; everything else continues. Speech recognition does not accept Esperanto as the spoken language, so it detects the language instead.',
    ]);
  });

  it('does not start when the journal cannot be written', async () => {
    const stage = new Stage(ana);
    stage.journal.isBroken = true;
    await expect(stage.meeting.beginMeeting()).rejects.toThrow('disk full');
  });
});
