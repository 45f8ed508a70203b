import { describe, expect, it, type TestContext } from 'vitest';
import { AudioDesk } from '../../../src/core/audio/desk.ts';
import { quiet } from '../../../src/core/log.ts';
import { watchAudio } from '../../../src/discord/audio-files/watch.ts';
import { PalabraTranscriber } from '../../../src/palabra/transcriber.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { openSettings } from '../../../src/storage/settings/settings.ts';
import { oggSpeech } from '../../scripts/support/audio-files.ts';
import type { Channel, Guild, Member } from '../../simulators/discord/index.ts';
import { startPalabra } from '../../simulators/palabra/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { connected } from '../support/connect.ts';

/** A server with a channel whose voice messages become text automatically, and one without. */
async function watched({ onTestFinished }: TestContext) {
  const made: { guild?: Guild; voices?: Channel; other?: Channel; ana?: Member } = {};
  const connection = await connected(
    (discord) => {
      made.guild = discord.addGuild({ name: 'Office' });
      made.voices = made.guild.addTextChannel('voices');
      made.other = made.guild.addTextChannel('other');
      made.ana = made.guild.addMember({ name: 'ana', globalName: 'Ana' });
    },
    { privilegedIntents: ['messageContent'] },
    { messageContent: true },
  );
  const { guild, voices, other, ana } = made;
  if (!guild || !voices || !other || !ana) throw new Error('The world was not built');
  const palabra = await startPalabra();
  const settings = await openSettings('sqlite://:memory:', quiet);
  await settings.changeGuild(guild.id, { audioChannelIds: [voices.id], translateTo: ['es'] });
  const transcriber = new PalabraTranscriber({
    apiUrl: palabra.apiUrl,
    streamUrl: palabra.streamUrl,
    credentials: [palabra.credentials],
    sampleRateHz: 16_000,
    finalize: false,
    log: quiet,
  });
  const stop = new AbortController();
  const desk = new AudioDesk(transcriber, stop.signal);
  const journal = await openJournal('sqlite://:memory:', quiet);
  const watch = watchAudio({ client: connection.client, desk, settings, archive: journal.archive, log: quiet });
  onTestFinished(async () => {
    stop.abort();
    watch[Symbol.dispose]();
    await desk[Symbol.asyncDispose]();
    await transcriber[Symbol.asyncDispose]();
    await settings[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
    await connection[Symbol.asyncDispose]();
    await palabra.close();
  });
  return { discord: connection.discord, guild, voices, other, ana, palabra, settings, journal };
}

describe.concurrent('a channel whose voice messages become text by themselves', inRealTime, () => {
  it('gets the text and translations as a reply that grows and pings nobody', async (test) => {
    const { discord, voices, ana, palabra, guild, journal } = await watched(test);
    const message = ana.writeVoiceMessage(voices, oggSpeech('no need to listen to this at work'), 3);
    const reply = await voices.waitFor(({ content }) => content.includes('> **es**'), { timeoutMs: 20_000 });
    expect(reply.content.split('\n')).toEqual([
      expect.stringMatching(/^🎙️ \*\*Ana\*\* · 0:0\d$/u),
      'no need to listen to this at work',
      '> **es** · es:no need to listen to this at work',
    ]);
    expect(reply.replyTo).toBe(message.id);
    expect(reply.original.content).toMatch(/^🎙️ \*\*Ana\*\* · /u);
    expect(reply.edits.length).toBeGreaterThan(0);
    // Its place is kept, so that she can have it taken down.
    const mention = { channelId: voices.id, messageId: reply.id, what: 'whole' };
    expect(await journal.archive.mentionsOf(guild.id, ana.id)).toEqual([mention]);
    expect(voices.messages).toHaveLength(2);
    expect([...discord.violations, ...palabra.violations]).toEqual([]);
  });

  it('is left alone in other channels, from bots and members who opted out, and when it is plain text', async (test) => {
    const { guild, voices, other, ana, palabra, settings } = await watched(test);
    const robot = guild.addMember({ name: 'robot', bot: true });
    const shy = guild.addMember({ name: 'shy' });
    await settings.changeMember(guild.id, shy.id, { optedOut: true });
    ana.writeVoiceMessage(other, oggSpeech('in another channel'), 1);
    robot.writeVoiceMessage(voices, oggSpeech('from a machine'), 1);
    shy.writeVoiceMessage(voices, oggSpeech('from somebody shy'), 1);
    ana.write(voices, 'only text');
    ana.writeVoiceMessage(voices, oggSpeech('me'), 1);
    const reply = await voices.waitFor(({ content }) => content.endsWith('es:me'), { timeoutMs: 20_000 });
    expect(reply.content).toContain('**Ana**');
    expect(palabra.sessions).toHaveLength(1);
    expect(voices.messages.filter(({ replyTo }) => replyTo !== undefined)).toHaveLength(1);
    expect(other.messages).toHaveLength(1);
  });

  it('is left alone where the bot may not write', async (test) => {
    const { guild, voices, ana, palabra, settings } = await watched(test);
    const closed = guild.addTextChannel('closed', { overwrites: [{ for: guild.bot, deny: ['SendMessages'] }] });
    await settings.changeGuild(guild.id, { audioChannelIds: [closed.id, voices.id] });
    ana.writeVoiceMessage(closed, oggSpeech('nobody answers'), 1);
    ana.writeVoiceMessage(voices, oggSpeech('now'), 1);
    await voices.waitFor(({ content }) => content.endsWith('es:now'), { timeoutMs: 20_000 });
    expect(palabra.sessions).toHaveLength(1);
  });
});
