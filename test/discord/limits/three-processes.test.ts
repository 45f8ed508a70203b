import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { noMetrics } from '../../../src/core/ports/metrics.ts';
import { connectDiscord } from '../../../src/discord/gateway/client.ts';
import { SharedRequests } from '../../../src/discord/limits/requests.ts';
import { failureOf } from '../../../src/discord/messages/failure.ts';
import { mayWait } from '../../../src/discord/messages/importance.ts';
import { MessageApi } from '../../../src/discord/messages/message-api.ts';
import { openRedis } from '../../../src/redis/client.ts';
import { RedisLimits } from '../../../src/redis/redis-limits.ts';
import { hasRedisServer, startRedisServer } from '../../redis/support/server.ts';
import { type Channel, type DiscordSimulator, startDiscord } from '../../simulators/discord/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const PROCESSES = 3;
const EDITED = 95; // channels of each process in which a message grows
const EDIT_EVERY_MS = 1_000;
const FINAL_EVERY_MS = 200;
const FOR_MS = 8_000;
const { signal } = new AbortController();

/** Three processes of one bot: each with a client, a connection to Redis and limits of its own. */
async function fleet() {
  const stack = new AsyncDisposableStack();
  const discord = stack.use(await startDiscord());
  const guild = discord.addGuild({ name: 'Café' });
  const server = stack.use(await startRedisServer());
  const processes = [];
  for (let index = 0; index < PROCESSES; index += 1) {
    const redis = stack.use(await openRedis(server.url, quiet));
    const { token, apiUrl } = discord;
    const limits = new RedisLimits({ redis, token, address: 'here', members: () => PROCESSES });
    const requests = new SharedRequests(limits, noMetrics.discord);
    const client = await connectDiscord({ token, apiUrl, log: quiet, through: requests.through }, signal);
    stack.defer(() => client.destroy());
    const growing = Array.from({ length: EDITED }, (_, n) => guild.addTextChannel(`growing-${index}-${n}`));
    const finals = Array.from({ length: 20 }, (_, n) => guild.addTextChannel(`finals-${index}-${n}`));
    processes.push({ client, requests, growing, finals });
  }
  return { discord, server, processes, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

interface Wanted {
  readonly growing: readonly Channel[];
  readonly finals: readonly Channel[];
}

/** Wants 95 edits and 5 finals a second. @returns how long each final took */
async function work(client: Client, discord: DiscordSimulator, { growing, finals }: Wanted) {
  const api = new MessageApi(client);
  const over = AbortSignal.timeout(FOR_MS);
  const editing = growing.map(async (channel, index) => {
    const { id } = channel.add({ author: discord.world.bot, content: 'a' });
    await delay((index / growing.length) * EDIT_EVERY_MS);
    for (let text = 'a'; !over.aborted; text += 'a') {
      const edit = mayWait(() => api.edit(channel.id, id, { content: text }, signal)).catch((error: unknown) => {
        expect(['crowded out', 'rate limited']).toContain(failureOf(error).kind);
      });
      await Promise.all([edit, delay(EDIT_EVERY_MS)]);
    }
  });
  const waits: Promise<number>[] = [];
  for (let n = 0; !over.aborted; n += 1) {
    const sentMs = performance.now();
    const channel = finals[n % finals.length]?.id ?? '';
    const posted = api.create(channel, { content: `final ${n}`, nonce: `${n}` }, signal);
    const waited = posted.then(() => performance.now() - sentMs);
    waited.catch(() => {}); // told below
    waits.push(waited);
    await delay(FINAL_EVERY_MS);
  }
  await Promise.all(editing);
  return await Promise.all(waits);
}

function editsOf(discord: DiscordSimulator): number {
  return discord.rest.seen.filter(({ method, status }) => method === 'PATCH' && status === 200).length;
}

describe.skipIf(!(await hasRedisServer()))('three processes that want 300 requests a second', inRealTime, () => {
  it('send no more than fifty together, finals before edits', async () => {
    await using it = await fleet();
    const { discord, processes } = it;
    const all = (await Promise.all(processes.map(({ client, ...wanted }) => work(client, discord, wanted)))).flat();
    const crowdedOut = processes.reduce((sum, { requests }) => sum + requests.takeReport().crowdedOut, 0);
    expect(discord.rest.busiestSecond('token')).toBeLessThanOrEqual(50);
    expect(discord.violations).toEqual([]);
    expect(all.length).toBeGreaterThan((PROCESSES * FOR_MS) / FINAL_EVERY_MS / 2);
    expect(Math.max(...all)).toBeLessThan(3_000);
    expect(editsOf(discord)).toBeGreaterThan(30);
    expect(crowdedOut).toBeGreaterThan(500);
  });

  it.each(['stop', 'freeze'] as const)(
    'keep to that when Redis goes away, and when it comes back (%s)',
    async (fault) => {
      await using it = await fleet();
      const { discord, processes, server } = it;
      const working = processes.map(({ client, ...wanted }) => work(client, discord, wanted));
      await delay(FOR_MS / 4);
      await server[fault]();
      await delay(FOR_MS / 2);
      await (fault === 'stop' ? server.start() : server.thaw());
      const all = (await Promise.all(working)).flat();
      expect(discord.rest.busiestSecond('token')).toBeLessThanOrEqual(55);
      expect(discord.violations.length).toBeLessThanOrEqual(5); // refused for coming too early
      expect(Math.max(...all)).toBeLessThan(3_000);
    },
  );
});
