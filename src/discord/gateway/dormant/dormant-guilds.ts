import {
  type APIChannel,
  type APIRole,
  type Channel,
  type Client,
  GatewayDispatchEvents,
  type GatewayGuildCreateDispatchData,
  type Guild,
  type GuildBasedChannel,
  Role,
} from 'discord.js';
import { Dormant, DormantCache } from './dormant-cache.ts';
import { PackedList } from './packed-list.ts';

/** The constructors of discord.js's channels of servers, which all take the same. */
type ChannelClass = new (guild: Guild, data: APIChannel, client: Client) => Channel;
type RoleClass = new (client: Client, data: APIRole, guild: Guild) => Role;

/** A server while discord.js makes its objects from what Discord says of it. */
interface Arrival {
  readonly guildId: string;
  readonly channels: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  readonly dormantChannel: Dormant<Channel>; // one for all channels of the server
  readonly dormantRole: Dormant<Role>;
  readonly home: Home;
}

/** What objects are made for: the server, which is known with its first object. */
interface Home {
  guild: Guild | undefined;
}

/**
 * Keeps the channels and roles of servers that nobody uses as packed data instead of as objects.
 *
 * discord.js makes an object for each channel and role when a server arrives, 22 kB for a server of ordinary size. These
 * caches let go of them at once, and make the same objects from the same data when somebody asks: a command, an update
 * of the channel, a meeting. An object that was made stays, as others may hold it.
 */
export class DormantGuilds {
  readonly channels = new DormantCache<Channel>((channel) => this.#channelToSleep(channel));
  readonly #classes = new Map<number, ChannelClass>(); // by type of channel
  #client: Client | undefined;
  #arrival: Arrival | undefined;

  /** Follows the servers that arrive. Call it before the client logs in. */
  follow(client: Client): void {
    this.#client = client;
    client.ws.on(GatewayDispatchEvents.GuildCreate, (data: GatewayGuildCreateDispatchData) => this.#arrive(data));
  }

  /** A cache for the channels of one server. */
  guildChannels(): DormantCache<GuildBasedChannel> {
    // A channel is the same object in both caches. discord.js adds it here first.
    const here = new Dormant<GuildBasedChannel>((id) => this.channels.get(id) as GuildBasedChannel | undefined);
    return new DormantCache((channel) => {
      const isAwake = this.channels.peek(channel.id) === channel;
      return isAwake || this.#arriving(channel.guild, 'channels', channel.id) === undefined ? undefined : here;
    });
  }

  /** A cache for the roles of one server. */
  roles(): DormantCache<Role> {
    return new DormantCache((role) => this.#arriving(role.guild, 'roles', role.id)?.dormantRole);
  }

  /** Called just before discord.js makes the server's objects, which it does at once. */
  #arrive(data: GatewayGuildCreateDispatchData): void {
    const known = this.#client?.guilds.cache.get(data.id);
    if (data.unavailable || known?.available) return; // discord.js reads nothing of it
    for (const id of known?.channels.cache.keys() ?? []) this.channels.forgetDormant(id); // it arrives anew
    const channels = new PackedList<APIChannel>(data.channels);
    const roles = new PackedList<APIRole>(data.roles);
    const home: Home = { guild: undefined };
    this.#arrival = {
      guildId: data.id,
      channels: new Set(data.channels.map(({ id }) => id)),
      roles: new Set(data.roles.map(({ id }) => id)),
      dormantChannel: new Dormant((id) => this.#makeChannel(home.guild, channels.get(id))),
      dormantRole: new Dormant((id) => this.#makeRole(home.guild, roles.get(id))),
      home,
    };
    queueMicrotask(() => {
      this.#arrival = undefined;
    });
  }

  #arriving(guild: Guild, kind: 'channels' | 'roles', id: string): Arrival | undefined {
    const arrival = this.#arrival;
    if (arrival?.guildId !== guild.id || !arrival[kind].has(id)) return undefined;
    arrival.home.guild = guild;
    return arrival;
  }

  #channelToSleep(channel: Channel): Dormant<Channel> | undefined {
    if (channel.isDMBased() || channel.isThread()) return undefined;
    const arrival = this.#arriving(channel.guild, 'channels', channel.id);
    if (arrival) this.#classes.set(channel.type, channel.constructor as ChannelClass); // as discord.js itself calls it
    return arrival?.dormantChannel;
  }

  #makeChannel(guild: Guild | undefined, data: APIChannel | undefined): Channel | undefined {
    const Class = data && this.#classes.get(data.type);
    return guild && Class && new Class(guild, data, guild.client);
  }

  #makeRole(guild: Guild | undefined, data: APIRole | undefined): Role | undefined {
    const Class = Role as unknown as RoleClass; // its types hide a constructor that everybody can call
    return guild && data && new Class(guild.client, data, guild);
  }
}
