import { once } from 'node:events';
import { connect } from 'node:net';
import { type Client, Events, type SendableChannels, SlashCommandBuilder } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel, DiscordSimulator, Guild } from '../../simulators/discord/index.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();

let sim: DiscordSimulator;
let guild: Guild;
let text: Channel;
let bot: Client<true>;
let channel: SendableChannels;

beforeEach(async () => {
  sim = await discord({ resumeWithinMs: 50 });
  guild = sim.addGuild({ name: 'Café' });
  text = guild.addTextChannel('general');
  bot = await login(sim);
  const known = bot.channels.cache.get(text.id);
  if (!known?.isSendable()) throw new Error('The client does not know the channel');
  channel = known;
});

describe('a request that goes wrong', () => {
  it('is tried again by discord.js after a 500', async () => {
    sim.rest.failNext({ method: 'POST', path: '/channels/', with: { status: 500 } });
    await channel.send('x');
    expect(text.messages).toHaveLength(1);
    expect(sim.rest.seen.slice(-2).map(({ status }) => status)).toEqual([500, 200]);
  });

  it('that is given up half-way is nobody’s fault', async () => {
    const { port, hostname } = new URL(sim.apiUrl);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write('POST /api/v10/channels/1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    socket.destroy();
    await once(socket, 'close');
    await channel.send('x');
    expect(sim.violations).toEqual([]);
  });

  it('whose answer alone is lost doubles a message, unless its nonce is enforced', async () => {
    const lost = { method: 'POST', path: '/channels/', with: { status: 502 }, butDoIt: true } as const;
    sim.rest.failNext(lost);
    await channel.send('twice');
    sim.rest.failNext(lost);
    await channel.send({ content: 'once', nonce: '1', enforceNonce: true });
    expect(text.messages.map((message) => message.content)).toEqual(['twice', 'twice', 'once']);
  });

  it('can be a cut connection', async () => {
    sim.rest.failNext({ path: '/users/@me', with: 'reset' });
    const answer = fetch(`${sim.apiUrl}/v10/users/@me`, { headers: { authorization: `Bot ${sim.token}` } });
    await expect(answer).rejects.toThrow('fetch failed');
  });

  it('can hang until its sender gives up', async () => {
    sim.rest.failNext({ path: '/users/@me', with: 'hang' });
    const answer = fetch(`${sim.apiUrl}/v10/users/@me`, {
      headers: { authorization: `Bot ${sim.token}` },
      signal: AbortSignal.timeout(100),
    });
    await expect(answer).rejects.toThrow('timeout');
  });

  it('can be late', async () => {
    sim.rest.failNext({ path: '/channels/', with: { delayMs: 100 } });
    const before = performance.now();
    await channel.send('x');
    expect(performance.now() - before).toBeGreaterThanOrEqual(99);
  });

  it('can meet a limit that others used up', async () => {
    sim.rest.failNext({ path: '/channels/', with: { status: 429, retryAfterMs: 1_000 } });
    const statuses: number[] = [];
    bot.rest.on('response', (_, response) => statuses.push(response.status));
    await channel.send('x');
    expect(statuses).toEqual([429, 200]);
    expect(sim.rateLimited).toBe(0);
  });

  it('is counted with its route, never with its ids, and with the server that it is for', async () => {
    await channel.send('x');
    expect(sim.rest.seen.at(-1)).toMatchObject({ method: 'POST', route: '/channels/:channel/messages', status: 200 });
    expect(sim.rest.seen.at(-1)?.guildId).toBe(guild.id);
  });
});

describe('a world with trouble', () => {
  it('has a server that is away and comes back', async () => {
    const away = Promise.withResolvers<void>();
    bot.once(Events.GuildUnavailable, () => away.resolve());
    guild.setAvailable(false);
    await away.promise;
    const back = Promise.withResolvers<void>();
    bot.once(Events.GuildAvailable, () => back.resolve());
    guild.setAvailable(true);
    await back.promise;
    expect(bot.guilds.cache.get(guild.id)?.available).toBe(true);
  });

  it('forgets a session that nobody resumes, and the bot is out of voice', async () => {
    const voice = guild.addVoiceChannel('Talk');
    const seated = Promise.withResolvers<void>();
    bot.once(Events.VoiceStateUpdate, () => seated.resolve());
    const d = { guild_id: guild.id, channel_id: voice.id, self_mute: true, self_deaf: false };
    bot.guilds.cache.get(guild.id)?.shard.send({ op: 4, d });
    await seated.promise;
    sim.gateway.drop(); // the client needs longer than 50 ms to come back
    await expect.poll(() => guild.bot.voice).toBeUndefined();
  });

  it('has people who use commands in direct messages, where the command allows it', async () => {
    const ana = guild.addMember({ name: 'ana' });
    const hello = new SlashCommandBuilder().setName('hello').setDescription('Hello');
    await bot.application.commands.set([hello, { name: 'here', description: 'Here', contexts: [0] }]);
    bot.on(Events.InteractionCreate, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply(String(interaction.inGuild()));
    });
    const direct = sim.directMessages(ana);
    expect((await ana.command('hello', {}, { channel: direct })).content).toBe('false');
    await expect(ana.command('here', {}, { channel: direct })).rejects.toThrow('in servers only');
  });

  it('rejects who still waits when it ends', async () => {
    const waiting = text.waitFor(() => false);
    const [ended] = await Promise.allSettled([waiting, sim.close()]);
    expect(ended).toMatchObject({ reason: { message: 'The simulator was closed' } });
  });
});
