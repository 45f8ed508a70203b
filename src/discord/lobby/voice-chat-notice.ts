import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'discord.js';
import type { ChannelId, MessageId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { MeetingJournals } from '../../core/ports/journal.ts';
import type { MeetingHead, MeetingRecord } from '../../core/record.ts';
import { guildWords } from '../formatting/guild-words.ts';
import { failureOf } from '../messages/failure.ts';
import { MessageApi } from '../messages/message-api.ts';
import { mayWriteBeside } from '../permissions/notice-access.ts';
import { doNotHearMeRow, hearMeRow } from './hear-me.ts';

const ATTEMPTS = 3;

interface NoticeParts {
  readonly client: Client<true>;
  readonly journal: MeetingJournals;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * The notice in a voice channel's own chat while somebody there cannot see the meeting's text channel. It says that
 * they are transcribed, who wanted it, and how to stay out of it. It does not name the text channel, which may be a
 * secret.
 */
export class VoiceChatNotice {
  optInOnly = false;
  readonly #head: MeetingHead;
  readonly #channelId: ChannelId;
  readonly #parts: NoticeParts;
  #posting: Promise<boolean> | undefined;
  #isPosted: boolean;

  constructor(head: MeetingHead, channelId: ChannelId, parts: NoticeParts) {
    this.#head = head;
    this.#channelId = channelId;
    this.#parts = parts;
    this.#isPosted = head.places?.besideVoices?.[channelId] !== undefined; // by an earlier process
  }

  get isPosted(): boolean {
    return this.#isPosted;
  }

  /** Posts the notice once, however many ask. @returns false when the bot may not, or Discord refuses it: ask again */
  async isThere(): Promise<boolean> {
    if (this.#isPosted) return true;
    this.#posting ??= this.#post().finally(() => {
      this.#posting = undefined;
    });
    return await this.#posting;
  }

  async #post(): Promise<boolean> {
    const { client, journal, log, signal } = this.#parts;
    const { id, guildId, startedBy } = this.#head;
    const voice = client.guilds.cache.get(guildId)?.channels.cache.get(this.#channelId);
    const me = voice?.guild.members.me;
    if (!voice || !me || !mayWriteBeside(voice, me)) return false;
    const words = guildWords(client, guildId);
    const values = { voice: `<#${this.#channelId}>`, starter: `<@${startedBy}>` };
    const content = words.t(this.optInOnly ? 'consent.besideAsking' : 'consent.beside', values);
    const components = [this.optInOnly ? hearMeRow(words) : doNotHearMeRow(words)];
    try {
      const nonce = `v${this.#channelId.slice(-5)}-${id}`; // the same after a lost answer; Discord takes 25 characters
      const message = await new MessageApi(client).create(this.#channelId, { content, components, nonce }, signal);
      this.#isPosted = true;
      await journal.of(id).setPlaces({ besideVoices: { [this.#channelId]: message.id } });
    } catch (error) {
      if (!signal.aborted)
        log.warn({ err: error, meeting: id }, "A notice in the voice channel's chat could not be posted");
    }
    return this.#isPosted;
  }
}

/** Has the notices of a meeting say that it is over, without buttons. Never rejects. */
export async function endBesideVoices(
  { head }: Pick<MeetingRecord, 'head'>,
  { client, log, signal }: Omit<NoticeParts, 'journal'>,
): Promise<void> {
  const words = guildWords(client, head.guildId);
  for (const [channelId, messageId] of Object.entries(head.places?.besideVoices ?? {})) {
    const content = words.t('panel.over', { voice: `<#${channelId}>` });
    await endNotice(new MessageApi(client), channelId, messageId, content, signal).catch((error: unknown) =>
      log.debug({ err: error, meeting: head.id }, 'A notice could not be ended'),
    );
  }
}

/** Edits a notice. When it is older than an hour, Discord may take the edit only later. */
async function endNotice(
  api: MessageApi,
  channelId: ChannelId,
  messageId: MessageId,
  content: string,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await api.edit(channelId, messageId, { content, components: [] }, signal);
      return;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== 'rate limited' || attempt === ATTEMPTS) throw error;
      await delay(failure.waitMs, undefined, { signal });
    }
  }
}
