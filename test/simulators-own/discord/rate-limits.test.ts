import { describe, expect, it } from 'vitest';
import { Webhook } from '../../simulators/discord/world/webhook.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();

describe.concurrent('rate limits', () => {
  it('are kept by discord.js, which is never refused', async () => {
    const sim = await discord();
    const text = sim.addGuild({ name: 'Café' }).addTextChannel('general');
    const channel = (await login(sim)).channels.cache.get(text.id);
    if (!channel?.isSendable()) throw new Error('The client does not know the channel');
    const numbers = Array.from({ length: 7 }, (_, index) => String(index));
    await Promise.all(numbers.map((number) => channel.send(number)));
    expect(text.messages.map((message) => message.content)).toEqual(numbers);
    expect(sim.rateLimited).toBe(0);
    const [first, , , , , sixth] = text.messages;
    expect((sixth?.createdAtMs ?? 0) - (first?.createdAtMs ?? 0)).toBeGreaterThanOrEqual(4_900);
  });

  it('refuse who does not look at them, and say when to come again', async () => {
    const sim = await discord();
    const text = sim.addGuild({ name: 'Café' }).addTextChannel('general');
    const post = async () =>
      await fetch(`${sim.apiUrl}/v10/channels/${text.id}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${sim.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ content: 'x' }),
      });
    const accepted: Response[] = [];
    for (let index = 0; index < 5; index += 1) accepted.push(await post());
    expect(accepted.map((response) => response.headers.get('x-ratelimit-remaining'))).toEqual([
      '4',
      '3',
      '2',
      '1',
      '0',
    ]);
    const refused = await post();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ global: false, retry_after: expect.any(Number) });
    expect(Number(refused.headers.get('x-ratelimit-reset-after'))).toBeGreaterThan(4);
    expect(sim.rateLimited).toBe(1);
    expect(text.messages).toHaveLength(5);
  });

  it('of webhook messages are 30 a minute in a channel, over all its webhooks', async () => {
    const sim = await discord();
    const text = sim.addGuild({ name: 'Café' }).addTextChannel('general');
    const webhooks = Array.from({ length: 7 }, () => new Webhook(text, sim.world.bot, 'Parley'));
    const posts = webhooks.flatMap(({ id, token }) =>
      Array.from({ length: 5 }, async () => {
        const headers = { 'content-type': 'application/json' };
        const url = `${sim.apiUrl}/v10/webhooks/${id}/${token}`;
        return await fetch(url, { method: 'POST', headers, body: JSON.stringify({ content: 'x' }) });
      }),
    );
    const refused = (await Promise.all(posts)).filter(({ status }) => status === 429);
    expect(refused.map(({ headers }) => headers.get('x-ratelimit-scope'))).toEqual(Array(5).fill('shared'));
    expect(text.messages).toHaveLength(30);
  });

  it('of edits of old messages hold for those that were there when time leapt, and for none of the same millisecond after it', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const text = guild.addTextChannel('general');
    const ana = guild.addMember({ name: 'Ana' });
    const { limits } = sim.rest;
    limits.oldEdits = { count: 0, perMs: 30_000 };
    const before = ana.write(text, 'before');
    limits.age(2 * 3_600_000);
    const after = ana.write(text, 'after');
    expect(limits.judgeEdit(before, text.id)?.refusal).toMatchObject({ code: 30_046 });
    expect(limits.judgeEdit(after, text.id)).toBeUndefined();
  });

  it('of the whole bot are 50 a second', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const channels = Array.from({ length: 60 }, (_, index) => guild.addTextChannel(`c${index}`));
    const responses = await Promise.all(
      channels.map(
        async ({ id }) =>
          await fetch(`${sim.apiUrl}/v10/channels/${id}`, { headers: { authorization: `Bot ${sim.token}` } }),
      ),
    );
    const refused = responses.filter((response) => response.status === 429);
    expect(refused).toHaveLength(10);
    expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true');
    await Promise.all(responses.map((response) => response.arrayBuffer()));
  });
});
