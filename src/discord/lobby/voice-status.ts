import { ChannelType, type Client, type VoiceChannel } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { MeetingJournals } from '../../core/ports/journal.ts';
import type { MeetingHead, StatusNotice } from '../../core/record.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import { guildWords } from '../formatting/guild-words.ts';
import { giveWay } from '../messages/importance.ts';
import { mayWriteStatus } from '../permissions/notice-access.ts';
import { seenByAllWhoSee } from '../permissions/same-audience.ts';
import { readStatus, writeStatus } from './channel-status.ts';

const ANSWER_MS = 3_000; // Discord answers within a fraction of a second, or not at all
/** The bot cannot change the status any more once it has left the channel, and the last words wait for that. */
const LAST_MS = 1_000;

interface StatusParts {
  readonly client: Client<true>;
  readonly journal: MeetingJournals;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * The status of a meeting's voice channel says that it is transcribed, and where: people see it before they join.
 *
 * The status from before comes back afterwards, unless somebody has written another one meanwhile. What the bot wrote, and
 * what stood there before, is in the journal first: so the next process knows both. Where the bot may not change the status,
 * nothing happens; in a channel in which it does not sit it needs Manage Channels.
 */
export class VoiceStatus {
  readonly #head: MeetingHead;
  readonly #parts: StatusParts;
  readonly #notices: Map<ChannelId, StatusNotice>;
  readonly #over = new AbortController(); // no notice is put up any more
  #turn: Promise<void> = Promise.resolve();

  constructor(head: MeetingHead, parts: StatusParts) {
    this.#head = head;
    this.#parts = parts;
    this.#notices = new Map(Object.entries(head.places?.voiceStatuses ?? {})); // by an earlier process
  }

  /** Puts the notice up. Nobody waits for it. @param textChannelId - where the words go */
  put(channelId: ChannelId, textChannelId: ChannelId): void {
    void this.#inTurn(() => giveWay(() => this.#put(channelId, textChannelId))); // people wait for answers and panels
  }

  /** The meeting goes on in another channel, in which the bot sits now. */
  follow(channelId: ChannelId, textChannelId: ChannelId): void {
    void this.#inTurn(() => this.#takeAllDown(ANSWER_MS));
    this.put(channelId, textChannelId);
  }

  /** Brings back what stood there before. Resolves within about a second, and never rejects. */
  async takeDown(): Promise<void> {
    this.#over.abort(new Error('The meeting is over'));
    await this.#inTurn(() => this.#takeAllDown(LAST_MS));
  }

  async #put(channelId: ChannelId, textChannelId: ChannelId): Promise<void> {
    const signal = this.#within(ANSWER_MS, this.#over.signal);
    signal.throwIfAborted();
    const voice = this.#changeable(channelId);
    // Otherwise it stands there already, or somebody has changed it since.
    if (!voice || (this.#notices.get(channelId)?.notice ?? '') !== '') return;
    const notice = this.#noticeFor(voice, textChannelId);
    const now = await readStatus(voice, signal);
    const before = now === notice ? '' : now; // a notice that an earlier meeting could not take down is nobody's status
    await unlessAborted(this.#keep(channelId, { notice, before }), signal);
    await writeStatus(voice, notice, signal);
  }

  async #takeAllDown(limitMs: number): Promise<void> {
    await Promise.all([...this.#notices].map((entry) => this.#takeDown(entry, this.#within(limitMs))));
  }

  async #takeDown([channelId, { notice, before }]: [ChannelId, StatusNotice], signal: AbortSignal): Promise<void> {
    const voice = this.#changeable(channelId);
    if (!voice || notice === '') return;
    const isThere = (await readStatus(voice, signal)) === notice;
    if (isThere) await writeStatus(voice, before, signal);
    // Where somebody has written another status, no later process of the meeting puts a notice in its place.
    const left = { notice: isThere ? '' : notice, before: '' };
    void this.#keep(channelId, left).catch(this.#complain); // nobody waits for it
  }

  async #keep(channelId: ChannelId, status: StatusNotice): Promise<void> {
    this.#notices.set(channelId, status);
    await this.#parts.journal.of(this.#head.id).setPlaces({ voiceStatuses: { [channelId]: status } });
  }

  /** Who cannot see the text channel must not learn its name here. */
  #noticeFor(voice: VoiceChannel, textChannelId: ChannelId): string {
    const words = guildWords(this.#parts.client, this.#head.guildId);
    const text = voice.guild.channels.cache.get(textChannelId);
    const shown = text?.isThread() ? text.parent : text;
    if (!shown || !seenByAllWhoSee(shown, voice)) return words.t('consent.statusHidden');
    return words.t('consent.status', { channel: oneLine(shown.name) });
  }

  #changeable(channelId: ChannelId): VoiceChannel | undefined {
    const guild = this.#parts.client.guilds.cache.get(this.#head.guildId);
    const voice = guild?.channels.cache.get(channelId);
    const me = guild?.members.me;
    return me && voice?.type === ChannelType.GuildVoice && mayWriteStatus(voice, me) ? voice : undefined;
  }

  #within(limitMs: number, ...others: AbortSignal[]): AbortSignal {
    return AbortSignal.any([this.#parts.signal, AbortSignal.timeout(limitMs), ...others]);
  }

  #inTurn(change: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(change).catch(this.#complain);
    return this.#turn;
  }

  readonly #complain = (error: unknown) => {
    this.#parts.log.debug({ err: error, meeting: this.#head.id }, 'The status of a voice channel could not be changed');
  };
}

/** @throws the signal's reason: the journal may wait for its database for minutes */
async function unlessAborted(kept: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>();
  const giveUp = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', giveUp);
  try {
    await Promise.race([kept, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
