import { describe, expect, it, type TestContext } from 'vitest';
import { AUDIO_LIMITS, AudioDesk, type AudioLimits } from '../../src/core/audio/desk.ts';
import { quiet } from '../../src/core/log.ts';
import { PalabraTranscriber } from '../../src/palabra/transcriber.ts';
import { oggSpeech, wavSpeech } from '../scripts/support/audio-files.ts';
import type { FileGiven, Message } from '../simulators/discord/index.ts';
import { type PalabraOptions, type PalabraSimulator, startPalabra } from '../simulators/palabra/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { type Office, office } from './support/office.ts';

const NAME = 'Transcribe audio';

interface AudioOffice extends Office {
  readonly palabra: PalabraSimulator;
  readonly stop: AbortController;
  readonly desk: AudioDesk;
}

/** An office whose audio files go to a simulated recogniser. */
async function audioOffice(
  { onTestFinished }: TestContext,
  limits: Partial<AudioLimits> = {},
  options: PalabraOptions = {},
  secret?: string,
): Promise<AudioOffice> {
  const palabra = await startPalabra(options);
  const stop = new AbortController();
  const transcriber = new PalabraTranscriber({
    apiUrl: palabra.apiUrl,
    streamUrl: palabra.streamUrl,
    credentials: [{ ...palabra.credentials, ...(secret === undefined ? {} : { clientSecret: secret }) }],
    sampleRateHz: 16_000,
    finalize: false,
    log: quiet,
  });
  const desk = new AudioDesk(transcriber, stop.signal, limits);
  const place = await office({ audio: desk }, onTestFinished);
  onTestFinished(async () => {
    stop.abort();
    await transcriber[Symbol.asyncDispose]();
    await palabra.close();
  });
  return { ...place, palabra, stop, desk };
}

/** The text that the asker reads in the end: the answer and its follow-ups. */
async function result({ ana }: Office, message: Message): Promise<string> {
  const reply = await ana.useOnMessage(NAME, message, { answerWithinMs: 20_000 });
  await reply.until(({ content }) => !isProgress(content), 30_000);
  return [reply.content, ...reply.followUps.map(({ content }) => content)].join('\n');
}
const isProgress = (content: string) => /…$|▱|▰/u.test(content);

describe.concurrent('Transcribe audio', inRealTime, () => {
  it('turns a voice message into text with the server’s translations, only for the asker', async (test) => {
    const place = await audioOffice(test);
    const { guild, general, ana, ben, settings, discord, palabra } = place;
    await settings.changeGuild(guild.id, { spoken: 'en', translateTo: ['es', 'fr', 'en'] });
    const message = ben.writeVoiceMessage(general, oggSpeech('see you at @everyone'), 2.1);
    const reply = await ana.useOnMessage(NAME, message);
    await reply.until(({ content }) => !isProgress(content), 30_000);
    expect(reply.content.split('\n')).toEqual([
      expect.stringMatching(/^🎙️ \*\*Ben\*\* · 0:0\d$/u),
      'see you at @\u200beveryone',
      '> **es** · es:see you at @\u200beveryone',
      '> **fr** · fr:see you at @\u200beveryone',
    ]);
    expect(reply.ephemeral).toBe(true);
    expect(palabra.sockets).toMatchObject([{ query: { format: 'ogg', language: 'en', translate_languages: 'es,fr' } }]);
    expect(general.messages).toEqual([message]);
    expect([...discord.violations, ...palabra.violations]).toEqual([]);
  });

  it('shows its progress, with the text so far', async (test) => {
    const { general, ana, ben } = await audioOffice(test);
    const text = 'this is long enough to be watched while it is heard';
    const reply = await ana.useOnMessage(NAME, ben.writeVoiceMessage(general, oggSpeech(text), 5));
    await reply.until(({ content }) => /▰▱.* \/ 0:0\d\nthis is .*…$/su.test(content), 20_000);
    await reply.until(({ content }) => content.endsWith(text), 20_000);
  });

  it('expects the language that the author of the message speaks', async (test) => {
    const place = await audioOffice(test);
    const { guild, general, ben, settings, palabra } = place;
    await settings.changeGuild(guild.id, { translateTo: ['de', 'en'] });
    await settings.changeMember(guild.id, ben.id, { spoken: 'de' });
    await result(place, ben.writeVoiceMessage(general, oggSpeech('guten tag'), 1));
    expect(palabra.sockets).toMatchObject([{ query: { language: 'de', translate_languages: 'en' } }]);
  });

  it('takes several files in turn, and goes on after a broken one', async (test) => {
    const place = await audioOffice(test);
    const message = place.ben.write(place.general, 'both', {
      files: [
        { filename: 'first.wav', bytes: wavSpeech('number one') },
        { filename: 'letter.mp3', bytes: Buffer.from('Dear all, this is no audio.') },
        { filename: 'picture.png', bytes: Buffer.from('a picture') },
        { filename: 'last.ogg', bytes: oggSpeech('number two') },
      ],
    });
    expect((await result(place, message)).split('\n')).toEqual([
      expect.stringMatching(/^🎙️ \*\*Ben\*\* · first\.wav · 0:0\d$/u),
      'number one',
      '🎙️ **Ben** · letter.mp3',
      'ℹ️ I cannot read the file: it has no audio in it, or its contents do not match its name.',
      expect.stringMatching(/^🎙️ \*\*Ben\*\* · last\.ogg · 0:0\d$/u),
      'number two',
    ]);
    expect(place.palabra.sessions).toHaveLength(2);
  });

  it('goes on in further messages where one is too short', async (test) => {
    const place = await audioOffice(test, {}, { translate: (text, _, to) => `${to}: ${text} `.repeat(120) });
    await place.settings.changeGuild(place.guild.id, { translateTo: ['es'] });
    const reply = await place.ana.useOnMessage(
      NAME,
      place.ben.writeVoiceMessage(place.general, oggSpeech('tell me more'), 2),
    );
    const all = () => [reply.content, ...reply.followUps.map(({ content }) => content)].join('\n');
    await reply.until(() => all().match(/\btell\b/gu)?.length === 121, 30_000);
    expect(reply.followUps.map((message) => message.isEphemeral)).toEqual([true]);
  });

  it('answers in the asker’s language', async (test) => {
    const place = await audioOffice(test);
    const dora = place.guild.addMember({ name: 'dora', locale: 'de' });
    const reply = await dora.useOnMessage(NAME, place.ben.write(place.general, 'only text'));
    expect(reply.content).toMatch(/^In dieser Nachricht ist kein Audio/u);
  });

  it.for<readonly [string, readonly FileGiven[]]>([
    ['text only', []],
    ['a picture', [{ filename: 'a.png', bytes: Buffer.from('x') }]],
    ['a film', [{ filename: 'a.mp4', bytes: Buffer.from('x'), contentType: 'video/mp4' }]],
  ])('says that there is no audio in a message with %s', async ([, files], test) => {
    const place = await audioOffice(test);
    const text = await result(place, place.ben.write(place.general, 'look', { files }));
    expect(text).toMatch(/^That message has no audio in it/u);
    expect(place.palabra.sessions).toHaveLength(0);
  });

  it.for<readonly [string, string, Uint8Array, Partial<AudioLimits>, RegExp]>([
    ['MP4 sound', 'a.m4a', Buffer.from('\0\0\0\x20ftypM4A ', 'latin1'), {}, /convert MP4 and M4A files first/u],
    ['a file that is too large', 'a.wav', wavSpeech('one two'), { maxBytes: 5_000 }, /too large: I can take up to/u],
    ['a file that plays for too long', 'a.wav', wavSpeech('one two'), { maxMs: 400 }, /audio is too long/u],
  ])('says what is wrong with %s, and opens no session', async ([, filename, bytes, limits, sentence], test) => {
    const place = await audioOffice(test, limits);
    const text = await result(place, place.ben.write(place.general, '', { files: [{ filename, bytes }] }));
    expect(text).toMatch(sentence);
    expect(place.palabra.sessions).toHaveLength(0);
  });

  it('does not even fetch a file whose stated duration is too long', async (test) => {
    const place = await audioOffice(test);
    const message = place.ben.writeVoiceMessage(place.general, oggSpeech('x'), AUDIO_LIMITS.maxMs / 1000 + 1);
    message.delete(); // a fetch would report that it is gone
    expect(await result(place, message)).toContain('The audio is too long: I can take up to 10 minutes per message.');
  });

  it('says that Discord does not have the file any more', async (test) => {
    const place = await audioOffice(test);
    const message = place.ben.writeVoiceMessage(place.general, oggSpeech('x'), 1);
    message.delete();
    expect(await result(place, message)).toContain('Discord no longer has the file.');
  });

  it('says why the recogniser refuses', async (test) => {
    const place = await audioOffice(test, {}, {}, 'a wrong secret');
    const text = await result(place, place.ben.writeVoiceMessage(place.general, oggSpeech('x'), 1));
    expect(text).toMatch(/ℹ️ Palabra refused the credentials/u);
  });

  it('detects the language when the recogniser does not know the given one, and says so', async (test) => {
    const place = await audioOffice(test);
    await place.settings.changeGuild(place.guild.id, { spoken: 'xx' });
    const text = await result(place, place.ben.writeVoiceMessage(place.general, oggSpeech('x'), 1));
    expect(text).toMatch(/\nx\nℹ️ Speech recognition .*xx/u);
  });

  it('does not transcribe somebody who opted out, and says so', async (test) => {
    const place = await audioOffice(test);
    const { guild, general, ana, ben, settings, palabra } = place;
    await settings.changeMember(guild.id, ben.id, { optedOut: true });
    await settings.changeMember(guild.id, ana.id, { optedOut: true });
    expect(await result(place, ben.writeVoiceMessage(general, oggSpeech('x'), 1))).toMatch(
      /^Ben chose not to be heard/u,
    );
    expect(await result(place, ana.writeVoiceMessage(general, oggSpeech('x'), 1))).toContain('`/privacy opt-in`');
    expect(palabra.sessions).toHaveLength(0);
  });

  it('does not transcribe a forwarded message, as it does not say whose voice it is', async (test) => {
    const place = await audioOffice(test);
    const { general, ana, ben, palabra } = place;
    const forwarded = ben.forward(general, ana.writeVoiceMessage(general, oggSpeech('secret'), 1));
    expect(await result(place, forwarded)).toMatch(/^That message was forwarded/u);
    expect(palabra.sessions).toHaveLength(0);
  });

  it('transcribes only people who said yes in a server that asks for that', async (test) => {
    const place = await audioOffice(test);
    const { guild, general, ana, ben, settings } = place;
    await settings.changeGuild(guild.id, { optInOnly: true });
    const message = ben.writeVoiceMessage(general, oggSpeech('yes'), 1);
    expect(await result(place, message)).toBe(
      'In this server I only hear people who have said yes, and Ben has not done so yet.',
    );
    expect(await result(place, ana.writeVoiceMessage(general, oggSpeech('x'), 1))).toContain('`/privacy opt-in`');
    await settings.changeMember(guild.id, ben.id, { optedIn: true });
    expect(await result(place, message)).toMatch(/\nyes$/u);
  });

  it('shows the text so far when the bot shuts down in the middle', async (test) => {
    const place = await audioOffice(test);
    const text = 'half of this sentence is heard before the bot is asked to end';
    const answering = result(place, place.ben.writeVoiceMessage(place.general, oggSpeech(text), 5));
    await place.palabra.until(({ sockets }) => (sockets[0]?.partialsSent ?? 0) >= 2);
    place.stop.abort();
    await place.desk[Symbol.asyncDispose]();
    expect(await answering).toMatch(/\nhalf of .*\nℹ️ I was shut down before the end\.$/su);
    await place.palabra.until(({ openSockets }) => openSockets.length === 0);
  });

  it('takes one file of a server at a time, and refuses files that would wait too long', async (test) => {
    const place = await audioOffice(test, { waitingPerGuild: 1 });
    const { general, ana, ben, palabra } = place;
    const say = (text: string) => ben.writeVoiceMessage(general, oggSpeech(text), 2);
    const first = result(place, say('the first of all'));
    await palabra.until(({ sockets }) => sockets.length === 1);
    const second = await ana.useOnMessage(NAME, say('the second'));
    expect(second.content).toBe('🎙️ **Ben** · waiting for my turn …');
    expect(await result(place, say('the third'))).toContain('I am busy: 1 file from this server is already waiting');
    expect(await first).toContain('the first of all');
    expect(palabra.sockets).toHaveLength(1);
    await second.until(({ content }) => content.endsWith('the second'), 20_000);
  });
});
