import { describe, expect, it, onTestFinished } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { Readers } from '../../src/discord/permissions/readers.ts';
import { watchRights } from '../../src/discord/permissions/rights-changes.ts';
import { livePartsOf } from '../../src/pages/live-parts.ts';
import { openJournal } from '../../src/storage/journal/journal.ts';
import { openSettings } from '../../src/storage/settings/settings.ts';
import type { ShownPerson } from '../../src/web/browser/wire.ts';
import { Health, servePages } from '../../src/web/health.ts';
import { LinksInMemory } from '../../src/web/live/links.ts';
import { LivePages } from '../../src/web/live/pages.ts';
import { MeetingsInMemory } from '../commands/support/meetings-in-memory.ts';
import { connected } from '../discord/support/connect.ts';
import { makePerson, makeSpeaker } from '../support/make.ts';
import { follow } from '../web/live/support/served.ts';

/** A meeting in a simulated Discord, and its live page as the whole bot puts it together. */
async function readAlong() {
  const place = await connected((discord) => {
    const guild = discord.addGuild({ name: 'Office' });
    guild.addTextChannel('general');
    guild.addMember({ name: 'ana', avatar: 'abc' });
  });
  const { discord, client } = place;
  const [guild] = discord.world.guilds.values();
  const general = [...(guild?.channels.values() ?? [])].find(({ name }) => name === 'general');
  const ana = [...(guild?.members.values() ?? [])].find(({ user }) => user.username === 'ana');
  if (!guild || !general || !ana) throw new Error('The world was not built');
  const settings = await openSettings('sqlite://:memory:', quiet);
  const journal = await openJournal('sqlite://:memory:', quiet);
  const meetings = new MeetingsInMemory(settings, journal);
  const [guildId, userId, textChannelId] = [guild.id, ana.id, general.id];
  const started = { guildId, voiceChannelId: '1', voiceChannelName: 'Talk', textChannelId, startedBy: '2' };
  await meetings.startMeeting(started);
  const meetingId = meetings.meetingOf(guildId)?.head.id ?? '';
  const links = new LinksInMemory('http://localhost');
  const live = new LivePages({
    ...livePartsOf({
      botOf: () => ({ readers: new Readers(client), house: meetings }),
      watchRights: (changed) => watchRights(client, changed),
      archive: journal.archive,
      settings,
    }),
    links,
    cdnUrl: discord.cdnUrl,
    log: quiet,
  });
  const health = new Health();
  health.begin({ isReady: () => true, meetings: () => 1 }, live.app);
  const server = await servePages({ host: '127.0.0.1', port: 0 }, health, quiet);
  onTestFinished(async () => {
    live[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
    await settings[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
    await place[Symbol.asyncDispose]();
  });
  const address = `http://127.0.0.1:${server.port}/live/${meetingId}`;
  const { search } = new URL(links.invite({ guildId, meetingId, userId }));
  const exchanged = await fetch(`${address}${search}`, { redirect: 'manual' });
  const cookie = exchanged.headers.get('set-cookie')?.split(';')[0] ?? '';
  const meeting = meetings.meetingOf(guildId) ?? expect.fail('It runs');
  return {
    meeting,
    cdnUrl: discord.cdnUrl,
    client,
    guild,
    general,
    ana,
    live,
    links,
    guest: { guildId, meetingId, userId },
    address,
    cookie,
    page: await follow(`${address}/lines`, cookie),
  };
}

describe('a live page that is open', () => {
  it('shows the pictures of people as Discord has them', async () => {
    const { meeting, page, address, cookie, ana, cdnUrl } = await readAlong();
    const avatarUrl = `${cdnUrl}/avatars/${ana.id}/abc.png?size=128`;
    meeting.speakers = [makeSpeaker(0, { person: makePerson({ id: ana.id, avatarUrl, hasOwnAvatar: true }) })];
    const shown = () => page.events.findLast(({ event }) => event === 'person')?.data as ShownPerson | undefined;
    await expect.poll(() => shown()?.picture).toBeDefined();
    const picture = await fetch(new URL(shown()?.picture ?? '', address), { headers: { cookie } });
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(await picture.bytes()).toEqual(await (await fetch(avatarUrl)).bytes());
  });

  it('shows who speaks as soon as their voice comes, without a word of them', async () => {
    const { meeting, page } = await readAlong();
    meeting.speakers = [makeSpeaker(0)];
    await expect
      .poll(() => page.events.findLast(({ event }) => event === 'person')?.data)
      .toMatchObject({ name: 'Ana', isThere: true, isSpeaking: true });
  });

  it('ends at once when its reader may not see the channel any more', async () => {
    const { general, ana, page } = await readAlong();
    const beganMs = performance.now();
    general.setOverwrite({ for: ana, deny: ['ViewChannel'] });
    await page.ended;
    expect(page.events.at(-1)?.event).toBe('ended');
    expect(performance.now() - beganMs).toBeLessThan(5_000); // without events from Discord it would take ten seconds
  });

  it('ends at once when everybody loses the right by a role', async () => {
    const { guild, page, address, cookie } = await readAlong();
    guild.everyone.setPermissions([]);
    await page.ended;
    expect(page.events.at(-1)?.event).toBe('ended');
    expect((await fetch(address, { headers: { cookie } })).status).toBe(404);
  });

  it('ends at once when the channel is deleted', async () => {
    const { general, page } = await readAlong();
    general.delete();
    await page.ended;
    expect(page.events.at(-1)?.event).toBe('ended');
  });

  it('ends at once when its reader leaves the server', async () => {
    const { ana, page, address, cookie } = await readAlong();
    ana.quit();
    await page.ended;
    expect(page.events.at(-1)?.event).toBe('ended');
    for (const path of ['', '/lines'])
      expect((await fetch(`${address}${path}`, { headers: { cookie } })).status).toBe(404);
  });

  it('goes on when a channel changes without affecting its reader', async () => {
    const { client, general, live, address, cookie } = await readAlong();
    general.change({ name: 'renamed' });
    await expect.poll(() => client.channels.cache.get(general.id)).toMatchObject({ name: 'renamed' });
    expect((await fetch(address, { headers: { cookie } })).status).toBe(200); // decided by a look after the change
    expect(live.open).toBe(1);
  });
});

describe('an overlay that is open', () => {
  it('ends at once when whoever made it does not manage the server any more, and their live page goes on', async () => {
    const { guild, ana, links, guest, live, address } = await readAlong();
    const lines = address.replace('/live/', '/overlay/');
    const link = (shows: 'overlay') => `${lines}/lines${new URL(links.invite({ ...guest, shows })).search}`;
    const stranger = guild.addMember({ name: 'ben' }); // who may read, and manages nothing
    const refused = new URL(links.invite({ ...guest, userId: stranger.id, shows: 'overlay' })).search;
    expect((await fetch(`${lines}/lines${refused}`)).status).toBe(404);
    const role = guild.addRole('Stream', ['ManageChannels']);
    ana.setRoles([role]);
    const overlay = await follow(link('overlay'), '');
    role.setPermissions([]);
    await overlay.ended;
    expect(overlay.events.at(-1)?.event).toBe('ended');
    await expect.poll(() => live.open).toBe(1);
  });

  it('ends at once when whoever made it leaves the server', async () => {
    const { ana, guild, links, guest, address } = await readAlong();
    ana.setRoles([guild.addRole('Stream', ['ManageChannels'])]);
    const { search } = new URL(links.invite({ ...guest, shows: 'overlay' }));
    const lines = `${address.replace('/live/', '/overlay/')}/lines${search}`;
    const overlay = await follow(lines, '');
    ana.quit();
    await overlay.ended;
    expect(overlay.events.at(-1)?.event).toBe('ended');
    expect((await fetch(lines)).status).toBe(404);
  });
});
