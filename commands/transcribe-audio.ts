import { ApplicationCommandType, InteractionContextType, MessageFlags } from 'discord.js';
import { consentOf } from '../src/core/consent.ts';
import { audioAmong } from '../src/discord/audio-files/attachments.ts';
import { audioOptions } from '../src/discord/audio-files/options.ts';
import { transcribeMessage } from '../src/discord/audio-files/transcribe-message.ts';
import { escapeName } from '../src/discord/formatting/escape.ts';
import type { MessageAsk } from '../src/discord/interactions/command.ts';
import { LiveReply, type ReplyPlace } from '../src/discord/interactions/live-reply.ts';
import type { ParleyMessageCommand } from './shared/context.ts';

/** `Transcribe audio`, in every message's menu: shows its voice message or audio files as text, to the asker alone. */
export const transcribeAudio: ParleyMessageCommand = {
  definition: {
    type: ApplicationCommandType.Message,
    name: 'Transcribe audio',
    contexts: [InteractionContextType.Guild],
  },
  async run(ask, context, words) {
    const { targetMessage: message, guildId } = ask;
    const sources = audioAmong(message.attachments.values(), context.client.rest.options.api);
    // Nobody knows whose voice is in a forwarded file, and so whether it may be heard.
    if (message.messageSnapshots.size > 0) return words.t('audio.forwarded');
    if (sources.length === 0) return words.t('audio.none');
    const { author } = message;
    const [guild, member] = await Promise.all([
      context.settings.guild(guildId),
      context.settings.member(guildId, author.id),
    ]);
    const authorName = message.member?.displayName ?? author.displayName;
    const consent = consentOf(member, guild);
    if (consent !== 'heard') {
      const hasSaidNo = consent === 'opted out';
      const name = escapeName(authorName);
      if (author.id === ask.user.id) return words.t(hasSaidNo ? 'audio.ownOptOut' : 'audio.ownSilence');
      return words.t(hasSaidNo ? 'audio.optedOut' : 'audio.silence', { name });
    }
    await using reply = new LiveReply(placeOf(ask), context.log);
    const options = audioOptions(guild, member);
    await transcribeMessage({ guildId, authorName, sources, options }, context.audio, reply, words, context.log);
    return undefined;
  },
};

/** The answer to an interaction, which only the asker sees. */
function placeOf(ask: MessageAsk): ReplyPlace {
  const allowedMentions = { parse: [] };
  return {
    everyMs: 2_000, // Discord allows five edits in two seconds
    show: async (content) => void (await ask.editReply({ content, allowedMentions })),
    more: async (content) => void (await ask.followUp({ content, allowedMentions, flags: MessageFlags.Ephemeral })),
  };
}
