import { createHash } from 'node:crypto';
import type { Client, Guild, GuildBasedChannel, GuildMember } from 'discord.js';
import { NEVER } from '../../core/concurrency/never.ts';
import type { ChannelId, SpeakerId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Archive } from '../../core/ports/archive.ts';
import type { MeetingJournals } from '../../core/ports/journal.ts';
import type { Person, Usher, Ushers } from '../../core/ports/people.ts';
import type { MeetingHead } from '../../core/record.ts';
import type { Words } from '../../i18n/words.ts';
import { escapeName } from '../formatting/escape.ts';
import { guildWords } from '../formatting/guild-words.ts';
import { MessageApi } from '../messages/message-api.ts';
import { couldHear } from '../permissions/channel-access.ts';
import { canRead, canReadAtOnce } from '../permissions/notice-access.ts';
import { isInStageAudience } from '../permissions/on-stage.ts';
import { couldAllJoin } from '../permissions/same-audience.ts';
import { doNotHearMeRow, hearMeRow } from './hear-me.ts';
import type { NameMark } from './name-mark.ts';
import { Newcomers } from './newcomers.ts';
import { VoiceChatNotice } from './voice-chat-notice.ts';
import { VoiceStatus } from './voice-status.ts';

const MOST_NAMES = 10;
const NONCE_CHARACTERS = 25; // Discord takes no more
/** The wait before the permissions of somebody who can read no notice are looked at again. */
const AGAIN_MS = 5_000;

interface UsherParts {
  readonly client: Client<true>;
  readonly mark: Pick<NameMark, 'put' | 'remove' | 'giveUp'>;
  readonly journal: MeetingJournals;
  readonly archive: Pick<Archive, 'mentioned'>;
  readonly log: Log;
  /** Ends all posting: the process is going down. */
  readonly signal: AbortSignal;
}

/** Greets people who come to a meeting where they can read it, and marks the bot's name and the voice channel while it runs. */
export class DiscordUshers implements Ushers {
  readonly #parts: UsherParts;

  constructor(parts: UsherParts) {
    this.#parts = parts;
  }

  open(head: MeetingHead, where: () => ChannelId, lost = NEVER): Usher {
    this.#parts.mark.put(head.guildId);
    const signal = AbortSignal.any([this.#parts.signal, lost]);
    return new MeetingUsher(head, where, { ...this.#parts, signal }, lost);
  }
}

/** Where somebody reads that they are transcribed: in the text channel, or in the voice channel's chat. */
type Place = 'text' | 'voice chat';

class MeetingUsher implements Usher {
  readonly #head: MeetingHead;
  readonly #where: () => ChannelId;
  readonly #parts: UsherParts;
  #voiceChannelId: ChannelId;
  #notice: VoiceChatNotice;
  readonly #status: VoiceStatus;
  readonly #informed = new Map<SpeakerId, Place>();
  readonly #asking = new Map<SpeakerId, number>(); // when their permissions may be looked at again
  readonly #newcomers = new Newcomers((people) => this.#greetAll(people));
  #optInOnly = false;
  #hasAsked = false;
  #isMarked = false; // the voice channel: when the journal knows the meeting
  #isOver = false;
  readonly #lost: AbortSignal;

  constructor(head: MeetingHead, where: () => ChannelId, parts: UsherParts, lost: AbortSignal) {
    this.#lost = lost;
    this.#head = head;
    this.#where = where;
    this.#parts = parts;
    this.#voiceChannelId = head.voiceChannelId;
    this.#notice = new VoiceChatNotice(head, head.voiceChannelId, parts);
    this.#status = new VoiceStatus(head, parts);
    this.#informed.set(head.startedBy, 'text'); // the answer to their command said so
  }

  configure(optInOnly: boolean, haveAsked = false): void {
    this.#optInOnly = optInOnly;
    this.#notice.optInOnly = optInOnly;
    if (!this.#isMarked) this.#status.put(this.#voiceChannelId, this.#where());
    this.#isMarked = true;
    if (!optInOnly || this.#hasAsked) return;
    this.#hasAsked = true;
    if (haveAsked) return;
    const ask = (words: Words) => words.t('consent.ask', { voice: this.#voice });
    this.#say('text', ask);
    if (this.#notice.isPosted) this.#say('voice chat', ask);
  }

  hasInformed(speakerId: SpeakerId): boolean {
    return this.#informed.has(speakerId);
  }

  inform({ id }: Person): void {
    if (this.#informed.has(id) || this.#isOver) return;
    const member = this.#guild?.members.cache.get(id);
    // Usually Discord need not be asked, and no word is lost.
    if (member && canReadAtOnce(this.#text, member) === true) {
      this.#markInformed(id, 'text');
      return;
    }
    if (performance.now() < (this.#asking.get(id) ?? 0)) return;
    this.#asking.set(id, Number.POSITIVE_INFINITY);
    void this.#informLater(id, member);
  }

  async #informLater(id: SpeakerId, member: GuildMember | undefined): Promise<void> {
    const place = await this.#findPlace(id, member).catch((error: unknown) => {
      this.#complain(error, 'The bot could not find out whether somebody can read that they are transcribed');
      return undefined;
    });
    if (place === undefined) this.#asking.set(id, performance.now() + AGAIN_MS);
    else this.#markInformed(id, place);
  }

  async #findPlace(id: SpeakerId, known: GuildMember | undefined): Promise<Place | undefined> {
    const member = known ?? (await this.#guild?.members.fetch(id));
    if (!member) return undefined;
    if (await canRead(this.#text, member)) return 'text';
    const voice = this.#channel(this.#voiceChannelId);
    return (await canRead(voice, member)) && (await this.#notice.isThere()) ? 'voice chat' : undefined;
  }

  #markInformed(id: SpeakerId, place: Place): void {
    this.#informed.set(id, place);
    this.#asking.delete(id);
    this.#newcomers.bringBack(id);
  }

  async mayFollow(channelId: ChannelId): Promise<boolean> {
    const [room, voice, text] = [this.#channel(channelId), this.#channel(this.#voiceChannelId), this.#text];
    if (!room || !voice || !text) return false;
    // Everybody who could have come to the first channel may read the whole meeting, also the words spoken here.
    if (!couldAllJoin(room, text) || !couldAllJoin(room, voice)) return false;
    try {
      const there = room.guild.voiceStates.cache.filter(
        (state) => state.channelId === channelId && !isInStageAudience(state), // the audience is not heard
      );
      for (const { id, member } of there.values()) {
        const person = member ?? (await room.guild.members.fetch(id));
        if (!person.user.bot && !(await canRead(text, person))) return false;
      }
      const starter = await room.guild.members.fetch(this.#head.startedBy);
      if (!starter.user.bot && !couldHear(starter, room)) return false; // they may read all of it
    } catch (error) {
      this.#complain(error, 'The bot could not find out who would be heard, and who would read it, after a move');
      return false;
    }
    this.#voiceChannelId = channelId;
    this.#notice = new VoiceChatNotice(this.#head, channelId, this.#parts);
    this.#notice.optInOnly = this.#optInOnly;
    this.#status.follow(channelId, this.#where());
    return true;
  }

  greet(person: Person): void {
    this.#newcomers.add(person);
  }

  ungreeted(): readonly SpeakerId[] {
    return this.#newcomers.ungreeted();
  }

  async takeDownNotice(): Promise<void> {
    if (!this.#lost.aborted) await this.#status.takeDown();
  }

  leave(): void {
    this.#isOver = true;
    this.#newcomers.close();
    if (this.#lost.aborted) this.#parts.mark.giveUp(this.#head.guildId);
    else this.#parts.mark.remove(this.#head.guildId);
  }

  #greetAll(newcomers: readonly Person[]): void {
    const byPlace = Map.groupBy(newcomers, ({ id }) => this.#informed.get(id));
    for (const person of byPlace.get(undefined) ?? []) this.#newcomers.setAside(person);
    for (const place of ['text', 'voice chat'] as const) {
      const people = byPlace.get(place);
      if (people) this.#say(place, (words) => this.#greeting(place, people, words), people);
    }
  }

  #greeting(place: Place, people: readonly Person[], words: Words): string {
    const values = { voice: this.#voice, names: namesOf(people, words), count: people.length };
    if (place === 'text') return words.t(this.#optInOnly ? 'consent.greetAsking' : 'consent.greet', values);
    return words.t(this.#optInOnly ? 'consent.greetAskingBeside' : 'consent.greetBeside', values);
  }

  get #guild(): Guild | undefined {
    return this.#parts.client.guilds.cache.get(this.#head.guildId);
  }

  #channel(id: ChannelId): GuildBasedChannel | undefined {
    return this.#guild?.channels.cache.get(id);
  }

  get #text(): GuildBasedChannel | undefined {
    return this.#channel(this.#where());
  }

  get #voice(): string {
    return `<#${this.#voiceChannelId}>`;
  }

  /** @param named - the people whose names are in it: they can have them taken out */
  #say(place: Place, sentence: (words: Words) => string, named: readonly Person[] = []): void {
    const { client, archive, signal } = this.#parts;
    const words = guildWords(client, this.#head.guildId);
    const beside = place === 'voice chat' ? [doNotHearMeRow(words)] : undefined;
    const components = this.#optInOnly ? [hearMeRow(words)] : beside;
    const message = {
      content: sentence(words),
      nonce: this.#nonceOf(place, named),
      isSilent: true,
      ...(components && { components }),
    };
    const channelId = place === 'text' ? this.#where() : this.#voiceChannelId;
    const say = async () => {
      const { id } = await new MessageApi(client).create(channelId, message, signal);
      const mention = { channelId, messageId: id, what: named.length === 1 ? 'whole' : 'name' } as const;
      const ids = named.slice(0, MOST_NAMES).map((person) => person.id);
      await archive.mentioned(this.#head.guildId, mention, ids);
    };
    const said = say().catch((error: unknown) => {
      // The transcript meets the same trouble, and then moves or says so.
      this.#complain(error, 'Newcomers could not be greeted');
    });
    this.#newcomers.noteGreeting(named, said);
  }

  /** The same for the process that goes on with the meeting: a greeting that both send appears once. */
  #nonceOf(place: Place, named: readonly Person[]): string {
    const who = named.map(({ id }) => id).toSorted();
    const of = JSON.stringify([this.#head.id, place, ...who]);
    return createHash('sha256').update(of).digest('base64url').slice(0, NONCE_CHARACTERS);
  }

  #complain(error: unknown, what: string): void {
    const { log, signal } = this.#parts;
    if (!signal.aborted) log.warn({ err: error, meeting: this.#head.id }, what);
  }
}

function namesOf(people: readonly Person[], words: Words): string {
  const names = people.slice(0, MOST_NAMES).map(({ displayName }) => escapeName(displayName));
  const more = people.length - names.length;
  return words.list(more === 0 ? names : [...names, words.t('consent.more', { count: more })]);
}
