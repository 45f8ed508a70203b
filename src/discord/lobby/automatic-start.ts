import type { Client, Guild, GuildBasedChannel, GuildMember } from 'discord.js';
import { VoiceError } from '../../core/errors.ts';
import type { ChannelId } from '../../core/ids.ts';
import type { LiveMeetings } from '../../core/ports/live-meetings.ts';
import type { Occasion } from '../../core/record.ts';
import type { GuildSettings } from '../../core/settings.ts';
import type { Budget } from '../../core/usage/usage.ts';
import { wordsFor } from '../../i18n/words.ts';
import { errorText } from '../formatting/error-text.ts';
import { escapeNotice } from '../formatting/escape.ts';
import { say } from '../messages/say.ts';
import { allowanceProblem } from '../permissions/allowed-channels.ts';
import { textProblem, voiceProblem } from '../permissions/preflight.ts';

export interface StartingParts {
  readonly client: Client<true>;
  readonly meetings: Pick<LiveMeetings, 'startMeeting'>;
  readonly budget: Pick<Budget, 'standing'>;
  readonly signal: AbortSignal;
}

type Place = GuildBasedChannel | null | undefined;

/** Why a meeting could not begin: safe Markdown, and where people would see it, the best place first. */
export interface Refusal {
  readonly problem: string;
  readonly places: readonly Place[];
}

interface Wanted {
  readonly voiceChannelId: ChannelId;
  readonly occasion?: Occasion;
}

/**
 * Begins a meeting for which nobody has used a command, as somebody who has would: the bot has to be permitted, and the
 * server must have minutes left.
 *
 * @throws what has nothing to do with the voice channel, and the signal's reason
 */
export async function startAutomatically(
  { client, meetings, budget, signal }: StartingParts,
  guild: Guild,
  { voiceChannelId, occasion }: Wanted,
  wishes: GuildSettings,
): Promise<'begun' | 'already running' | 'channel gone' | Refusal> {
  const voice = guild.channels.cache.get(voiceChannelId);
  if (!voice?.isVoiceBased()) return 'channel gone';
  const me = await guild.members.fetchMe();
  const words = wordsFor(guild.preferredLocale);
  const wanted = guild.channels.cache.get(wishes.transcriptChannelId ?? '');
  // People look into the voice channel's own chat when no other channel was chosen.
  const text = [wanted, voice].find((channel) => channel && textProblem(channel, me, words) === undefined);
  const isUsedUp = (await budget.standing(guild.id)) === 'used up';
  const problem =
    (isUsedUp ? words.t('usage.usedUp') : undefined) ??
    allowanceProblem(voiceChannelId, wishes, words) ??
    voiceProblem(voice, me, words) ??
    (text ? undefined : textProblem(wanted ?? voice, me, words));
  if (problem !== undefined || !text) return { problem: problem ?? '', places: [wanted, voice, guild.systemChannel] };
  try {
    const started = await meetings.startMeeting(
      {
        guildId: guild.id,
        voiceChannelId,
        voiceChannelName: voice.name,
        ...(occasion && { occasion }),
        textChannelId: text.id,
        startedBy: client.user.id,
      },
      signal,
    );
    return started === 'already running' ? started : 'begun';
  } catch (error) {
    if (signal.aborted || !(error instanceof VoiceError)) throw error;
    return { problem: escapeNotice(errorText(error, words)), places: [text] };
  }
}

/** Posts a sentence in the first of these places in which the bot may write; nowhere when it may in none. */
export async function sayInFirst(
  guild: Guild,
  places: readonly Place[],
  sentence: string,
  signal: AbortSignal,
): Promise<void> {
  const me = await guild.members.fetchMe();
  const place = places.find((channel) => channel && canSay(channel, me));
  if (place) await say(guild.client, place.id, sentence, signal);
}

function canSay(channel: GuildBasedChannel, me: GuildMember): boolean {
  if (!channel.isTextBased()) return false;
  const send = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  return channel.permissionsFor(me).has(['ViewChannel', send]);
}
