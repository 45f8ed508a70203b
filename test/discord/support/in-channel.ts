import type { Client } from 'discord.js';
import { expect, onTestFinished } from 'vitest';
import type { TranscriptChannel } from '../../../src/core/ports/transcript.ts';
import type { Places, PostedAt } from '../../../src/core/record.ts';
import type { TranscriptLook, TranscriptStyle } from '../../../src/core/settings.ts';
import type { Destination } from '../../../src/discord/messages/destination.ts';
import { DiscordTranscriptChannels } from '../../../src/discord/transcript/transcript-channels.ts';
import type { Channel, DiscordSimulator, Guild, Member, PermissionName } from '../../simulators/discord/index.ts';
import { LogBook } from '../../support/log-book.ts';
import { makeHead } from '../../support/make.ts';
import { connected } from './connect.ts';

export const beganS = new Date('2026-11-23T10:00:00Z').getTime() / 1_000;

export interface Place {
  readonly client: Client<true>;
  readonly discord: DiscordSimulator;
  readonly guild: Guild;
  readonly text: Channel;
  readonly voice: Channel;
  readonly starter: Member;
  readonly transcript: TranscriptChannel;
  /** Ends all posting, in every channel of the process. */
  readonly ending: AbortSignal;
  /** The same meeting, as after a restart. */
  readonly openAgain: () => TranscriptChannel;
  readonly posted: readonly PostedAt[]; // reports to the journal
  readonly shown: readonly string[]; // utterances reported as readable
  readonly remarked: readonly { readonly speakerId: string; readonly messageId: string }[];
}

export interface PlaceOptions extends Partial<TranscriptLook> {
  readonly limits?: 'real' | 'none';
  readonly permissions?: readonly PermissionName[]; // of the bot, in addition to everybody's
  readonly locale?: string; // of the server
  readonly costliestStyle?: () => TranscriptStyle; // that Discord takes the requests for
  readonly avatar?: string; // of the starter, who is then in the voice channel
}

/** A transcript in #meeting, with the voice channel's chat and its starter's direct messages behind it. */
export async function inChannel(options: PlaceOptions = {}): Promise<Place> {
  const { limits = 'real', permissions = [], locale = 'en-US', avatar, costliestStyle, ...look } = options;
  const made: { guild?: Guild; text?: Channel; voice?: Channel; starter?: Member } = {};
  const it = await connected(
    (discord) => {
      made.guild = discord.addGuild({ name: 'Office', locale });
      made.guild.bot.setRoles([made.guild.botRole, made.guild.addRole('more', permissions)]);
      made.text = made.guild.addTextChannel('meeting');
      made.voice = made.guild.addVoiceChannel('Standup');
      made.starter = made.guild.addMember({ name: 'ana', ...(avatar !== undefined && { avatar }) });
      if (avatar !== undefined) made.starter.join(made.voice);
    },
    { limits },
  );
  const { guild, text, voice, starter } = made;
  if (!guild || !text || !voice || !starter) throw new Error('The world was not built');
  const stop = new AbortController();
  const log = new LogBook();
  onTestFinished(async () => {
    stop.abort();
    await it[Symbol.asyncDispose]();
    expect(it.discord.violations).toEqual([]);
    expect(log.defects).toEqual([]);
  });
  const fallbacks = (): Destination[] => [
    { kind: 'channel', channelId: voice.id },
    { kind: 'direct', userId: starter.id },
  ];
  const channels = new DiscordTranscriptChannels({
    ...{ client: it.client, log, fallbacks, signal: stop.signal },
    ...(costliestStyle && { costliestStyle }),
  });
  const head = makeHead({ guildId: guild.id, textChannelId: text.id, voiceChannelId: voice.id, startedBy: starter.id });
  const posted: PostedAt[] = [];
  const shown: string[] = [];
  const remarked: { readonly speakerId: string; readonly messageId: string }[] = [];
  const placed: Places[] = [];
  const openAgain = () =>
    channels.open(
      { ...head, ...(placed.length > 0 && { places: placed.reduce(together) }) },
      { style: 'grow', speakerWebhooks: true, thread: false, languageThreads: [], ...look },
      {
        posted: (at) => posted.push(at),
        placed: (places) => placed.push(places),
        shown: (utteranceId) => shown.push(utteranceId),
        remarked: (speakerId, { messageId }) => remarked.push({ speakerId, messageId }),
      },
    );
  return {
    client: it.client,
    discord: it.discord,
    guild,
    text,
    voice,
    starter,
    transcript: openAgain(),
    ending: stop.signal,
    openAgain,
    posted,
    shown,
    remarked,
  };
}

/** Merges places as the journal does. */
function together(all: Places, places: Places): Places {
  return { ...all, ...places, languageThreads: { ...all.languageThreads, ...places.languageThreads } };
}
