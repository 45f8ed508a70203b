import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTranscript } from '../discord/support/read-transcript.ts';
import type { Guild, Member, Message } from '../simulators/discord/index.ts';
import { BALANCE_USED_UP } from '../simulators/palabra/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** Everything people can do wrong, or that goes wrong around them, is told where they will see it; the bot stays up. */
describe('trouble is told in the channel, and the bot stays up', inRealTime, () => {
  let stage: Stage;
  let count = 0;

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(async () => {
    await stage[Symbol.asyncDispose]();
  });

  /** A server of its own for each test, with Ana in its voice channel. */
  function place(): { guild: Guild; ana: Member } & Pick<Stage, 'voice' | 'text'> {
    count += 1;
    const guild = stage.discord.addGuild({ name: `Server ${count}` });
    const voice = guild.addVoiceChannel('Meeting');
    const ana = guild.addMember({ name: 'Ana' });
    ana.join(voice);
    return { guild, ana, voice, text: guild.addTextChannel('transcript') };
  }

  const says = (words: string) => (message: Message) => message.content.includes(words);

  it('when the Palabra balance is used up', async () => {
    const { ana, text } = place();
    await ana.command('transcribe start', {}, { channel: text });
    stage.palabra.faults.nextSession(BALANCE_USED_UP);
    await ana.say('Who pays for this?');
    await text.waitFor(says('balance'));
    await ana.command('transcribe stop', {}, { channel: text });
  }, 40_000);

  it.concurrent('when the recogniser does not take what is spoken: it goes on by ear', async () => {
    const { ana, text } = place();
    await ana.command('transcribe start', { language: 'xx' }, { channel: text });
    await ana.say('Which language is this?');
    await text.waitFor(says('Speech recognition does not accept xx as the spoken language'));
    await text.waitFor(says('Which language is this?'));
    await ana.command('transcribe stop', {}, { channel: text });
  }, 40_000);

  it.concurrent('when the text channel is deleted: what is said goes on in the voice channel’s own chat', async () => {
    const { ana, text, voice } = place();
    await ana.command('transcribe start', {}, { channel: text });
    await ana.say('Before.');
    await text.waitFor(says('Before.'));
    text.delete();
    await ana.say('After.');
    await voice.waitFor(says('After.'));
    await ana.command('transcribe stop', {}, { channel: voice });
    const minutes = await voice.waitFor(({ attachments }) => attachments.length > 0);
    const markdown = Buffer.from(minutes.attachments[0]?.bytes ?? []).toString('utf8');
    expect(markdown.indexOf('Before.')).toBeGreaterThan(-1);
    expect(markdown.indexOf('After.')).toBeGreaterThan(markdown.indexOf('Before.'));
  }, 40_000);

  it.concurrent('and every other meeting goes on meanwhile', async () => {
    const { ana, text } = place();
    await ana.command('transcribe start', {}, { channel: text });
    await ana.say('All is well here.');
    await text.waitFor(says('All is well here.'));
    expect(readTranscript(text.messages).map((line) => line.text)).toEqual(['All is well here.']);
    await ana.command('transcribe stop', {}, { channel: text });
  }, 40_000);

  it.concurrent('when the Palabra credentials are wrong, once, in a sentence that says what to do', async () => {
    await using own = await openStage({ environment: { PALABRA_CLIENT_SECRET: 'not-the-secret' } });
    const ana = own.guild.addMember({ name: 'Ana' });
    ana.join(own.voice);
    await own.command(ana, 'transcribe start');
    await ana.say('Is this thing on?');
    const { content } = await own.text.waitFor(({ content }) => /credential|PALABRA|key/i.test(content));
    expect(content).not.toContain('not-the-secret');
    await own.command(ana, 'transcribe stop');
    expect(own.bot.output).not.toContain('not-the-secret');
  }, 40_000);
});
