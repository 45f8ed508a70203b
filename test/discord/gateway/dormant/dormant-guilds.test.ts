import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Client, Events, type Guild, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { DormantCache } from '../../../../src/discord/gateway/dormant/dormant-cache.ts';
import {
  type DiscordSimulator,
  type Guild as SimulatedGuild,
  startDiscord,
} from '../../../simulators/discord/index.ts';
import { connected } from '../../support/connect.ts';

/** A server of ordinary size: 24 channels, some of them private, 13 roles, four people in voice channels. */
function furnish(discord: DiscordSimulator, name = 'Office') {
  const guild = discord.addGuild({ name });
  const roles = Array.from({ length: 12 }, (_, i) => guild.addRole(`Role ${i}`, ['ViewChannel', 'SendMessages']));
  for (const role of roles.slice(0, 4)) {
    const parent = guild.addCategory(`About ${role.name}`);
    const overwrites = [
      { for: guild.everyone, deny: ['ViewChannel'] },
      { for: role, allow: ['ViewChannel'] },
    ] as const;
    guild.addTextChannel('secrets ✨ </a>', { parent, overwrites });
    for (let i = 0; i < 3; i++) guild.addTextChannel(`text ${i}`, { parent });
    const ana = guild.addMember({ name: 'ana' });
    ana.setRoles([role]);
    ana.join(guild.addVoiceChannel('talk', { parent }));
  }
  return guild;
}

/** All that a client says of a server's channels and roles. */
function described(guild: Guild) {
  const people = [...guild.members.cache.values()];
  return {
    channels: guild.channels.cache.map((channel) => ({
      class: channel.constructor.name,
      json: channel.toJSON(),
      parent: channel.parent?.name,
      overwrites: channel.isThread() ? [] : channel.permissionOverwrites.cache.map((line) => line.toJSON()),
      permissions: people.map((member) => channel.permissionsFor(member).bitfield),
    })),
    roles: guild.roles.cache.map((role) => ({ json: role.toJSON(), bits: role.permissions.bitfield })),
    people: people.map((member) => [member.permissions.bitfield, member.roles.highest.name]),
  };
}

/** How many channels and roles of a server were made. */
function awakeIn(guild: Guild): number {
  const caches: unknown[] = [guild.channels.cache, guild.roles.cache];
  return caches.reduce(
    (sum: number, cache) => sum + (cache instanceof DormantCache ? [...cache.awake()].length : 0),
    0,
  );
}

/** The client in one furnished server, as the client and as Discord see it. */
async function office() {
  let simulated: SimulatedGuild | undefined;
  const it = await connected((discord) => {
    simulated = furnish(discord);
  });
  const [guild] = it.client.guilds.cache.values();
  if (!guild || !simulated) throw new Error('The client knows no server');
  return { ...it, guild, simulated };
}

/** Bytes of objects for each server, after a collection, in a process of its own. */
const SCRIPT = `
  import { quiet } from './src/core/log.ts';
  import { connectDiscord } from './src/discord/gateway/client.ts';
  const [apiUrl, token] = process.argv.slice(-2);
  const settled = async () => {
    for (let i = 0; i < 3; i++) {
      gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      await new Promise((resolve) => setImmediate(resolve));
    }
    return process.memoryUsage().heapUsed;
  };
  const first = await connectDiscord({ token, apiUrl, log: quiet }, new AbortController().signal); // code is compiled
  await first.destroy();
  first.guilds.cache.clear();
  first.channels.cache.clear();
  first.users.cache.clear();
  const before = await settled();
  const client = await connectDiscord({ token, apiUrl, log: quiet }, new AbortController().signal);
  console.log(((await settled()) - before) / client.guilds.cache.size);
  await client.destroy();
`;

describe('a server that nobody uses', () => {
  it('has no objects for its channels and roles', async () => {
    await using it = await office();
    const { guild } = it;
    expect([guild.channels.cache.size, guild.roles.cache.size, awakeIn(guild)]).toEqual([24, 14, 0]);
  });

  it('takes at most 15 kB, with 24 channels, 14 roles and four people in voice', async () => {
    await using discord = await startDiscord();
    for (let i = 0; i < 200; i++) furnish(discord, `Server ${i}`);
    const options = ['--expose-gc', '--input-type=module-typescript', '--eval', SCRIPT];
    const { stdout } = await promisify(execFile)(process.execPath, [...options, discord.apiUrl, discord.token]);
    expect(Number(stdout)).toBeGreaterThan(2_000); // it was counted
    expect(Number(stdout)).toBeLessThan(15_000); // 31,500 with objects for everything
  }, 30_000);

  it('stays so while people come and go in voice', async () => {
    await using it = await office();
    const left = once(it.client, Events.VoiceStateUpdate);
    [...it.simulated.members.values()].find(({ voice }) => voice)?.leave();
    await left;
    expect(awakeIn(it.guild)).toBe(0);
  });
});

describe('a server that somebody asks about', () => {
  it('answers as it does to a client that makes all objects at once', async () => {
    await using it = await office();
    const plain = new Client({ intents: it.client.options.intents, rest: { api: it.discord.apiUrl } });
    const isReady = once(plain, Events.ClientReady);
    await plain.login(it.discord.token);
    await isReady;
    const answer = described(it.guild);
    expect(answer.channels).toHaveLength(24);
    expect(answer).toEqual(described(plain.guilds.cache.first() ?? it.guild));
    await plain.destroy();
  });

  it('has one object for a channel, wherever it is asked for', async () => {
    await using it = await office();
    const { guild } = it;
    const [first = '', second = ''] = guild.channels.cache.keys();
    expect(guild.channels.cache.get(first)).toBe(it.client.channels.cache.get(first));
    expect(it.client.channels.cache.get(second)).toBe(guild.channels.cache.get(second));
    expect(awakeIn(guild)).toBe(2);
  });

  it('follows what Discord says of a channel that nobody had asked for', async () => {
    await using it = await office();
    const [channel] = it.simulated.channels.values();
    const updated = once(it.client, Events.ChannelUpdate);
    channel?.change({ name: 'renamed' });
    await updated;
    expect(it.client.channels.cache.get(channel?.id ?? '')).toMatchObject({ name: 'renamed' });
  });

  it('no longer has a channel that is deleted', async () => {
    await using it = await office();
    const [channel] = it.simulated.channels.values();
    const deleted = once(it.client, Events.ChannelDelete);
    channel?.delete();
    await deleted;
    expect([it.guild.channels.cache.size, it.client.channels.cache.has(channel?.id ?? '')]).toEqual([23, false]);
  });

  it('hides a private channel from those who may not see it', async () => {
    await using it = await office();
    const { guild } = it;
    const secret = guild.channels.cache.find(({ name }) => name.startsWith('secrets'));
    const sees = guild.members.cache.map((member) =>
      secret?.permissionsFor(member).has(PermissionFlagsBits.ViewChannel),
    );
    expect(sees.filter((each) => each)).toHaveLength(1); // of five: the bot has no role in it
  });
});

describe('threads that were archived hours ago', () => {
  it('are forgotten, and others stay; no channel wakes for that', async () => {
    await using it = await office();
    const text = [...it.simulated.channels.values()].find(({ name }) => name === 'text 0');
    const [owner] = it.simulated.members.values();
    if (!text || !owner) throw new Error('The office has no text channel');
    const created = once(it.client, Events.ThreadCreate);
    const old = text.startThread('old', { owner: owner.user });
    await created;
    const createdToo = once(it.client, Events.ThreadCreate);
    const busy = text.startThread('busy', { owner: owner.user });
    await createdToo;
    const archived = once(it.client, Events.ThreadUpdate);
    old.archived = true;
    old.updated();
    await archived;
    const awake = awakeIn(it.guild);
    expect(it.client.options.sweepers?.threads).toMatchObject({ interval: 3_600 });
    const { threads } = it.client.options.sweepers ?? {};
    if (threads && 'filter' in threads) threads.filter();
    expect([old, busy].map(({ id }) => it.client.channels.cache.has(id))).toEqual([false, true]);
    expect([old, busy].map(({ id }) => it.guild.channels.cache.has(id))).toEqual([false, true]);
    expect(awakeIn(it.guild)).toBe(awake - 1);
  });
});

describe('a server that comes back after an outage', () => {
  it('sleeps again, except for what somebody had asked for, and is as Discord says now', async () => {
    await using it = await office();
    const { guild } = it;
    const { simulated } = it;
    const [first, second, third] = simulated.channels.values();
    const held = it.client.channels.cache.get(first?.id ?? '');
    const gone = once(it.client, Events.GuildUnavailable);
    simulated.setAvailable(false);
    await gone;
    first?.change({ name: 'renamed meanwhile' }); // nobody is told of a server that cannot be reached
    simulated.channels.delete(second?.id ?? '');
    const back = once(it.client, Events.GuildAvailable);
    simulated.setAvailable(true);
    await back;
    expect(awakeIn(guild)).toBe(1);
    expect(it.client.channels.cache.get(first?.id ?? '')).toBe(held);
    expect(held).toMatchObject({ name: 'renamed meanwhile' });
    expect(it.client.channels.cache.has(second?.id ?? '')).toBe(false);
    expect(it.client.channels.cache.get(third?.id ?? '')).toMatchObject({ name: third?.name });
    expect(guild.channels.cache.size).toBe(23);
  });

  it('leaves nothing behind when the bot is put out of it', async () => {
    await using it = await office();
    const left = once(it.client, Events.GuildDelete);
    it.simulated.remove();
    await left;
    expect([it.client.guilds.cache.size, it.client.channels.cache.size]).toEqual([0, 0]);
  });
});
