import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ShownPerson } from '../../src/web/browser/wire.ts';
import { Visitor } from '../pages/support/visitor.ts';
import { hasRedisServer, startRedisServer } from '../redis/support/server.ts';
import { startDiscord } from '../simulators/discord/index.ts';
import { makeCertificate } from '../simulators/discord/voice/index.ts';
import { startPalabra } from '../simulators/palabra/index.ts';
import { answersPostgres, makeDatabase } from '../storage/support/postgres.ts';
import { startParley } from '../support/parley.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { follow } from '../web/live/support/served.ts';

const PUBLIC_URL = 'http://127.0.0.1:1'; // of a proxy that spreads requests over both
const canRun = (await answersPostgres()) && (await hasRedisServer());

type Address = (path: string) => string;

/** Two whole bots, one of which serves the server, and a meeting in it. */
async function twoBots() {
  const stack = new AsyncDisposableStack();
  onTestFinished(() => stack.disposeAsync());
  const certificate = stack.use(await makeCertificate());
  const discord = stack.use(await startDiscord({ voice: { certificate } }));
  const palabra = await startPalabra();
  stack.defer(() => palabra.close());
  const { url } = stack.use(await makeDatabase());
  const redis = stack.use(await startRedisServer());
  const { application } = discord.world;
  application.redirectUris.push(`${PUBLIC_URL}/sign-in/back`);
  const guild = discord.addGuild({ name: 'Book club' });
  const voice = guild.addVoiceChannel('Meeting');
  const text = guild.addTextChannel('transcript');
  const ana = guild.addMember({ name: 'Ana', permissions: ['Administrator'] });
  const start = async (name: string) => {
    const more = {
      ...{ CLUSTER: 'on', DATABASE_URL: url, SETTINGS_URL: url, REDIS_URL: redis.url, NODE_NAME: name },
      ...{ HTTP_HOST: '127.0.0.1', PUBLIC_URL, DISCORD_CLIENT_SECRET: application.clientSecret },
    };
    const bot = stack.use(startParley({ discord, palabra, caFile: certificate.caFile, more }));
    await bot.says('Ready as');
    const port = /"port":(\d+)/.exec(bot.output)?.[1];
    return { bot, address: (path: string) => `http://127.0.0.1:${port}${path}` };
  };
  return { discord, palabra, voice, text, ana, bots: await Promise.all([start('one'), start('two')]) };
}

describe.skipIf(!canRun)('a bot of two processes (needs PostgreSQL and redis-server)', inRealTime, () => {
  it('shows what is said on a page of the process that does not hear it', async () => {
    const { voice, text, ana, bots } = await twoBots();
    ana.join(voice);
    // Whoever comes to serve the server registers the commands first.
    await vi.waitFor(() => ana.command('transcribe start', {}, { channel: text }), 10_000);
    const other = bots.find(({ bot }) => !bot.output.includes('voice: connection')) ?? expect.fail('Both hear it');
    const panel = await text.waitFor(({ components }) => JSON.stringify(components).includes('Live page'));
    const id = /p1:live:([\w-]+)/.exec(JSON.stringify(panel.components))?.[1] ?? '';
    const reply = await ana.click(panel, `p1:live:${id}`);
    const { pathname, search } = new URL(/http:\/\/127[^"]*/.exec(JSON.stringify(reply.components))?.[0] ?? '');
    const entered = await fetch(other.address(`${pathname}${search}`), { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await follow(other.address(`${pathname}/lines`), cookie);
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // so that its readers are known, and words grow
    await ana.say('hello from the other side');
    await vi.waitFor(
      () =>
        expect(
          page.events.some(({ line }) => line?.text === 'hello from the other side' && line.state === 'final'),
        ).toBe(true),
      10_000,
    );
    expect(page.events.some(({ line }) => line?.state === 'growing')).toBe(true);
    const [spoke, firstWord] = [
      page.events.findIndex(({ event, data }) => event === 'person' && (data as ShownPerson).isSpeaking), // as the page does
      page.events.findIndex(({ line }) => line !== undefined),
    ];
    expect(spoke).toBeGreaterThan(-1);
    expect(spoke).toBeLessThan(firstWord);
    await ana.command('transcribe stop', {}, { channel: text });
    await page.ended;
    expect(page.events.at(-1)?.event).toBe('over');
  }, 60_000);

  it('lets a member begin to sign in at one process and come back to the other, and is signed in at both', async () => {
    const { discord, voice, text, ana, bots } = await twoBots();
    ana.join(voice);
    await vi.waitFor(() => ana.command('transcribe start', {}, { channel: text }), 10_000);
    await ana.say('hello to all members');
    await text.waitFor(({ content }) => content.includes('hello to all members'));
    const [one, two] = bots.map(({ address }) => address) as [Address, Address]; // there are two
    const browser = new Visitor(PUBLIC_URL, discord);
    const back = new URL(await browser.leaveForDiscord(ana, one('/sign-in')));
    const { cookie: beforehand } = browser;
    const arrived = await browser.go(two(`${back.pathname}${back.search}`));
    expect([arrived.status, arrived.headers.get('location')]).toEqual([303, '../meetings']);
    const lists = await Promise.all([one, two].map((at) => browser.text(at('/meetings'))));
    const [id, other] = lists.map((list) => /href="\.\/live\/([\w-]+)"/.exec(list)?.[1]);
    expect([id, other]).toEqual([expect.stringMatching(/./), id]);
    const pages = await Promise.all([one, two].map((at) => follow(at(`/live/${id}/lines`), browser.cookie)));
    await Promise.all(pages.map(({ seen }) => seen('hello to all members')));

    // The way back works once, wherever, also for a browser that keeps its cookies.
    const again = await fetch(one(`${back.pathname}${back.search}`), { headers: { cookie: beforehand } });
    expect([again.status, again.headers.getSetCookie().join()]).toEqual([400, expect.not.stringContaining('session')]);

    const { cookie } = browser;
    // Signing out at one ends it at both: at once here, and where the other process looks next.
    expect((await browser.go(one('/sign-out'), { method: 'POST', headers: { origin: PUBLIC_URL } })).status).toBe(303);
    for (const at of [one, two]) {
      expect(await (await browser.go(at('/meetings'), { headers: { cookie } })).text()).toContain(
        'Sign in with Discord',
      );
      expect((await browser.go(at(`/live/${id}`), { headers: { cookie } })).status).toBe(404);
    }
    await Promise.all(pages.map(({ ended }) => ended));
    expect(pages.map(({ events }) => events.at(-1)?.event)).toEqual(['closed', 'closed']);
    expect(discord.violations).toEqual([]);
  }, 60_000);
});
