import {
  ChannelType,
  type Client,
  type DMChannel,
  Events,
  GatewayDispatchEvents,
  type Guild,
  type GuildMember,
  type NonThreadGuildBasedChannel,
  type PartialGuildMember,
  type VoiceState,
} from 'discord.js';
import { Inbox } from '../../../core/concurrency/inbox.ts';
import type { ChannelId, GuildId, SpeakerId } from '../../../core/ids.ts';
import type { Person, Presence, PresenceEvent, Presences } from '../../../core/ports/people.ts';
import { isInStageAudience } from '../../permissions/on-stage.ts';
import { personOf } from '../display-name.ts';
import { guildOnceKnown } from '../known-guilds.ts';
import { isOfOtherSession } from '../own-session.ts';
import { hasAskedToLeave } from '../voice-adapter.ts';
import { type NamedPeople, NameRounds } from './name-rounds.ts';
import { WhoIsThere } from './who-is-there.ts';

/** Discord disconnects the bot when it deletes its channel, in either order: wait so long for the better reason. */
const CHANNEL_DELETE_GRACE_MS = 500;

const NAMES_LIMIT_MS = 5_000;
const LAST_LOOK_MS = 2_000; // the last words take as long

/** Tells who is in the bot's voice channels, from the gateway's voice states. */
export class DiscordPresences implements Presences {
  readonly #client: Client<true>;
  readonly #names: NameRounds;

  constructor(client: Client<true>) {
    this.#client = client;
    this.#names = new NameRounds(client);
  }

  unknownYet(guildId: GuildId, voiceChannelId: ChannelId, signal: AbortSignal): Promise<void> | undefined {
    const guild = this.#client.guilds.cache.get(guildId);
    const isKnown = guild?.available && namelessIn(guild, voiceChannelId).length === 0;
    return !guild || isKnown ? undefined : this.#becomeKnown(guildId, voiceChannelId, signal);
  }

  async #becomeKnown(guildId: GuildId, voiceChannelId: ChannelId, signal: AbortSignal): Promise<void> {
    const guild = await guildOnceKnown(this.#client, guildId, signal);
    const nameless = guild ? namelessIn(guild, voiceChannelId) : [];
    if (guild && nameless.length > 0)
      await guild.members.fetch({ user: nameless, time: NAMES_LIMIT_MS }).catch(() => {}); // they enter later
  }

  watch(guildId: GuildId, voiceChannelId: ChannelId): Presence & Disposable {
    return new WatchedChannel(this.#client, this.#names, guildId, voiceChannelId);
  }
}

/** One watched voice channel. */
class WatchedChannel implements Presence, NamedPeople, Disposable {
  readonly guildId: GuildId;
  readonly #client: Client<true>;
  readonly #names: NameRounds;
  #channelId: ChannelId;
  readonly #news = new Inbox<PresenceEvent>();
  readonly #reported = new WhoIsThere((event) => this.#report(event));
  #isWatching = false; // whoever is there by then is no news
  readonly #subscriptions = new DisposableStack();
  #hangUpTimer: NodeJS.Timeout | undefined;
  #sessionIsNew = false;
  #isDeafened: boolean;

  constructor(client: Client<true>, names: NameRounds, guildId: GuildId, channelId: ChannelId) {
    this.#client = client;
    this.#names = names;
    this.guildId = guildId;
    this.#channelId = channelId;
    this.#isDeafened = this.#hearsNothing();
    for (const state of this.#states()) this.#place(state);
    this.#isWatching = true;
    this.#subscribe();
    names.add(this);
    this.#subscriptions.defer(() => names.remove(this));
  }

  get channelId(): ChannelId {
    return this.#channelId;
  }

  get isDeafened(): boolean {
    return this.#isDeafened;
  }

  people(): readonly Person[] {
    return this.#reported.people;
  }

  get stageAudience(): number | undefined {
    const channel = this.#client.guilds.cache.get(this.guildId)?.channels.cache.get(this.#channelId);
    return channel?.type === ChannelType.GuildStageVoice ? this.#reported.audienceSize : undefined;
  }

  async namesNow(): Promise<readonly Person[]> {
    await this.#names.look(this, LAST_LOOK_MS);
    return this.people();
  }

  present(): readonly SpeakerId[] {
    return this.people().flatMap(({ id, isBot }) => (isBot ? [] : id));
  }

  seen(member: GuildMember): void {
    if (this.#reported.has(member.id)) this.#reported.enter(personOf(member));
  }

  events(signal: AbortSignal): AsyncIterable<PresenceEvent> {
    return this.#news.items(signal);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#hangUpTimer);
    this.#subscriptions.dispose();
    this.#news.finish();
  }

  #subscribe(): void {
    const onVoice = (_: VoiceState, state: VoiceState) => this.#onVoiceState(state);
    const onMember = (_: GuildMember | PartialGuildMember, member: GuildMember) => this.#onMember(member);
    const onDelete = (channel: DMChannel | NonThreadGuildBasedChannel) => {
      if (channel.id === this.#channelId) this.#onChannelDeleted();
    };
    const onGuildGone = (guild: Guild) => {
      if (guild.id === this.guildId) this.#news.put({ kind: 'bot disconnected' });
    };
    const onGuildBack = (guild: Guild) => {
      if (guild.id === this.guildId) this.#onGuildBack(guild);
    };
    const onSession = (_: unknown, shardId: number) => {
      if (this.#client.guilds.cache.get(this.guildId)?.shardId === shardId) this.#sessionIsNew = true;
    };
    const client = this.#client;
    client.on(Events.VoiceStateUpdate, onVoice);
    client.on(Events.GuildMemberUpdate, onMember);
    client.on(Events.ChannelDelete, onDelete);
    client.on(Events.GuildDelete, onGuildGone);
    client.on(Events.GuildAvailable, onGuildBack);
    client.ws.on(GatewayDispatchEvents.Ready, onSession);
    this.#subscriptions.defer(() => {
      client.off(Events.VoiceStateUpdate, onVoice);
      client.off(Events.GuildMemberUpdate, onMember);
      client.off(Events.ChannelDelete, onDelete);
      client.off(Events.GuildDelete, onGuildGone);
      client.off(Events.GuildAvailable, onGuildBack);
      client.ws.off(GatewayDispatchEvents.Ready, onSession);
    });
  }

  #report(event: PresenceEvent): void {
    if (this.#isWatching) this.#news.put(event);
  }

  #onVoiceState(state: VoiceState): void {
    if (state.guild.id !== this.guildId) return;
    if (state.id === this.#client.user.id) this.#onOwnState(state);
    else this.#place(state);
  }

  /** Puts one person where their voice state says they are. */
  #place(state: VoiceState): void {
    if (state.channelId !== this.#channelId) this.#reported.leave(state.id);
    else if (isInStageAudience(state)) this.#placeInAudience(state);
    else if (state.member) this.#reported.enter(personOf(state.member));
    else void this.#introduce(state);
  }

  /** Other bots count as nobody. */
  #placeInAudience({ id, member }: VoiceState): void {
    if (member?.user.bot) this.#reported.leave(id);
    else this.#reported.enterAudience(id);
  }

  /** Asks Discord for the name that a voice state lacks; then the person enters. */
  async #introduce(state: VoiceState): Promise<void> {
    let person: Person;
    try {
      person = personOf(await state.guild.members.fetch(state.id));
    } catch {
      // It is better to hear somebody without a name than not at all.
      person = { id: state.id, displayName: 'Somebody', isBot: false };
    }
    const now = state.guild.voiceStates.cache.get(state.id);
    const isStillThere = now?.channelId === this.#channelId && !isInStageAudience(now);
    if (isStillThere && !this.#subscriptions.disposed) this.#reported.enter(person);
  }

  #onMember(member: GuildMember): void {
    if (member.guild.id === this.guildId) this.seen(member);
  }

  #onOwnState(state: VoiceState): void {
    if (isOfOtherSession(state)) {
      // Whoever sits there is not this process: it neither was disconnected nor moved.
      if (state.channelId !== null) this.#news.put({ kind: 'seat taken' });
      return;
    }
    if (state.channelId === null) {
      this.#onHangUp();
      return;
    }
    clearTimeout(this.#hangUpTimer);
    this.#lookAtHearing();
    if (state.channelId === this.#channelId) return;
    this.#channelId = state.channelId;
    this.#news.put({ kind: 'bot moved', channelId: state.channelId, channelName: state.channel?.name ?? 'a channel' });
    this.#compare();
  }

  #lookAtHearing(): void {
    const before = this.#isDeafened;
    this.#isDeafened = this.#hearsNothing();
    if (this.#isDeafened !== before) this.#news.put({ kind: 'hearing changed' });
  }

  /** Whether the bot is deafened. In the audience of a stage it is suppressed, but hears. */
  #hearsNothing(): boolean {
    const own = this.#client.guilds.cache.get(this.guildId)?.voiceStates.cache.get(this.#client.user.id);
    return own?.deaf ?? false; // by a moderator, or by another user of the same token
  }

  #onHangUp(): void {
    if (hasAskedToLeave(this.#client, this.guildId)) return;
    clearTimeout(this.#hangUpTimer);
    this.#hangUpTimer = setTimeout(() => this.#news.put({ kind: 'bot disconnected' }), CHANNEL_DELETE_GRACE_MS);
  }

  #onChannelDeleted(): void {
    clearTimeout(this.#hangUpTimer);
    this.#news.put({ kind: 'voice channel deleted' });
  }

  /** Discord sent the guild again: after a new gateway session, or an outage of the guild. */
  #onGuildBack(guild: Guild): void {
    this.#compare();
    if (!this.#sessionIsNew) return;
    this.#sessionIsNew = false;
    clearTimeout(this.#hangUpTimer); // the old session ended: no moderator disconnected the bot
    if (guild.channels.cache.has(this.#channelId)) this.#news.put({ kind: 'session replaced' });
    else this.#onChannelDeleted();
  }

  #compare(): void {
    this.#lookAtHearing();
    const states = this.#states();
    this.#reported.leaveAllBut(new Set(states.map(({ id }) => id)));
    for (const state of states) this.#place(state);
  }

  #states(): VoiceState[] {
    const all = this.#client.guilds.cache.get(this.guildId)?.voiceStates.cache.values() ?? [];
    return [...all].filter(({ id, channelId }) => channelId === this.#channelId && id !== this.#client.user.id);
  }
}

/** The people in a voice channel whose names the gateway has not sent. */
function namelessIn(guild: Guild, channelId: ChannelId): SpeakerId[] {
  const states = guild.voiceStates.cache.filter(
    (state) => state.channelId === channelId && !state.member && !isInStageAudience(state),
  );
  return [...states.keys()];
}
