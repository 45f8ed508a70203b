import { ChannelType, type Client } from 'discord.js';
import { NEVER } from '../../core/concurrency/never.ts';
import type { ChannelId, MessageId, SpeakerId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { TranscriptChannel, TranscriptChannels, TranscriptKeeper } from '../../core/ports/transcript.ts';
import type { MeetingHead } from '../../core/record.ts';
import type { TranscriptLook, TranscriptStyle } from '../../core/settings.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { guildWords } from '../formatting/guild-words.ts';
import { AUTO, nativeName } from '../formatting/languages.ts';
import { splitAtWords } from '../formatting/split.ts';
import { personOf } from '../gateway/display-name.ts';
import type { Destination } from '../messages/destination.ts';
import { MessageApi } from '../messages/message-api.ts';
import { type OwnMessage, ownMessages } from '../messages/own-messages.ts';
import { SpeakerWebhook } from '../messages/speaker-webhook.ts';
import { WebhookApi } from '../messages/webhook-api.ts';
import { closePost, openPost } from './forum-post.ts';
import { LanguageThreads, type OpenThread } from './language-threads.ts';
import type { OutboxParts } from './outbox/desk.ts';
import { Outbox } from './outbox/outbox.ts';
import { PostingPlaces } from './outbox/posting-places.ts';
import { PostedTranscript } from './posted-transcript.ts';

const MAX_THREAD_TITLE = 70; // with the day behind it, within Discord's 100

export interface TranscriptParts {
  readonly client: Client<true>;
  readonly log: Log;
  /** The places to go on in when a meeting's channel is gone, best first. Asked when it happens. */
  readonly fallbacks: (head: MeetingHead) => readonly Destination[];
  /** The costliest style that Discord takes the requests for now. Missing: any. */
  readonly costliestStyle?: () => TranscriptStyle;
  /** Ends all posting: the process is going down. */
  readonly signal: AbortSignal;
}

/** Writes transcripts as messages into any text channel. */
export class DiscordTranscriptChannels implements TranscriptChannels {
  readonly #parts: TranscriptParts;
  readonly #webhooks: WebhookApi;

  constructor(parts: TranscriptParts) {
    this.#parts = parts;
    this.#webhooks = new WebhookApi(parts.client);
  }

  async homeOf(head: MeetingHead, look: TranscriptLook, language: string): Promise<ChannelId> {
    const { client } = this.#parts;
    const forum = client.channels.cache.get(head.textChannelId);
    if (forum?.type !== ChannelType.GuildForum) return head.textChannelId;
    const words = guildWords(client, head.guildId);
    const spoken = language === AUTO ? [] : [language, nativeName(language), words.language(language)];
    return await openPost(forum, {
      name: nameOf(head, look.timeZone, words),
      content: words.t('posting.post', { voice: `<#${head.voiceChannelId}>` }),
      tagNames: [head.voiceChannelName, ...spoken],
    });
  }

  async closeHome(chosen: ChannelId, home: ChannelId): Promise<void> {
    if (home !== chosen) await closePost(this.#parts.client, home);
  }

  open(head: MeetingHead, look: TranscriptLook, keeper: TranscriptKeeper, lost = NEVER): TranscriptChannel {
    const { client, log, fallbacks, costliestStyle } = this.#parts;
    const signal = AbortSignal.any([this.#parts.signal, lost]);
    const { textChannelId: channelId } = head;
    const api = new MessageApi(client);
    const channel = client.channels.cache.get(channelId);
    const name = channel && 'name' in channel && channel.name ? `#${channel.name}` : undefined;
    const words = () => guildWords(client, head.guildId);
    // A thread uses the webhooks of its parent, and can have no threads.
    const home = channel?.isThread() ? (channel.parentId ?? channelId) : channelId;
    const complain = (because: string, error?: unknown) =>
      log.warn({ channel: channelId, ...(error !== undefined && { err: error }) }, because);
    const opened = (
      places: PostingPlaces,
      parts: Pick<OutboxParts, 'webhook' | 'words' | 'posted' | 'shown' | 'lost'>,
    ) => {
      const remarked = (about: SpeakerId, channelId: ChannelId, messageId: MessageId) =>
        keeper.remarked(about, { channelId, messageId });
      const outbox = new Outbox({
        ...{ api, places, signal, log, complain, remarked },
        ...(costliestStyle && { costliestStyle }),
        ...parts,
      });
      const { webhook, words } = parts;
      const leftMessages = async (signal: AbortSignal) => {
        if (places.known === undefined) return [];
        try {
          return await leftIn(places.known, head, client, webhook, signal);
        } catch (error) {
          // Now the journal alone says what was posted.
          complain('The messages of an earlier process could not be read', error);
          return [];
        }
      };
      const pictureOf = (id: SpeakerId) => {
        const member = client.guilds.cache.get(head.guildId)?.members.cache.get(id);
        return member && personOf(member).avatarUrl;
      };
      return new PostedTranscript({ head, outbox, places, webhook, words, leftMessages, pictureOf });
    };
    const homes = [{ at: { kind: 'channel', channelId } as const, name }];
    const places = new PostingPlaces({
      api,
      homes:
        look.thread && !channel?.isThread() ? [{ at: threadOf(head, look.timeZone, words()), name }, ...homes] : homes,
      others: () => fallbacks(head),
      isInServer: () => client.guilds.cache.has(head.guildId),
      started: (threadId) => keeper.placed({ threadId }),
    });
    const original = opened(places, {
      webhook: new SpeakerWebhook(home, client, this.#webhooks),
      words,
      posted: ({ utteranceId }, channelId, messageId) => keeper.posted({ utteranceId, channelId, messageId }),
      shown: ({ utteranceId }) => keeper.shown(utteranceId),
    });
    const before = new Map(Object.entries(head.places?.languageThreads ?? {}));
    const openThread: OpenThread = (language, lost) => {
      const threadId = before.get(language);
      before.delete(language); // if it is lost, the next one is new
      const at = languageThreadOf(head, home, language, threadId);
      const started = (threadId: ChannelId) => keeper.placed({ languageThreads: { [language]: threadId } });
      return opened(new PostingPlaces({ api, homes: [{ at, name: undefined }], others: () => [], started }), {
        words: () => wordsFor(language),
        posted: ({ utteranceId }, channelId, messageId) =>
          keeper.posted({ utteranceId, language, channelId, messageId }),
        shown: () => {},
        lost: (entries, because) => {
          const utterances = entries.flatMap((entry) => (entry.kind === 'line' ? entry.utteranceId : []));
          lost([...new Set(utterances)], words().t(`posting.${because}`));
        },
      });
    };
    const isPost = channel?.isThread() === true && channel.parent?.type === ChannelType.GuildForum;
    const transcript = new LanguageThreads(original, openThread, words, !isPost);
    transcript.configure(look);
    return transcript;
  }
}

/** The bot's messages since a meeting began, with the content of those that the webhook wrote. */
async function leftIn(
  channelId: ChannelId,
  { beganAt }: MeetingHead,
  client: Client<true>,
  webhook: SpeakerWebhook | undefined,
  signal: AbortSignal,
): Promise<readonly OwnMessage[]> {
  const messages = await ownMessages(client, channelId, beganAt.getTime(), signal);
  if (!webhook) return messages;
  const isWebhookUsed = messages.some(({ writtenAs }) => writtenAs !== undefined);
  if (isWebhookUsed && !webhook.isOpen) await webhook.lookUp(signal);
  return await Promise.all(messages.map((message) => webhook.reread(message, signal)));
}

/** The meeting's thread: the one it had before a restart, else one that is still to be started. */
function threadOf(
  { places, textChannelId, title, beganAt }: MeetingHead,
  timeZone: string | undefined,
  words: Words,
): Destination {
  if (places?.threadId !== undefined) return { kind: 'channel', channelId: places.threadId };
  return { kind: 'thread', parentId: textChannelId, name: nameOf({ title, beganAt }, timeZone, words) };
}

/** A thread's name: the meeting's title and its day. */
function nameOf(
  { title, beganAt }: Pick<MeetingHead, 'title' | 'beganAt'>,
  timeZone: string | undefined,
  words: Words,
): string {
  const day = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeZone: timeZone ?? 'UTC' }).format(
    beganAt,
  );
  const [shortTitle = ''] = splitAtWords(oneLine(title) || words.t('document.meeting'), MAX_THREAD_TITLE);
  return `${shortTitle} · ${day}`;
}

/** A language's thread: the one it had before a restart, else one that is still to be started. */
function languageThreadOf(
  { title }: MeetingHead,
  parentId: ChannelId,
  language: string,
  threadId: ChannelId | undefined,
): Destination {
  if (threadId !== undefined) return { kind: 'channel', channelId: threadId };
  const [shortTitle = ''] = splitAtWords(title, MAX_THREAD_TITLE);
  return { kind: 'thread', parentId, name: `${shortTitle} · ${nativeName(language)}` };
}
