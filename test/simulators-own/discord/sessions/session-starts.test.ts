import { Events } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { SessionStarts } from '../../../simulators/discord/gateway/session-starts.ts';
import type { DiscordSimulator } from '../../../simulators/discord/index.ts';
import { bots, INTENTS } from '../bot.ts';
import { RawSession } from './raw-session.ts';

const { discord, login, newClient } = bots();

async function gatewayBot(sim: DiscordSimulator): Promise<unknown> {
  const response = await fetch(`${sim.apiUrl}/v10/gateway/bot`, { headers: { authorization: `Bot ${sim.token}` } });
  return await response.json();
}

const TOO_EARLY = (shard: number) => `An identify came too early after another of its bucket: shard ${shard}`;

describe('identifies', () => {
  it.each([
    { of: 'one bucket', maxConcurrency: 1, shards: [0, 1], verdicts: ['welcome', 'too early'] },
    { of: 'different buckets', maxConcurrency: 2, shards: [0, 1], verdicts: ['welcome', 'welcome'] },
    { of: 'the same bucket', maxConcurrency: 2, shards: [0, 1, 2], verdicts: ['welcome', 'welcome', 'too early'] },
    { of: 'the same shard', maxConcurrency: 16, shards: [5, 5], verdicts: ['welcome', 'too early'] },
  ])('of $of: $verdicts', ({ maxConcurrency, shards, verdicts }) => {
    const starts = new SessionStarts({ left: 10, maxConcurrency, identifyEveryMs: 5_000 });
    expect(shards.map((shard) => starts.take(shard))).toEqual(verdicts);
    expect(starts.json()).toMatchObject({ remaining: 10 - shards.length });
  });

  it('are welcome at any time where it does not matter', () => {
    const starts = new SessionStarts({ left: 2, maxConcurrency: 1, identifyEveryMs: 0 });
    expect([starts.take(0), starts.take(0), starts.take(0)]).toEqual(['welcome', 'welcome', 'none left']);
  });

  it('are told of with the number of shards that Discord recommends', async () => {
    const sim = await discord({ recommendedShards: 2, sessionStartsLeft: 900, maxConcurrency: 16 });
    await login(sim, INTENTS, { shards: [0], shardCount: 2 });
    const limit = { total: 1_000, remaining: 899, reset_after: 60_000, max_concurrency: 16 };
    expect(await gatewayBot(sim)).toEqual({ url: sim.gateway.url, shards: 2, session_start_limit: limit });
  });

  it('do not count when they are resumes', async () => {
    const sim = await discord({ sessionStartsLeft: 900 });
    const bot = await login(sim);
    const resumed = new Promise((resolve) => bot.once(Events.ShardResume, resolve));
    sim.gateway.drop();
    await resumed;
    expect(await gatewayBot(sim)).toMatchObject({ session_start_limit: { remaining: 899 } });
  });
});

describe.concurrent('an identify that comes too early', () => {
  it('is answered with op 9, and begins no session', async ({ expect }) => {
    const sim = await discord({ identifyEveryMs: 5_000 });
    await (await RawSession.identify(sim, [0, 2])).event('READY');
    const early = await RawSession.identify(sim, [1, 2]);
    expect(await early.next(({ op }) => op === 9)).toMatchObject({ d: false });
    expect(sim.violations).toEqual([TOO_EARLY(1)]);
    expect(sim.gateway.sessions.size).toBe(1);
  });

  it('never comes from discord.js, which starts one shard of a bucket after the other', { timeout: 20_000 }, async ({
    expect,
  }) => {
    const sim = await discord({ identifyEveryMs: 4_000, maxConcurrency: 2, recommendedShards: 3 });
    const guilds = [0, 1, 2].map((id) => sim.addGuild({ name: `Server ${id}`, shard: [id, 3] }));
    const bot = await login(sim, INTENTS, { shards: 'auto' });
    expect([...bot.guilds.cache.keys()].sort()).toEqual(guilds.map(({ id }) => id).sort());
    expect(sim.gateway.sessions.size).toBe(3);
    expect(sim.violations).toEqual([]);
  });

  it('makes discord.js identify again', { timeout: 20_000 }, async ({ expect }) => {
    const sim = await discord({ identifyEveryMs: 4_500 });
    await login(sim, INTENTS, { shards: [0], shardCount: 2 });
    const second = await login(sim, INTENTS, { shards: [1], shardCount: 2 });
    expect(second.isReady()).toBe(true);
    expect(sim.violations).toEqual([TOO_EARLY(1)]);
    expect(sim.gateway.count.identifies).toBe(3);
  });
});

describe('one identify more than a day allows', () => {
  it('ends every session, takes the bot out of voice, and makes the token worthless', async () => {
    const sim = await discord({ sessionStartsLeft: 1 });
    const guild = sim.addGuild({ name: 'Café' });
    const talk = guild.addVoiceChannel('Talk');
    const before = sim.token;
    const first = await RawSession.identify(sim);
    first.send(4, { guild_id: guild.id, channel_id: talk.id, self_mute: true, self_deaf: false });
    await first.event('VOICE_STATE_UPDATE');
    const closed = first.closed();
    const second = await RawSession.identify(sim);
    expect(await Promise.all([closed, second.closed()])).toEqual([4004, 4004]);
    expect(guild.bot.voice).toBeUndefined();
    expect(sim.gateway.sessions.size).toBe(0);
    expect(sim.violations).toEqual(['More sessions were started than Discord allows a day: the token was reset']);
    expect(sim.token).not.toBe(before);
    await expect(newClient(sim).login(before)).rejects.toThrow('An invalid token was provided');
  });
});
