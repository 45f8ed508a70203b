import {
  type APIChannel,
  ChannelType,
  type Client,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  Routes,
} from 'discord.js';
import { attendedPart } from '../../core/attended-part.ts';
import type { ChannelId, GuildId, SpeakerId } from '../../core/ids.ts';
import { Latest } from '../../core/latest.ts';
import type { MeetingPlace } from '../../core/programs/rights.ts';
import type { MeetingHead, MeetingRecord } from '../../core/record.ts';
import { couldHear, couldRead, seesAllThreads } from './channel-access.ts';
import { Looks } from './looks.ts';
import { MembersNow } from './members-now.ts';
import { sitsIn } from './sits-in.ts';

/** A place for text: a channel, or a thread of one. */
interface Place {
  /** The channel with the permissions; a thread has those of its parent. */
  readonly channel: GuildBasedChannel;
  readonly isPrivateThread: boolean;
}

/** What the right to read a meeting depends on. */
type Held = Pick<MeetingHead, 'guildId' | 'voiceChannelId' | 'textChannelId' | 'startedBy'>;

const FRESH_MS = 10_000; // how long the roles of a member count for programs, which may ask every second
const MOST_LATELY = 5_000; // members

/**
 * Decides who may read which meeting. Every command, button, suggestion and page asks here, each time anew.
 *
 * Somebody may read what they could have heard (View Channel and Connect in the voice channel) or could have read (View
 * Channel and Read Message History in the text channel; a private thread is for its members and for people who manage
 * threads). Nobody may when Discord cannot be asked: the channel is gone, the bot is no longer in the thread, or no
 * answer comes in time.
 */
export class Readers {
  readonly #client: Client<true>;
  readonly #looks = new Looks();
  readonly #members: MembersNow;
  readonly #lately = new Latest<
    string,
    { readonly untilMs: number; readonly member: Promise<GuildMember | undefined> }
  >(MOST_LATELY);

  constructor(client: Client<true>) {
    this.#client = client;
    this.#members = new MembersNow(client);
  }

  /** The name of a server in which the bot is. */
  nameOf(guildId: GuildId): string | undefined {
    return this.#client.guilds.cache.get(guildId)?.name;
  }

  /** Whether somebody may read all of a meeting: they could have heard it or read it, or they started it. */
  async mayRead(member: GuildMember, head: Held): Promise<boolean> {
    if (head.guildId !== member.guild.id) return false;
    if (head.startedBy === member.id) return true;
    return couldHear(member, this.#cached(member.guild, head.voiceChannelId)) || (await this.mayReadText(member, head));
  }

  /** The meetings that somebody may read all of, in the same order. */
  async whichMayRead(member: GuildMember, heads: readonly MeetingHead[]): Promise<MeetingHead[]> {
    const answers = new Map<string, Promise<boolean>>(); // most meetings of a server share a few places
    const mayRead = (head: MeetingHead) => {
      const where = `${head.textChannelId} ${head.voiceChannelId} ${head.startedBy === member.id} ${head.guildId}`;
      const answer = answers.get(where) ?? this.mayRead(member, head);
      answers.set(where, answer);
      return answer;
    };
    const allowed = await Promise.all(heads.map(mayRead));
    return heads.filter((_, index) => allowed[index] === true);
  }

  /**
   * Whether somebody may read along where a meeting is written. The person who started it has no more right than
   * others.
   */
  async mayReadText(member: GuildMember, head: Pick<Held, 'guildId' | 'textChannelId'>): Promise<boolean> {
    if (head.guildId !== member.guild.id) return false;
    const place = await this.#placeOf(member, head.textChannelId);
    if (!place || !couldRead(member, place.channel)) return false;
    if (!place.isPrivateThread || seesAllThreads(member, place.channel)) return true;
    return await this.#isInThread(member, head.textChannelId);
  }

  /** Whether somebody may know where a running meeting is, and who is in it. */
  async mayKnow(member: GuildMember, head: MeetingHead): Promise<boolean> {
    return sitsIn(member, head) || (await this.mayRead(member, head));
  }

  /**
   * The part of a meeting that somebody may read: all of it, or the time that they were there; `undefined`: nothing.
   */
  async readablePart(member: GuildMember, record: MeetingRecord): Promise<MeetingRecord | undefined> {
    if (record.head.guildId !== member.guild.id) return undefined;
    return (await this.mayRead(member, record.head)) ? record : attendedPart(record, member.id);
  }

  /**
   * Whether somebody may read along where a meeting is written, with the roles that they have now. Nobody who left may.
   *
   * @param mustAlso - what they must be besides, such as a manager of the server
   * @throws when Discord cannot be asked, which does not mean yes
   */
  async mayReadTextNow(
    userId: SpeakerId,
    head: MeetingHead,
    mustAlso: (member: GuildMember) => Promise<boolean> = async () => true,
  ): Promise<boolean> {
    const member = await this.#members.memberNow(head.guildId, userId);
    return member !== undefined && (await this.mayReadText(member, head)) && (await mustAlso(member));
  }

  /**
   * Where somebody may read meetings that others started. Their roles are at most ten seconds old; channels, and what roles
   * may do there, are as they are now.
   *
   * @returns `undefined`: they have left the server, or the bot has
   * @throws when Discord cannot be asked, which does not mean yes
   */
  async whereMayReadNow(
    guildId: GuildId,
    userId: SpeakerId,
    places: readonly MeetingPlace[],
  ): Promise<readonly boolean[] | undefined> {
    const member = await this.#memberLately(guildId, userId);
    if (!member || !this.#client.guilds.cache.has(guildId)) return undefined;
    return await Promise.all(places.map((place) => this.mayRead(member, { guildId, startedBy: '', ...place })));
  }

  #memberLately(guildId: GuildId, userId: SpeakerId): Promise<GuildMember | undefined> {
    const key = `${guildId} ${userId}`;
    const known = this.#lately.get(key);
    if (known && known.untilMs > performance.now()) return known.member;
    const member = this.#members.memberNow(guildId, userId);
    const kept = { untilMs: performance.now() + FRESH_MS, member };
    this.#lately.delete(key); // a new answer counts as new
    this.#lately.set(key, kept);
    // Trouble with Discord is no answer: the next question is asked again.
    member.catch(() => this.#lately.get(key) === kept && this.#lately.delete(key));
    return member;
  }

  #cached(guild: Guild, channelId: ChannelId): GuildBasedChannel | undefined {
    return guild.channels.cache.get(channelId);
  }

  /** Finds a channel, or asks Discord for a thread: archived ones are not in the cache. */
  async #placeOf(member: GuildMember, channelId: ChannelId): Promise<Place | undefined> {
    const { guild } = member;
    const cached = this.#cached(guild, channelId);
    if (cached && !cached.isThread()) return { channel: cached, isPrivateThread: false };
    const thread = cached ?? (await this.#askForThread(member, channelId));
    const parentId = cached?.isThread() ? cached.parentId : thread && 'parent_id' in thread && thread.parent_id;
    const parent = parentId ? this.#cached(guild, parentId) : undefined;
    if (!thread || !parent) return undefined;
    return { channel: parent, isPrivateThread: thread.type === ChannelType.PrivateThread };
  }

  async #askForThread(member: GuildMember, channelId: ChannelId): Promise<APIChannel | undefined> {
    if (!/^\d{15,20}$/.test(channelId)) return undefined;
    const look = async (signal: AbortSignal) =>
      // The documented answer to this request.
      (await this.#client.rest.get(Routes.channel(channelId), { signal })) as APIChannel;
    // The kind and the parent of a thread never change.
    const channel = await this.#looks.ask(member, `channel ${channelId}`, look, () => true);
    return channel && 'guild_id' in channel && channel.guild_id === member.guild.id ? channel : undefined;
  }

  async #isInThread(member: GuildMember, threadId: ChannelId): Promise<boolean> {
    const look = async (signal: AbortSignal) => {
      await this.#client.rest.get(Routes.threadMembers(threadId, member.id), { signal });
      return true;
    };
    return (await this.#looks.ask(member, `member ${threadId} ${member.id}`, look)) ?? false;
  }
}
