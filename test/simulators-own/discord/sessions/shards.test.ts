import { Events, GatewayIntentBits, ShardClientUtil, SlashCommandBuilder } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { shardIdOf } from '../../../simulators/discord/gateway/shard.ts';
import type { DiscordSimulator, Guild } from '../../../simulators/discord/index.ts';
import { bots, INTENTS } from '../bot.ts';
import { field, RawSession } from './raw-session.ts';

const { discord, login } = bots();

/** Two servers, one on each of two shards. */
async function twoServers(): Promise<{ sim: DiscordSimulator; zero: Guild; one: Guild }> {
  const sim = await discord();
  const zero = sim.addGuild({ name: 'Zero', shard: [0, 2] });
  const one = sim.addGuild({ name: 'One', shard: [1, 2] });
  return { sim, zero, one };
}

describe('the shard of a server', () => {
  it.each([1, 2, 3, 16, 64, 1_000])('is the one that discord.js reckons, of %i shards', (count) => {
    const ids = ['4194303', '4194304', '81384788765712384', '1443900000000000000', '18446744073709551615'];
    const reckoned = ids.map((id) => ShardClientUtil.shardIdForGuildId(id, count));
    expect(ids.map((id) => shardIdOf(id, count))).toEqual(reckoned);
  });

  it.each([0, 1, 2, 3])('can be chosen: %i of 4', async (id) => {
    const sim = await discord();
    const guilds = ['a', 'b', 'c'].map((name) => sim.addGuild({ name, shard: [id, 4] }));
    expect(guilds.map((guild) => shardIdOf(guild.id, 4))).toEqual([id, id, id]);
    expect(new Set(guilds.map((guild) => guild.id)).size).toBe(3);
  });
});

describe.concurrent('a session of a shard', () => {
  it('is told its shard, and of the servers of its shard only', async ({ expect }) => {
    const { sim, one } = await twoServers();
    const session = await RawSession.identify(sim, [1, 2]);
    const ready = await session.event('READY');
    expect(field(ready, 'shard')).toEqual([1, 2]);
    expect(field(ready, 'guilds')).toEqual([{ id: one.id, unavailable: true }]);
    expect(field(await session.event('GUILD_CREATE'), 'id')).toBe(one.id);
  });

  it('without a shard hears of every server', async ({ expect }) => {
    const { sim, zero, one } = await twoServers();
    const bot = await login(sim);
    expect([...bot.guilds.cache.keys()].sort()).toEqual([zero.id, one.id].sort());
  });

  it('is what a discord.js client of one shard logs in with', async ({ expect }) => {
    const { sim, zero, one } = await twoServers();
    const first = await login(sim, INTENTS, { shards: [0], shardCount: 2 });
    const second = await login(sim, INTENTS, { shards: [1], shardCount: 2 });
    expect([...first.guilds.cache.keys()]).toEqual([zero.id]);
    expect([...second.guilds.cache.keys()]).toEqual([one.id]);
    expect(second.guilds.cache.get(one.id)?.shardId).toBe(1);
    expect(sim.violations).toEqual([]);
  });

  it('hears what happens in its servers, and of no other', async ({ expect }) => {
    const { sim, zero, one } = await twoServers();
    const intents = [...INTENTS, GatewayIntentBits.GuildMessages];
    const bot = await login(sim, intents, { shards: [0], shardCount: 2 });
    const heard: string[] = [];
    bot.on(Events.ChannelCreate, (channel) => heard.push(channel.name));
    bot.on(Events.MessageCreate, (message) => heard.push(message.guildId ?? ''));
    bot.on(Events.GuildCreate, (guild) => heard.push(guild.name));
    one.owner.write(one.addTextChannel('not heard'), 'nor this');
    one.addMember({ name: 'ana' }).join(one.addVoiceChannel('nor this channel'));
    sim.addGuild({ name: 'nor this server', shard: [1, 2] });
    sim.addGuild({ name: 'another', shard: [0, 2] });
    const done = new Promise<void>((resolve) => bot.on(Events.MessageCreate, () => resolve()));
    zero.owner.write(zero.addTextChannel('heard'), 'x');
    await done;
    expect(heard).toEqual(['another', 'heard', zero.id]);
  });

  it('hears of direct messages only when it is the first', async ({ expect }) => {
    const { sim, zero, one } = await twoServers();
    const sessions = await Promise.all([RawSession.identify(sim, [0, 2]), RawSession.identify(sim, [1, 2])]);
    await Promise.all(sessions.map((session) => session.event('READY')));
    const direct = { id: '1', type: 2, token: 'x', channel_id: sim.directMessages(zero.owner).id };
    sim.world.publish('INTERACTION_CREATE', 0, direct);
    await sessions[0].event('INTERACTION_CREATE');
    one.addTextChannel('told afterwards');
    await sessions[1].event('CHANNEL_CREATE');
    expect(sessions[1].names).not.toContain('INTERACTION_CREATE');
  });

  it('may stand beside sessions of another count, as while shards are split', async ({ expect }) => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café', shard: [3, 4] });
    const before = await RawSession.identify(sim, [1, 2]);
    const after = await RawSession.identify(sim, [3, 4]);
    const other = await RawSession.identify(sim, [1, 4]);
    await Promise.all([before, after, other].map((session) => session.event('READY')));
    guild.addTextChannel('general');
    await Promise.all([before.event('CHANNEL_CREATE'), after.event('CHANNEL_CREATE')]);
    expect(other.names).toEqual(['READY']);
  });

  it('is ignored when it asks for a server of another shard', async ({ expect }) => {
    const { sim, zero, one } = await twoServers();
    const talk = one.addVoiceChannel('Talk');
    const session = await RawSession.identify(sim, [0, 2]);
    session.send(4, { guild_id: one.id, channel_id: talk.id, self_mute: true, self_deaf: false });
    session.send(8, { guild_id: one.id, user_ids: [one.owner.id] });
    session.send(8, { guild_id: zero.id, user_ids: [zero.owner.id] });
    expect(field(await session.event('GUILD_MEMBERS_CHUNK'), 'guild_id')).toBe(zero.id);
    expect(one.bot.voice).toBeUndefined();
    const violation = 'Shard 0 of 2 asked for a server of another shard';
    expect(sim.violations).toEqual([violation, violation]);
  });

  it.each([
    [2, 2],
    [-1, 2],
    [0, 0],
  ] as const)('that does not exist is closed with 4010: %i of %i', async (id, count) => {
    const sim = await discord();
    const session = await RawSession.identify(sim, [id, count]);
    expect(await session.closed()).toBe(4010);
  });
});

describe.concurrent('several sessions of one shard', () => {
  it('all hear of everything', async ({ expect }) => {
    const { sim, one } = await twoServers();
    const bots = await Promise.all([1, 2].map(() => login(sim, INTENTS, { shards: [1], shardCount: 2 })));
    const heard = bots.map((bot) => new Promise((resolve) => bot.once(Events.ChannelCreate, ({ id }) => resolve(id))));
    const { id } = one.addTextChannel('general');
    expect(await Promise.all(heard)).toEqual([id, id]);
    expect([...sim.gateway.sessions.values()].map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(sim.violations).toEqual([]);
  });

  it('lose only the one that says goodbye with 1000', async ({ expect }) => {
    const { sim, one } = await twoServers();
    const [leaving, staying] = await Promise.all([1, 2].map(() => login(sim, INTENTS, { shards: [1], shardCount: 2 })));
    await leaving?.destroy();
    await expect.poll(() => sim.gateway.sessions.size).toBe(1);
    const heard = new Promise((resolve) => staying?.once(Events.ChannelCreate, ({ name }) => resolve(name)));
    one.addTextChannel('general');
    expect(await heard).toBe('general');
  });

  it('let the bot sit on when another than the one it sits by ends, and leave when it is that one', async ({
    expect,
  }) => {
    const { sim, one } = await twoServers();
    const talk = one.addVoiceChannel('Talk');
    const [seated, idle] = [await RawSession.identify(sim, [1, 2]), await RawSession.identify(sim, [1, 2])];
    await Promise.all([seated.event('READY'), idle.event('READY')]);
    seated.send(4, { guild_id: one.id, channel_id: talk.id, self_mute: true, self_deaf: false });
    await idle.event('VOICE_STATE_UPDATE');
    idle.close(1000);
    await expect.poll(() => sim.gateway.sessions.size).toBe(1);
    expect(one.bot.voice?.channel).toBe(talk);
    seated.close(1000);
    await expect.poll(() => one.bot.voice).toBeUndefined();
  });

  it('are all told of an interaction; the second that acknowledges is refused with 40060', async ({ expect }) => {
    const { sim, one } = await twoServers();
    const text = one.addTextChannel('general');
    const bots = await Promise.all([1, 2].map(() => login(sim, INTENTS, { shards: [1], shardCount: 2 })));
    const stranger = await RawSession.identify(sim, [0, 2]);
    await stranger.event('READY');
    const hello = new SlashCommandBuilder().setName('hello').setDescription('Hello');
    await bots[0]?.application.commands.set([hello]);
    const codes = bots.map(
      (bot) =>
        new Promise((resolve) =>
          bot.on(Events.InteractionCreate, async (interaction) => {
            if (!interaction.isChatInputCommand()) return;
            await interaction.reply('hello').then(
              () => resolve('answered'),
              (error) => resolve(error.code),
            );
          }),
        ),
    );
    const reply = await one.addMember({ name: 'ana' }).command('hello', {}, { channel: text });
    expect(reply.content).toBe('hello');
    expect((await Promise.all(codes)).map(String).sort()).toEqual(['40060', 'answered']);
    expect(text.messages).toHaveLength(1);
    expect(stranger.names).not.toContain('INTERACTION_CREATE');
    expect(sim.violations).toEqual(['An interaction was acknowledged twice']);
  });
});
