import { describe, expect, it } from 'vitest';
import { Visitor } from '../pages/support/visitor.ts';
import { freePort } from '../support/free-port.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';
import { follow } from '../web/live/support/served.ts';

/** The whole bot where members can sign in, and a meeting in which Ana has said a sentence. Cleo may not see its channel. */
async function meetingToReadIn() {
  const origin = `http://127.0.0.1:${await freePort()}`;
  const stage = await openStage({
    environment: ({ world: { application } }) => {
      application.redirectUris.push(`${origin}/sign-in/back`);
      const pages = { HTTP_HOST: '127.0.0.1', HTTP_PORT: new URL(origin).port, PUBLIC_URL: origin };
      return { ...pages, DISCORD_CLIENT_SECRET: application.clientSecret };
    },
  });
  const { discord, guild, voice, text } = stage;
  const ana = guild.addMember({ name: 'Ana' });
  const cleo = guild.addMember({ name: 'Cleo' });
  text.setOverwrite({ for: cleo, deny: ['ViewChannel'] });
  ana.join(voice);
  await ana.command('transcribe start', {}, { channel: text });
  const said = 'Good morning everybody';
  await ana.say(said);
  await text.waitFor(({ content }) => content.includes(said));
  return { stage, ana, cleo, said, origin, visitor: () => new Visitor(origin, discord) };
}

describe('signing in to the whole bot', inRealTime, () => {
  it('leads through Discord to one’s meetings, while they run and afterwards, until one signs out', {
    timeout: 60_000,
  }, async () => {
    const { stage, ana, cleo, said, origin, visitor } = await meetingToReadIn();
    await using _stage = stage;
    const { bot, discord, text } = stage;
    const [browser, stranger] = [visitor(), visitor()];
    expect(await browser.text('/meetings')).toContain('Sign in with Discord');
    const arrived = await browser.signIn(ana);
    expect([arrived.status, arrived.headers.get('location')]).toEqual([303, '../meetings']);
    const list = await browser.text('/meetings');
    expect(list).toContain('Running now');
    const [, id = ''] = /href="\.\/live\/([\w-]+)"/.exec(list) ?? [];
    const page = await follow(`${origin}/live/${id}/lines`, browser.cookie);
    await page.seen(said);

    // Somebody of the server who does not see the channel, and the same address.
    await stranger.signIn(cleo);
    expect(await stranger.text('/meetings')).not.toContain(id);
    expect(await stranger.text(`/meetings?q=${encodeURIComponent('morning')}`)).not.toContain('everybody');
    expect((await stranger.go(`/live/${id}`)).status).toBe(404);
    expect((await stranger.go(`/live/${id}/lines`)).status).toBe(404);

    await ana.command('transcribe stop', {}, { channel: text });
    await page.ended;
    expect(page.events.at(-1)?.event).toBe('over');
    await expect.poll(async () => await browser.text(`/live/${id}`)).toContain('/exports/md');
    expect(await browser.text(`/live/${id}`)).toContain(said);
    expect(await browser.text('/meetings')).not.toContain('Running now');
    expect(await browser.text('/meetings?q=morning')).toContain('<mark>morning</mark>');

    // Sessions are rows: whoever has signed in stays so when the bot is started anew.
    bot.kill();
    await bot.exit();
    bot.restart();
    await bot.says('Ready as');
    expect(await browser.text(`/live/${id}`)).toContain(said);

    const { cookie } = browser;
    const left = await browser.post('/sign-out');
    expect([left.status, left.headers.get('location'), browser.cookie]).toEqual([303, './meetings', '']);
    for (const path of [`/live/${id}`, `/live/${id}/lines`, `/live/${id}/exports/md`]) {
      expect((await browser.go(path, { headers: { cookie } })).status).toBe(404);
    }
    expect(await (await browser.go('/meetings', { headers: { cookie } })).text()).toContain('Sign in with Discord');
    expect(discord.violations).toEqual([]);
    expect(discord.world.application.grants.working).toEqual([]);
    expect(bot.output).not.toMatch(new RegExp(`${discord.world.application.clientSecret}|${said}`));
  });
});
