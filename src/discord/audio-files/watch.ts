import { type Client, Events, type Message, MessageFlags, PermissionFlagsBits } from 'discord.js';
import type { AudioDesk } from '../../core/audio/desk.ts';
import { consentOf } from '../../core/consent.ts';
import type { Log } from '../../core/log.ts';
import type { Archive } from '../../core/ports/archive.ts';
import type { Settings } from '../../core/ports/settings.ts';
import { wordsFor } from '../../i18n/words.ts';
import { LiveReply, type ReplyPlace } from '../interactions/live-reply.ts';
import { audioAmong } from './attachments.ts';
import { audioOptions } from './options.ts';
import { transcribeMessage } from './transcribe-message.ts';

interface Tools {
  readonly client: Client;
  readonly desk: AudioDesk;
  readonly settings: Settings;
  readonly archive: Pick<Archive, 'mentioned'>;
  readonly log: Log;
}

/**
 * Transcribes audio that people attach in the channels that their server chose, until disposed. Needs `seesMessages`.
 */
export function watchAudio(tools: Tools): Disposable {
  const { client, desk, log } = tools;
  const onMessage = (message: Message) => {
    if (desk.isEnding) return;
    void transcribeIfWanted(message, tools).catch((error: unknown) => {
      // The channel or the message may be gone by now; nobody waits for an answer.
      log.warn({ err: error }, 'A voice message could not be transcribed automatically');
    });
  };
  client.on(Events.MessageCreate, onMessage);
  return { [Symbol.dispose]: () => void client.off(Events.MessageCreate, onMessage) };
}

async function transcribeIfWanted(message: Message, { client, desk, settings, archive, log }: Tools): Promise<void> {
  if (!message.inGuild() || message.author.bot || message.webhookId !== null) return;
  const sources = audioAmong(message.attachments.values(), client.rest.options.api);
  if (sources.length === 0) return;
  const { guildId, channelId, channel, author } = message;
  const guild = await settings.guild(guildId);
  const places = [channelId, channel.isThread() ? channel.parentId : null];
  if (!places.some((id) => id !== null && guild.audioChannelIds?.includes(id) === true)) return;
  const member = await settings.member(guildId, author.id);
  if (consentOf(member, guild) !== 'heard' || !mayReply(message)) return;
  // The reply holds words that the journal does not have: its place is kept, so that they can be erased.
  const posted = ({ id }: Message) =>
    archive.mentioned(guildId, { channelId, messageId: id, what: 'whole' }, [author.id]);
  await using reply = new LiveReply(placeOf(message, posted), log);
  const authorName = message.member?.displayName ?? author.displayName;
  const audio = { guildId, authorName, sources, options: audioOptions(guild, member) };
  await transcribeMessage(audio, desk, reply, wordsFor(message.guild.preferredLocale), log);
}

function mayReply({ channel, guild }: Message<true>): boolean {
  const may = guild.members.me && channel.permissionsFor(guild.members.me);
  const write = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return may?.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory, write]) ?? false;
}

/** A reply to the message that sends no push notification. */
function placeOf(message: Message<true>, posted: (answer: Message) => Promise<void>): ReplyPlace {
  let first: Message<true> | undefined;
  const quiet = {
    allowedMentions: { parse: [], repliedUser: false },
    flags: [MessageFlags.SuppressEmbeds, MessageFlags.SuppressNotifications],
  } as const;
  return {
    everyMs: 5_000, // a transcript in the same channel may need the same limit of five edits in five seconds
    async show(content) {
      if (first === undefined) {
        first = await message.reply({ ...quiet, content });
        await posted(first);
      } else await first.edit({ content, allowedMentions: quiet.allowedMentions });
    },
    more: async (content) => await posted(await message.channel.send({ ...quiet, content })),
  };
}
