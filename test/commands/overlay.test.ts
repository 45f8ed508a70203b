import { describe, expect, it } from 'vitest';
import { LinksInMemory } from '../../src/web/live/links.ts';
import { office } from './support/office.ts';

/** A server with a meeting and live pages, and its manager. */
async function streaming() {
  const liveLinks = new LinksInMemory('https://parley.example.org/pages');
  const place = await office({ liveLinks });
  await place.boss.command('transcribe start', { 'voice-channel': place.standup }, { channel: place.general });
  const meetingId = place.meetings.meetingOf(place.guild.id)?.head.id ?? '';
  const ask = async (who: typeof place.boss, name: string, options: Record<string, string | number> = {}) =>
    await who.command(`overlay ${name}`, options, { channel: place.general });
  const works = (content: string) => {
    const [address = ''] = content.match(/https:\S+/) ?? [];
    const key = URL.canParse(address) ? new URL(address).searchParams.get('key') : undefined;
    return liveLinks.passOf(meetingId, key ?? '', 'overlay') !== undefined;
  };
  return { ...place, liveLinks, meetingId, ask, works };
}

describe('/overlay', () => {
  it('gives a manager, and nobody else, the address of a page for the picture of a stream', async () => {
    const { boss, ask, works, meetingId } = await streaming();
    const reply = await ask(boss, 'link', { language: 'spanish', lines: 4, position: 'top' });
    const [address = ''] = reply.content.match(/https:\S+/) ?? [];
    const url = new URL(address);
    expect(reply.ephemeral).toBe(true);
    expect(url.pathname).toBe(`/pages/overlay/${meetingId}`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ in: 'es', lines: '4', position: 'top', size: '44' });
    expect(address).not.toContain(boss.id);
    expect(works(reply.content)).toBe(true);
  });

  it('shows two lines below as they are spoken where nothing is said about it', async () => {
    const { boss, ask } = await streaming();
    const { content } = await ask(boss, 'link');
    expect(content).toMatch(/\?key=[\w-]{43}&lines=2&position=bottom&size=44\n/);
  });

  it('refuses members who may not manage the server, and managers who may not read the channel', async () => {
    const { guild, ana, boss, general, ask, works } = await streaming();
    const refused = 'Overlays show a meeting to everybody who watches a stream';
    expect((await ask(ana, 'link')).content).toContain(refused);
    const made = (await ask(boss, 'link')).content;
    expect((await ask(ana, 'close')).content).toContain(refused);
    expect(works(made)).toBe(true);
    general.setOverwrite({ for: boss, deny: ['ViewChannel'] });
    const elsewhere = { channel: guild.addTextChannel('elsewhere') };
    await expect.poll(async () => (await boss.command('overlay link', {}, elsewhere)).content).toContain(refused);
  });

  it('closes all overlays of the meeting, whoever made them', async () => {
    const { guild, boss, ask, works } = await streaming();
    const other = guild.addMember({ name: 'other', permissions: ['ManageChannels'] });
    const made = [(await ask(boss, 'link')).content, (await ask(other, 'link')).content];
    expect(made.map(works)).toEqual([true, true]);
    expect((await ask(boss, 'close')).content).toBe('I closed 2 overlays. They show nothing any more.');
    expect(made.map(works)).toEqual([false, false]);
    expect((await ask(boss, 'close')).content).toBe('This meeting had no overlay.');
  });

  it('says what is missing: a meeting, a language, or an address of the pages', async () => {
    const { boss, general, ask } = await streaming();
    expect((await ask(boss, 'link', { language: 'klingonish' })).content).toContain('klingonish');
    await boss.command('transcribe stop', {}, { channel: general });
    expect((await ask(boss, 'link')).content).toContain('Nothing is being transcribed');
    const bare = await office();
    const none = await bare.boss.command('overlay link', {}, { channel: bare.general });
    expect(none.content).toContain('There are no live pages here');
  });
});
