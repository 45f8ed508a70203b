import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { busiestSecond } from '../../simulators/discord/rest/global-limits.ts';
import { Webhook } from '../../simulators/discord/world/webhook.ts';
import { bots } from './bot.ts';

const { discord } = bots();

/** A GET from one of the machine's loopback addresses; `token` when it is to be sent. */
async function getFrom(localAddress: string, url: string, token?: string): Promise<IncomingMessage> {
  const headers = token === undefined ? {} : { authorization: `Bot ${token}` };
  const sent = request(url, { localAddress, headers, agent: false }).end();
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (response === undefined) throw new Error('There was no response');
  response.resume();
  await once(response, 'end');
  return response;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() }); // on a busy machine sixty requests may need longer than a second
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the limit of 50 requests a second', () => {
  it('of a token is one for all processes of the bot', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const urls = Array.from({ length: 60 }, (_, index) => {
      return `${sim.apiUrl}/v10/channels/${guild.addTextChannel(`c${index}`).id}`;
    });
    const responses = await Promise.all(
      urls.map((url, index) => getFrom(`127.0.0.${2 + (index % 3)}`, url, sim.token)),
    );
    const refused = responses.filter(({ statusCode }) => statusCode === 429);
    expect(refused).toHaveLength(10);
    expect(refused[0]?.headers).toMatchObject({ 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' });
    expect(sim.rest.limits.global.counts.get('token')).toMatchObject({ accepted: 50, refused: 10 });
    expect(sim.rest.busiestSecond('token')).toBe(60);
    expect(sim.rateLimited).toBe(10);
    expect(new Set(sim.rest.seen.map(({ address }) => address)).size).toBe(3);
  });

  it('of requests without a token is one for each address', async () => {
    const sim = await discord({ limitsAddresses: true });
    const guild = sim.addGuild({ name: 'Café' });
    const webhooks = Array.from({ length: 70 }, () => new Webhook(guild.addTextChannel('c'), sim.world.bot, 'Parley'));
    const responses = await Promise.all(
      webhooks.map(({ id, token }, index) =>
        getFrom(index < 60 ? '127.0.0.2' : '127.0.0.3', `${sim.apiUrl}/v10/webhooks/${id}/${token}`),
      ),
    );
    const refused = responses.filter(({ statusCode }) => statusCode === 429);
    expect(refused).toHaveLength(10);
    expect(refused[0]?.headers).toMatchObject({ 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' });
    expect(sim.rest.limits.global.counts.get('127.0.0.2')).toMatchObject({ accepted: 50, refused: 10 });
    expect(sim.rest.limits.global.counts.get('127.0.0.3')).toMatchObject({ accepted: 10, refused: 0 });
    expect(sim.rest.limits.global.counts.has('token')).toBe(false);
    expect(sim.violations).toHaveLength(10);
  });

  it('holds for answers to interactions, by the address alone', async () => {
    const sim = await discord({ limitsAddresses: true });
    const answers = Array.from({ length: 55 }, async (_, index) => {
      const headers = index < 3 ? { authorization: `Bot ${sim.token}` } : undefined;
      const url = `${sim.apiUrl}/v10/interactions/${index}/none/callback`;
      return (await fetch(url, { method: 'POST', ...(headers === undefined ? {} : { headers }) })).status;
    });
    const statuses = await Promise.all(answers);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    expect(sim.rest.limits.global.counts.get('127.0.0.1')).toMatchObject({ accepted: 50, refused: 2 });
    expect(sim.rest.limits.global.counts.has('token')).toBe(false);
  });
});

describe('requests without a token', () => {
  it('are not counted unless a test asks for it', async () => {
    const sim = await discord();
    const asked = Array.from({ length: 60 }, () => getFrom('127.0.0.2', `${sim.apiUrl}/v10/gateway`));
    expect((await Promise.all(asked)).every(({ statusCode }) => statusCode === 200)).toBe(true);
    expect(sim.violations).toEqual([]);
  });
});

describe('who was refused', () => {
  it('is let in again when the second is over', async () => {
    const sim = await discord({ limitsAddresses: true });
    const url = `${sim.apiUrl}/v10/gateway`;
    const ask = async (count: number) => {
      const responses = await Promise.all(Array.from({ length: count }, () => getFrom('127.0.0.2', url)));
      return responses.filter(({ statusCode }) => statusCode === 200).length;
    };
    expect(await ask(51)).toBe(50);
    vi.setSystemTime(Date.now() + 999);
    expect(await ask(1)).toBe(0);
    vi.setSystemTime(Date.now() + 1);
    expect(await ask(51)).toBe(50);
    expect(sim.rest.limits.global.counts.get('127.0.0.2')).toMatchObject({ accepted: 100, refused: 3 });
  });
});

describe('the busiest second', () => {
  it.each([
    { moments: [], most: 0 },
    { moments: [5], most: 1 },
    { moments: [0, 999], most: 2 },
    { moments: [0, 1_000], most: 1 },
    { moments: [2_000, 0, 1_500, 999, 2_100], most: 3 },
    { moments: [0, 0, 0, 1_000, 1_000], most: 3 },
  ])('of $moments holds $most', ({ moments, most }) => {
    expect(busiestSecond(moments)).toBe(most);
  });
});
