import { describe, expect, it } from 'vitest';
import { hearMeRow } from '../../src/discord/hear-me.ts';
import { wordsFor } from '../../src/i18n/words.ts';
import { makeFinal } from '../support/make.ts';
import { office } from './support/office.ts';

describe('/privacy', () => {
  it('opts out, in force at once, and in again', async () => {
    const { guild, general, ana, settings, meetings } = await office();
    const out = await ana.command('privacy opt-out', {}, { channel: general });
    expect(out.content).toContain('I do not hear you');
    expect((await settings.member(guild.id, ana.id)).optedOut).toBe(true);
    expect(meetings.changedGuilds).toEqual([guild.id]);
    await ana.command('privacy opt-in', {}, { channel: general });
    expect((await settings.member(guild.id, ana.id)).optedOut).toBe(false);
  });

  it('says yes by the button under an announcement, which counts where only that does', async () => {
    const { discord, guild, general, ana, settings, meetings } = await office();
    const message = general.add({
      author: discord.world.bot,
      content: '…',
      components: [{ ...hearMeRow(wordsFor('en-US')) }],
    });
    const reply = await ana.click(message, 'c1:hear-me:');
    expect(reply).toMatchObject({ ephemeral: true });
    expect(reply.content).toContain('From now on I hear you');
    expect(await settings.member(guild.id, ana.id)).toEqual({ optedOut: false, optedIn: true });
    expect(meetings.changedGuilds).toEqual([guild.id]);
    await ana.command('privacy opt-out', {}, { channel: general });
    expect(await settings.member(guild.id, ana.id)).toEqual({ optedOut: true });
  });

  it('erases what one said, with a receipt, and leaves the others’ words', async () => {
    const { guild, general, ana, ben, meetings, journal } = await office();
    await ana.command('transcribe start', {}, { channel: general });
    const id = meetings.of(guild.id)?.head.id ?? '';
    await journal.write(id, makeFinal({ speakerId: ana.id, text: 'Mine' }));
    await journal.write(id, makeFinal({ utteranceId: 'u2', speakerId: ben.id, text: 'His' }));
    const reply = await ana.command('privacy forget-me', {}, { channel: general });
    expect(reply.content).toContain('Erased: one piece');
    expect((await journal.read(id))?.finals.map(({ text }) => text)).toEqual(['His']);
  });

  it('says when there is nothing to erase', async () => {
    const { general, ana } = await office();
    const reply = await ana.command('privacy forget-me', {}, { channel: general });
    expect(reply.content).toContain('I keep nothing you said');
  });

  it('explains what is heard, sent and kept', async () => {
    const { general, ana } = await office();
    const reply = await ana.command('privacy policy', {}, { channel: general });
    expect(reply.content).toContain('**What is kept.**');
    expect(reply.ephemeral).toBe(true);
  });
});
