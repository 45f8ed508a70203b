import type { Client } from 'discord.js';
import { onTestFinished } from 'vitest';
import { quiet } from '../../../../src/core/log.ts';
import { MeetingHouse } from '../../../../src/core/meeting/house.ts';
import type { Journal } from '../../../../src/core/ports/journal.ts';
import type { LiveMeeting } from '../../../../src/core/ports/live-meetings.ts';
import { Budget } from '../../../../src/core/usage/usage.ts';
import { EventMeetings } from '../../../../src/discord/events/meetings.ts';
import { DiscordPresences } from '../../../../src/discord/gateway/presence/presence.ts';
import { openJournal } from '../../../../src/storage/journal/journal.ts';
import type { Channel, DiscordSimulator, Guild, Member } from '../../../simulators/discord/index.ts';
import { MemoryChannel, MemoryRoom, MemorySettings, MemoryTranscriber } from '../../../support/ports.ts';
import { connected } from '../../support/connect.ts';
import { heardSoFar } from '../../support/heard-so-far.ts';

export interface Eventful {
  readonly discord: DiscordSimulator;
  readonly client: Client<true>;
  readonly guild: Guild;
  readonly talk: Channel;
  readonly kitchen: Channel;
  readonly notes: Channel;
  readonly ana: Member;
  readonly ben: Member;
  readonly settings: MemorySettings;
  readonly journal: Journal;
  readonly house: MeetingHouse;
  readonly events: EventMeetings;
  /** The server's meeting, once everything that Discord has told so far is done. */
  meeting(): Promise<LiveMeeting | undefined>;
  /** How many meetings the journal knows. */
  meetingCount(): Promise<number>;
}

export const NOON = new Date('2026-12-01T12:00:00.000Z');
const EVENT_PERMISSIONS = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'Connect',
  'ChangeNickname',
] as const;

interface Wishes {
  readonly isOn?: boolean;
  readonly mayManageEvents?: boolean;
  readonly usedUp?: boolean;
  /** Before the bot logs in. */
  readonly build?: (place: Pick<Eventful, 'guild' | 'talk' | 'kitchen' | 'ana' | 'ben'>) => void;
}

/** A server whose events get meetings. The meetings are real; only voices and messages are in memory. */
export async function eventful({
  isOn = true,
  mayManageEvents = true,
  usedUp = false,
  build,
}: Wishes = {}): Promise<Eventful> {
  const made: { place?: Pick<Eventful, 'guild' | 'talk' | 'kitchen' | 'notes' | 'ana' | 'ben'> } = {};
  const it = await connected((discord) => {
    const botPermissions = [...EVENT_PERMISSIONS, ...(mayManageEvents ? (['ManageEvents'] as const) : [])];
    const guild = discord.addGuild({ name: 'Club', botPermissions });
    const talk = guild.addVoiceChannel('Talk');
    const kitchen = guild.addVoiceChannel('Kitchen');
    const notes = guild.addTextChannel('notes');
    made.place = {
      guild,
      talk,
      kitchen,
      notes,
      ana: guild.addMember({ name: 'ana' }),
      ben: guild.addMember({ name: 'ben' }),
    };
    build?.(made.place);
  });
  if (!made.place) throw new Error('The world was not built');
  const { guild, talk } = made.place;
  const journal = await openJournal('sqlite://:memory:', quiet);
  const settings = new MemorySettings();
  await settings.changeGuild(guild.id, { events: isOn });
  if (usedUp)
    await journal.usage.addUse(guild.id, {
      day: new Date().toISOString().slice(0, 10),
      kind: 'meetings',
      sentMs: 60_000,
    });
  const stop = new AbortController();
  const house = new MeetingHouse({
    rooms: { join: async () => new MemoryRoom() },
    presences: new DiscordPresences(it.client),
    channels: { open: () => new MemoryChannel() },
    panels: {
      show: async ({ head }) => journal.of(head.id).setPlaces({ panelMessageId: '777' }),
      leave: async () => {},
      end: async () => {},
    },
    transcriber: new MemoryTranscriber(),
    minutes: { post: async () => [{ channelId: '88', messageId: '999' }] },
    observer: {
      began: (head) => events.began(head),
      over: (head) => events.over(head),
      writtenUp: (record) => events.writtenUp(record),
      settingsChanged: (guildId) => events.settingsChanged(guildId),
    },
    journal,
    archive: journal.archive,
    settings,
    log: quiet,
    emptyAfterMs: 60_000,
  });
  const budget = new Budget(journal.usage, 1);
  const parts = { client: it.client, meetings: house, settings, journal, archive: journal.archive, budget };
  const events = new EventMeetings({ ...parts, log: quiet, signal: stop.signal });
  onTestFinished(async () => {
    events[Symbol.dispose]();
    stop.abort();
    await house.stopAll('shutdown');
    await it[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
  });
  const known = it.client.guilds.cache.get(guild.id);
  if (!known) throw new Error('The client does not know the server');
  events.lookAt(known);
  await events.settled(guild.id);
  return {
    ...it,
    ...made.place,
    ...{ settings, journal, house, events },
    async meeting() {
      await heardSoFar(it.client, guild);
      await events.settled(guild.id);
      const last = house.meetingOf(guild.id);
      if (last?.currentStatus().phase === 'finishing') await last.stopMeeting('stopped'); // it stops already
      await house.allWrittenUp();
      await events.settled(guild.id);
      return house.meetingOf(guild.id);
    },
    meetingCount: async () => (await journal.archive.list(talk.guild?.id ?? '', 10)).length,
  };
}
