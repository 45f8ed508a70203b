import { describe, expect, it } from 'vitest';
import { doNotHearMeRow, hearMeRow } from '../../../src/discord/lobby/hear-me.ts';
import { wordsFor } from '../../../src/i18n/words.ts';
import { office } from '../support/office.ts';

describe('/privacy', () => {
  it('opts out at once, and in again', async () => {
    const { guild, general, ana, settings, meetings } = await office();
    const out = await ana.command('privacy opt-out', {}, { channel: general });
    expect(out.content).toContain('I will not hear you');
    expect((await settings.member(guild.id, ana.id)).optedOut).toBe(true);
    expect(meetings.changedGuilds).toEqual([guild.id]);
    await ana.command('privacy opt-in', {}, { channel: general });
    expect((await settings.member(guild.id, ana.id)).optedOut).toBe(false);
  });

  it('opts in by the button under an announcement, in a server that hears only people who said yes', async () => {
    const { discord, guild, general, ana, settings, meetings } = await office();
    const message = general.add({
      author: discord.world.bot,
      content: '…',
      components: [{ ...hearMeRow(wordsFor('en-US')) }],
    });
    const reply = await ana.click(message, 'c1:hear-me:');
    expect(reply).toMatchObject({ ephemeral: true });
    expect(reply.content).toContain('From now on I will hear you');
    expect(await settings.member(guild.id, ana.id)).toEqual({ optedOut: false, optedIn: true });
    expect(meetings.changedGuilds).toEqual([guild.id]);
    await ana.command('privacy opt-out', {}, { channel: general });
    expect(await settings.member(guild.id, ana.id)).toEqual({ optedOut: true });
  });

  it('opts out by the button in the voice channel’s chat', async () => {
    const { discord, guild, general, ana, settings, meetings } = await office();
    const components = [{ ...doNotHearMeRow(wordsFor('en-US')) }];
    const message = general.add({ author: discord.world.bot, content: '…', components });
    const reply = await ana.click(message, 'c1:do-not-hear-me:');
    expect(reply).toMatchObject({ ephemeral: true });
    expect(reply.content).toContain('I will not hear you');
    expect((await settings.member(guild.id, ana.id)).optedOut).toBe(true);
    expect(meetings.changedGuilds).toEqual([guild.id]);
  });

  it('explains what is heard, sent and kept', async () => {
    const { general, ana } = await office();
    const reply = await ana.command('privacy policy', {}, { channel: general });
    expect(reply.content).toContain('**What is kept.**');
    expect(reply.content).toContain('until somebody deletes them');
    expect(reply.content).not.toContain('sign in');
    expect(reply.ephemeral).toBe(true);
  });

  it('explains what is kept of members who sign in, where they can', async () => {
    const { general, ana } = await office({ hasSignIn: true });
    const { content } = await ana.command('privacy policy', {}, { channel: general });
    expect(content).toContain('If you sign in to my pages, I keep your Discord ID');
  });

  it('explains this server’s own settings', async () => {
    const { guild, general, ana, journal, settings } = await office();
    await journal.archive.setKeepDays(guild.id, 30);
    const webhook = { url: 'https://hooks.example/in?key=hush', secret: 'whsec_1' };
    await settings.changeGuild(guild.id, { optInOnly: true, webhook });
    const { content } = await ana.command('privacy policy', {}, { channel: general });
    expect(content).toContain('for 30 days');
    expect(content).toContain('I only hear people who have said yes');
    expect(content).toContain('also sent to hooks.example, outside Discord');
    expect(content).not.toMatch(/hush|whsec/);
  });
});
