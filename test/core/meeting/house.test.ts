import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { MeetingHouse } from '../../../src/core/meeting/house.ts';
import type { LiveMeeting } from '../../../src/core/ports/live-meetings.ts';
import type { Person } from '../../../src/core/ports/people.ts';
import type { MemberSettings } from '../../../src/core/settings.ts';
import { makeHead, makePerson, makeTally } from '../../support/make.ts';
import {
  MemoryChannel,
  MemoryJournal,
  MemoryPresence,
  MemoryRoom,
  MemorySettings,
  MemoryTranscriber,
} from '../../support/ports.ts';

const SOON_MS = 150; // three looks

const REQUEST = {
  guildId: '1',
  voiceChannelId: '10',
  voiceChannelName: 'Weekly',
  textChannelId: '20',
  startedBy: '100',
};

/** A house whose minutes take as long as the test wants, and that writes down what others hear of its meetings. */
function house(...people: Person[]) {
  const rooms: MemoryRoom[] = [];
  const panel = { over: Promise.resolve() };
  const presence = new MemoryPresence(...people);
  const heard: string[] = [];
  const journal = new MemoryJournal();
  const settings = new MemorySettings();
  const minutes = Promise.withResolvers<void>();
  const channels: MemoryChannel[] = [];
  const joining: { allowed: () => Promise<void> } = { allowed: async () => {} };
  const it = new MeetingHouse({
    rooms: {
      join: async () => {
        await joining.allowed();
        rooms.push(new MemoryRoom());
        return rooms.at(-1) ?? new MemoryRoom();
      },
    },
    presences: { unknownYet: () => undefined, watch: () => presence },
    channels: {
      open: () => {
        channels.push(new MemoryChannel());
        return channels.at(-1) ?? new MemoryChannel();
      },
    },
    panels: { show: async () => {}, leave: async () => {}, end: () => panel.over },
    transcriber: new MemoryTranscriber(),
    journal,
    archive: journal.archive,
    settings,
    minutes: { post: () => minutes.promise.then(() => []) },
    ushers: {
      open: () => ({
        configure: () => {},
        inform: () => {},
        hasInformed: () => true,
        greet: () => {},
        ungreeted: () => [],
        mayFollow: async () => true,
        takeDownNotice: async () => void heard.push(rooms.at(-1)?.hasLeft ? 'notice left behind' : 'notice taken down'),
        leave: () => void heard.push('usher left'),
      }),
    },
    observer: {
      began: ({ voiceChannelId }) => void heard.push(`began in ${voiceChannelId}`),
      over: () => void heard.push(it.meetingOf('1') ? 'over, but still there' : 'over'),
      writtenUp: () => {},
      settingsChanged: () => void heard.push('settings changed'),
    },
    log: quiet,
    emptyAfterMs: 60_000,
  });
  const start = async (): Promise<LiveMeeting> => {
    const meeting = await it.startMeeting(REQUEST, new AbortController().signal);
    if (meeting === 'already running') throw new Error('nothing should run');
    return meeting;
  };
  return { it, heard, journal, settings, minutes, start, rooms, presence, panel, channels, joining };
}

describe('the house of meetings', () => {
  it('tells its observer of each beginning, end and change', async () => {
    const { settings, heard, minutes, start } = house(makePerson());
    const meeting = await start();
    await settings.changeGuild('1', { thread: true });
    minutes.resolve();
    await meeting.stopMeeting('stopped');
    expect(heard).toEqual(['began in 10', 'settings changed', 'notice taken down', 'usher left', 'over']);
  });

  it.each([
    ['of the guild', { optInOnly: true }, undefined, 'not opted in'],
    ['of somebody there', undefined, { optedOut: true }, 'opted out'],
  ] as const)(
    'applies changed settings %s to its meeting before the change resolves',
    async (_, guild, own, consent) => {
      const { settings, start } = house(makePerson());
      const meeting = await start();
      if (guild) await settings.changeGuild('1', guild);
      if (own) await settings.changeMember('1', makePerson().id, own);
      expect(meeting.currentStatus().speakers.map((speaker) => speaker.consent)).toEqual([consent]);
    },
  );

  it('ignores settings that the bot notes for its own use', async () => {
    const { settings, heard, start } = house(makePerson());
    await start();
    await settings.changeGuild('1', { nameBefore: '' });
    expect(heard).toEqual(['began in 10']);
  });

  it('tells its observer that a meeting is over which could not begin, and leaves the voice channel', async () => {
    const { it: meetings, heard, journal, start, rooms } = house(makePerson());
    journal.isBroken = true;
    await expect(start()).rejects.toThrow('disk full');
    expect([heard, meetings.meetingOf('1')]).toEqual([
      ['began in 10', 'over', 'notice taken down', 'usher left'],
      undefined,
    ]);
    expect(rooms.map(({ hasLeft }) => hasLeft)).toEqual([true]);
  });

  it('tells its observer once that a meeting is over which ended while it was beginning, and then could not begin', async () => {
    const { heard, settings, minutes, start, rooms } = house(makePerson());
    minutes.resolve();
    settings.member = async () => {
      rooms[0]?.tell({ kind: 'lost', error: new Error('kicked out') });
      while (!heard.includes('over')) await new Promise(setImmediate);
      throw new Error('no settings');
    };
    await expect(start()).rejects.toThrow('no settings');
    expect(heard.filter((each) => each === 'over')).toHaveLength(1);
  });

  it('says in the channel when the minutes of a meeting could not be posted', async () => {
    const { minutes, start, channels } = house(makePerson());
    minutes.reject(new Error('no channel takes them'));
    await (await start()).stopMeeting('stopped');
    expect(channels[0]?.lines.at(-1)).toMatch(/^\* .*minutes/i);
  });

  it('erases words only after minutes that are being written are posted, so that these are erased as well', async () => {
    const { it: meetings, minutes, start } = house(makePerson());
    const stopped = (await start()).stopMeeting('stopped');
    while (meetings.meetingOf('1')) await new Promise(setImmediate);
    let hasErased = false;
    const erasing = meetings.whileErasing('1', '100', async () => {
      hasErased = true;
    });
    await new Promise(setImmediate);
    expect(hasErased).toBe(false);
    minutes.resolve();
    await Promise.all([stopped, erasing]);
    expect(hasErased).toBe(true);
  });

  it('waits for no panel when a meeting ends', async () => {
    const { it: meetings, minutes, start, panel } = house(makePerson());
    panel.over = new Promise(() => {});
    await start();
    minutes.resolve();
    const beganMs = performance.now();
    await meetings.stopAll('shutdown');
    expect(performance.now() - beganMs).toBeLessThan(6_000);
  });

  it('does not start where a moderator has deafened the bot, and stays for a while so that the moderator can undo it', async () => {
    const { it: meetings, heard, journal, start, rooms, presence } = house(makePerson());
    presence.isDeafened = true;
    await expect(start()).rejects.toMatchObject({ name: 'VoiceError', code: 'deafened' });
    expect([heard, journal.head, meetings.meetingOf('1')]).toEqual([[], undefined, undefined]);
    expect(rooms.map(({ hasLeft }) => hasLeft)).toEqual([false]);
    presence.isDeafened = false;
    expect((await start()).head.guildId).toBe('1');
    expect(rooms.map(({ hasLeft }) => hasLeft)).toEqual([true, false]);
  });

  it.each([
    ['goes on after a restart within ten minutes', 9, { runs: true, ending: undefined }],
    ['posts the minutes after a restart that took longer', 11, { runs: false, ending: 'shutdown' }],
  ])('%s, although people are still there', async (_, awayMinutes, { runs, ending }) => {
    const { it: meetings, journal } = house(makePerson());
    await journal.begin(makeHead({ guildId: '1', beganAt: new Date(Date.now() - 60_000 - awayMinutes * 60_000) }));
    await journal.of().alive({ atMs: 60_000, pending: [], isPlanned: true });
    await meetings.resumeUnfinished(new AbortController().signal);
    expect([meetings.meetingOf('1') !== undefined, journal.ended?.ending]).toEqual([runs, ending]);
  });

  it('goes on after a crash, however long it was away', async () => {
    const { it: meetings, journal } = house(makePerson());
    await journal.begin(makeHead({ guildId: '1', beganAt: new Date(Date.now() - 3_600_000) }));
    await journal.of().alive({ atMs: 60_000, pending: [] });
    await meetings.resumeUnfinished(new AbortController().signal);
    expect(meetings.meetingOf('1')).toBeDefined();
  });

  it('leaves a meeting with people in it to the next start, and ends an empty one', async () => {
    const busy = house(makePerson());
    await busy.start();
    await busy.it.leaveAll();
    expect(busy.journal.ended).toBeUndefined();
    expect(busy.journal.lastSign).toMatchObject({ isPlanned: true });
    expect(busy.heard).toEqual(['began in 10', 'notice taken down', 'usher left']);
    expect(busy.rooms.map(({ hasLeft }) => hasLeft)).toEqual([true]);

    const empty = house();
    empty.minutes.resolve();
    await empty.start();
    await empty.it.leaveAll();
    expect(empty.journal.ended?.ending).toBe('shutdown');
  });

  it('closes out what a crash left, and no meeting waits for the minutes of another', async () => {
    const { it: meetings, journal, minutes, start } = house();
    await journal.begin(makeHead());
    await journal.of().alive({ atMs: 0, pending: [], tallies: [makeTally()] });
    await meetings.resumeUnfinished(new AbortController().signal); // its minutes are not out yet
    expect(journal.ended?.ending).toBe('failed');
    expect(journal.tallies).toEqual([makeTally()]);
    expect(await start()).toBeDefined();
    let hasEnded = false;
    const ended = meetings.stopAll('shutdown').then(() => {
      hasEnded = true;
    });
    while (meetings.meetingOf('1')) await new Promise(setImmediate);
    expect(hasEnded).toBe(false);
    minutes.resolve();
    await ended;
  });

  it('says when a meeting of another process could not be taken over, so that it is tried again', async () => {
    const { it: meetings, journal } = house(makePerson());
    const head = makeHead({ guildId: '1' });
    await journal.begin(head);
    const read = vi.spyOn(journal.archive, 'read').mockRejectedValueOnce(new Error('The database is away'));
    const signal = new AbortController().signal;
    expect(await meetings.takeOver(head, signal)).toBe(false);
    expect(await meetings.takeOver(head, signal)).toBe(true);
    expect(meetings.running()).toEqual([head]);
    expect(read).toHaveBeenCalled();
  });

  it('drops a meeting that another process owns, silently, and lets another one begin', async () => {
    const { it: meetings, journal, heard, channels, rooms, start } = house(makePerson());
    const { head } = await start();
    const posted = channels.at(-1)?.lines.length;
    meetings.dropMeeting(head);
    expect(meetings.running()).toEqual([]);
    expect([journal.ended, channels.at(-1)?.lines.length, rooms.at(-1)?.hasLeft]).toEqual([undefined, posted, true]);
    expect(heard.filter((what) => what === 'over')).toHaveLength(1);
  });

  it('gives up resuming a meeting that another process owns by then, and goes on at once when it comes back', async () => {
    const { it: meetings, journal, rooms, joining } = house(makePerson());
    const head = makeHead({ guildId: '1' });
    await journal.begin(head);
    const refused = Promise.withResolvers<void>();
    const asked = vi.fn(() => refused.promise);
    joining.allowed = asked;
    const { signal } = new AbortController();
    const first = meetings.takeOver(head, signal);
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    expect(meetings.resuming()).toEqual([head]);
    expect(meetings.isIdle).toBe(false); // so its session stays open, and its seat here
    refused.reject(new Error('The voice server is away')); // it would be tried again after five seconds
    joining.allowed = async () => {};
    meetings.dropMeeting(head);
    const beganMs = performance.now();
    await Promise.all([first, meetings.takeOver(head, signal)]);
    expect([meetings.running(), meetings.resuming(), rooms.length]).toEqual([[head], [], 1]);
    expect(performance.now() - beganMs).toBeLessThan(4_000);
  });

  it('says where a meeting is being started, until it runs or cannot', async () => {
    const { it: meetings, start, joining } = house(makePerson());
    const allowed = Promise.withResolvers<void>();
    joining.allowed = () => allowed.promise;
    const starting = start();
    await vi.waitFor(() => expect(meetings.isBeginning('1')).toBe(true));
    expect(meetings.isBeginning('2')).toBe(false);
    allowed.resolve();
    await starting;
    expect(meetings.isBeginning('1')).toBe(false);
  });

  it('has whoever asks for a meeting that is to go on wait until it does', async () => {
    const { it: meetings, journal, settings, joining } = house(makePerson());
    const head = makeHead({ guildId: '1' });
    await journal.begin(head);
    const allowed = Promise.withResolvers<void>();
    joining.allowed = () => allowed.promise;
    const choices = Promise.withResolvers<MemberSettings>();
    const read = vi.spyOn(settings, 'member').mockReturnValue(choices.promise);
    const taking = meetings.takeOver(head, new AbortController().signal);
    const status = () => meetings.meetingOf('1')?.currentStatus();
    const asked = meetings.whenGoingOn('1').then(status);
    await meetings.whenGoingOn('2'); // elsewhere nobody waits
    allowed.resolve();
    await vi.waitFor(() => expect(read).toHaveBeenCalled());
    expect(status()?.speakers.map(({ consent }) => consent)).toEqual([]); // nobody may be told that
    expect(await Promise.race([asked, delay(SOON_MS, 'it waits')])).toBe('it waits');
    choices.resolve({ optedOut: false });
    expect((await asked)?.speakers.map(({ consent }) => consent)).toEqual(['heard']);
    await taking;
  });
});
