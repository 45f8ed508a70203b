import { definitions } from '../../../commands/index.ts';
import type { MeetingHead } from '../../../src/core/record.ts';
import { LinksInMemory } from '../../../src/web/live/links.ts';
import type { Channel, Member } from '../../simulators/discord/index.ts';
import { makeFinal, makePerson } from '../../support/make.ts';
import { type Office, office } from './office.ts';

export const PEOPLE = ['starter', 'attendee', 'reader', 'locked', 'outside', 'lost'] as const;
export type Who = (typeof PEOPLE)[number];

export type World = 'a hidden channel' | 'a private thread';

/** Secrets that only readers of the meeting may learn. */
export const SECRETS = {
  early: 'zeppelin-early',
  late: 'zeppelin-late',
  title: 'Secret plan',
  name: 'Attila',
} as const;

export interface Stage extends Office {
  readonly world: World;
  readonly links: LinksInMemory;
  readonly people: Readonly<Record<Who, Member>>;
  readonly lobby: Channel; // that everybody sees
  readonly lounge: Channel; // a voice channel that everybody may join
  readonly text: Channel; // where the meetings are written
  readonly voice: Channel; // where they are spoken
  /** Two meetings in the same places, one over and one running, and settings as they were at first. */
  again(): Promise<{ readonly past: MeetingHead; readonly now: MeetingHead }>;
}

/**
 * A server with a meeting that not everybody may read, and six people:
 *
 * - starter: began it, and reads its text
 * - attendee: may join its voice channel and sits in it, but does not see its text
 * - reader: reads its text
 * - locked: sees the voice channel in the list, and may not join it
 * - outside: sees the channel above the private thread, or the text channel without its history
 * - lost: was there for the first half, and has lost all these rights
 */
export async function sixPeople(world: World, whenDone: (end: () => Promise<void>) => void): Promise<Stage> {
  const links = new LinksInMemory('https://parley.example.org');
  const place = await office({ liveLinks: links }, whenDone);
  const { discord, guild, general, meetings, journal, settings } = place;
  // A server can show any command to everybody, so everybody may try each.
  for (const { name } of definitions) {
    const command = discord.world.application.find(name, 1, guild.id);
    Object.assign(command?.definition ?? {}, { default_member_permissions: null });
  }
  const add = (name: string) => guild.addMember({ name, globalName: name === 'attendee' ? SECRETS.name : name });
  const people: Record<Who, Member> = {
    starter: add('starter'),
    attendee: add('attendee'),
    reader: add('reader'),
    locked: add('locked'),
    outside: add('outside'),
    lost: add('lost'),
  };
  const lounge = guild.addVoiceChannel('Lounge');
  const voice = guild.addVoiceChannel('Board room', {
    overwrites: [
      { for: guild.everyone, deny: ['ViewChannel', 'Connect'] },
      { for: guild.bot, allow: ['ViewChannel', 'Connect'] },
      { for: people.attendee, allow: ['ViewChannel', 'Connect'] },
      { for: people.locked, allow: ['ViewChannel'] },
    ],
  });
  const text =
    world === 'a private thread'
      ? general.startThread('board', {
          owner: people.starter.user,
          members: [guild.bot, people.reader],
          private: true,
        })
      : guild.addTextChannel('board', {
          overwrites: [
            { for: guild.everyone, deny: ['ViewChannel'] },
            { for: guild.bot, allow: ['ViewChannel'] },
            { for: people.starter, allow: ['ViewChannel'] },
            { for: people.reader, allow: ['ViewChannel'] },
            { for: people.outside, allow: ['ViewChannel'], deny: ['ReadMessageHistory'] },
          ],
        });
  people.attendee.join(voice);

  let count = 0;
  const tell = async (head: MeetingHead) => {
    await journal.begin(head);
    const came = async (who: Who, leftMs?: number) => {
      const stay = { speakerId: people[who].id, displayName: people[who].displayName, joinedMs: 0 };
      await journal.of(head.id).joined(stay);
      if (leftMs !== undefined) await journal.of(head.id).left(stay.speakerId, leftMs);
    };
    await came('attendee');
    await came('lost', 10_000);
    const spoken = { speakerId: people.attendee.id, endMs: 0 };
    await journal
      .of(head.id)
      .write(makeFinal({ ...spoken, utteranceId: 'u1', startMs: 5_000, endMs: 6_000, text: `Hello ${SECRETS.early}` }));
    await journal
      .of(head.id)
      .write(
        makeFinal({ ...spoken, utteranceId: 'u2', startMs: 20_000, endMs: 21_000, text: `Hello ${SECRETS.late}` }),
      );
  };
  const again = async () => {
    await meetings.meetingOf(guild.id)?.stopMeeting('stopped');
    for (const { id } of await journal.archive.list(guild.id, 100)) await journal.archive.erase(id);
    const chosen = Object.keys(await settings.guild(guild.id)).map((key) => [key, undefined]);
    await settings.changeGuild(guild.id, Object.fromEntries(chosen));
    await journal.archive.setKeepDays(guild.id, undefined);
    for (const { id } of Object.values(people)) await settings.changeMember(guild.id, id, { optedOut: false });
    count += 1;
    const common = {
      guildId: guild.id,
      title: SECRETS.title,
      voiceChannelId: voice.id,
      voiceChannelName: SECRETS.title,
      textChannelId: text.id,
      startedBy: people.starter.id,
    };
    const past = { ...common, id: `past-${count}`, beganAt: new Date(Date.now() - 2 * 3_600_000) };
    const now = { ...common, id: `now-${count}`, beganAt: new Date(Date.now() - 60_000) };
    await tell(past);
    await journal.of(past.id).end(60_000, 'stopped');
    await tell(now);
    const meeting = meetings.take(now);
    meeting.speakers = [
      { person: makePerson({ id: people.attendee.id, displayName: SECRETS.name }), consent: 'heard' },
    ];
    return { past, now };
  };
  return { ...place, world, links, people, lobby: general, lounge, text, voice, again };
}
