import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PalabraOptions, type PalabraSimulator, startPalabra } from '../../simulators/palabra/index.ts';
import { speak, spokenDurationMs } from '../../simulators/speech/index.ts';
import { listen } from './listen.ts';

const RATE_HZ = 16_000;
const SILENCE = new Int16Array(RATE_HZ);
const SENTENCE = 'The quick brown fox jumps';

describe('a stream of the simulated Palabra', () => {
  let palabra: PalabraSimulator;
  /** These tests speak much faster than real time. */
  const start = async (options?: PalabraOptions) => {
    palabra = await startPalabra({ translationDelayMs: 5, maxAheadMs: 60_000, ...options });
  };
  beforeEach(() => start());
  afterEach(() => palabra.close());

  it('says as a final what was spoken, in seconds of audio, once silence follows', async () => {
    const client = await listen(palabra, 'format=pcm_s16le&language=en');
    client.say(SILENCE);
    client.say(speak('Hello world', RATE_HZ));
    client.say(SILENCE);
    await client.until(() => client.finals().length > 0);
    const end_time = 1 + spokenDurationMs('Hello world') / 1000;
    expect(client.finals()).toMatchObject([{ language: 'en', segment: { text: 'Hello world' } }]);
    expect(client.finals()[0]?.segment.start_time).toBeCloseTo(1, 2);
    expect(client.finals()[0]?.segment.end_time).toBeCloseTo(end_time, 2);
    await client.close();
    expect(palabra.violations).toEqual([]);
  });

  it('tells tests of every final when each word was heard and how well', async () => {
    const client = await listen(palabra, 'format=pcm_s16le');
    client.say(speak('Hi you', RATE_HZ));
    client.say(SILENCE);
    const [final] = await once(palabra, 'final');
    expect(final).toBe(palabra.finals[0]);
    expect(palabra.sockets[0]?.finals).toEqual(palabra.finals);
    expect(final).toMatchObject({ socketIndex: 0, text: 'Hi you', slips: 0, isIntact: true, startMs: 0 });
    expect(final).toMatchObject({
      words: [
        { text: 'Hi', startMs: 60 },
        { text: 'you', startMs: 240, endMs: 420 },
      ],
    });
    await client.close();
  });

  it('says no final without silence', async () => {
    const client = await listen(palabra, 'format=pcm_s16le');
    client.say(speak('Hello world', RATE_HZ));
    client.say(SILENCE.subarray(0, 0.6 * RATE_HZ));
    await client.until(() => client.partials().length >= 2);
    await palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) >= spokenDurationMs('Hello world') + 600);
    await client.close();
    expect(client.finals()).toEqual([]);
  });

  it('shows in the text that audio is missing', async () => {
    const client = await listen(palabra, 'format=pcm_s16le');
    const speech = speak(SENTENCE, RATE_HZ);
    client.say(speech.subarray(0, 10_240));
    client.say(speech.subarray(10_240 + 5120));
    client.say(SILENCE);
    await client.until(() => client.finals().length > 0);
    expect(client.finals()[0]?.segment.text).not.toBe(SENTENCE);
    expect(palabra.finals).toMatchObject([{ slips: 1, isIntact: false }]);
    await client.close();
  });

  it('says partials about every 300 ms of audio, all with the id of their final', async () => {
    const client = await listen(palabra, 'format=pcm_s16le');
    client.say(speak(SENTENCE, RATE_HZ));
    client.say(SILENCE);
    await client.until(() => client.finals().length > 0);
    const expected = spokenDurationMs(SENTENCE) / 300;
    expect(client.partials().length).toBeGreaterThan(expected * 0.7);
    expect(client.partials().length).toBeLessThan(expected * 1.1);
    expect(new Set(client.heard.map(({ transcription_id }) => transcription_id)).size).toBe(1);
    await client.close();
  });

  it('says deltas that add up to the text when the filler filter is off', async () => {
    const client = await listen(palabra, 'format=pcm_s16le&enable_filler_filter=false');
    client.say(speak(SENTENCE, RATE_HZ));
    client.say(SILENCE);
    await client.until(() => client.finals().length > 0);
    let text = '';
    for (const { delta, segment } of client.heard) {
      text += delta.text;
      expect(segment.text).toBe(text);
    }
    expect(text).toBe(SENTENCE);
    await client.close();
  });

  it.each(['format=pcm_s16le', 'format=pcm_s16le&language=ja&enable_filler_filter=true'])(
    'takes back the tail of partials when the filler filter is on: %s',
    async (query) => {
      const client = await listen(palabra, query);
      client.say(speak(SENTENCE, RATE_HZ));
      client.say(SILENCE);
      await client.until(() => client.finals().length > 0);
      const takenBack = client.partials().filter(({ segment }) => !SENTENCE.startsWith(segment.text));
      expect(takenBack.length).toBeGreaterThan(1);
      expect(client.finals()[0]?.segment.text).toBe(SENTENCE);
      await client.close();
    },
  );

  it('filters no fillers in Japanese unless asked to', async () => {
    const client = await listen(palabra, 'format=pcm_s16le&language=ja');
    client.say(speak(SENTENCE, RATE_HZ));
    client.say(SILENCE);
    await client.until(() => client.finals().length > 0);
    expect(client.partials().every(({ segment }) => SENTENCE.startsWith(segment.text))).toBe(true);
    await client.close();
  });

  it('says one translation per target after the final, with its id and times', async () => {
    const client = await listen(palabra, 'format=pcm_s16le&language=en&translate_languages=es,fr');
    client.say(speak('Hello', RATE_HZ));
    client.say(SILENCE);
    await client.until(() => client.translations().length === 2);
    const [final] = client.finals();
    expect(client.translations()).toEqual(
      ['es', 'fr'].map((language) => ({
        message_type: 'translated_transcription',
        transcription_id: final?.transcription_id,
        language,
        is_eos: true,
        segment: { ...final?.segment, text: `${language}:Hello` },
      })),
    );
    await client.close();
  });

  it('says in which language it was spoken when that was left to it', async () => {
    await palabra.close();
    await start({ detect: (text) => (text.includes('ß') ? 'de' : 'en') });
    const client = await listen(palabra, 'format=pcm_s16le&language=auto');
    client.say(speak('Grüße', RATE_HZ));
    client.say(SILENCE);
    client.say(speak('Hello', RATE_HZ));
    client.say(SILENCE);
    await client.until(() => client.finals().length === 2);
    expect(client.finals().map(({ language }) => language)).toEqual(['de', 'en']);
    await client.close();
  });

  it('says the final at once when it is told to finalize', async () => {
    await palabra.close();
    await start({ finalize: true });
    const client = await listen(palabra, 'format=pcm_s16le');
    client.say(speak('Now', RATE_HZ));
    client.say(SILENCE.subarray(0, 3200));
    client.ws.send('{"message_type":"finalize"}');
    await client.until(() => client.finals().length > 0);
    expect(client.finals()[0]?.segment.text).toBe('Now<fin>');
    await client.close();
    expect(palabra.violations).toEqual([]);
  });

  it.each(['{"message_type":"finalize"}', 'hello'])('records the text message %s', async (text) => {
    const client = await listen(palabra, 'format=pcm_s16le');
    client.ws.send(text);
    await once(palabra, 'violation');
    expect(palabra.violations).toEqual(['socket 0: a text message']);
    await client.close();
  });

  it('records messages that end inside a sample, are empty or larger than 1 MB', async () => {
    const client = await listen(palabra, 'format=pcm_s16le');
    client.ws.send(Buffer.alloc(3));
    client.ws.send(Buffer.alloc(0));
    client.ws.send(Buffer.alloc(1_048_577 + 1));
    await palabra.until(({ violations }) => violations.length === 3);
    expect(palabra.violations).toEqual([
      'socket 0: a message ends inside a sample',
      'socket 0: an empty message',
      'socket 0: a message of more than 1 MB',
    ]);
    await client.close();
  });

  it('records audio that rushes ahead of real time, and does not transcribe it', async () => {
    await palabra.close();
    await start({ maxAheadMs: 500 });
    const client = await listen(palabra, 'format=pcm_s16le');
    client.say(SILENCE);
    client.say(speak('Hello', RATE_HZ));
    client.say(SILENCE);
    await palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) >= 2000 + spokenDurationMs('Hello'));
    await client.close();
    expect(client.heard).toEqual([]);
    expect(palabra.violations).toEqual(['socket 0: audio faster than real time']);
  });

  it('closes with 1001 some time after the last audio', async () => {
    await palabra.close();
    await start({ idleCloseMs: 100 });
    const client = await listen(palabra, 'format=pcm_s16le');
    client.say(SILENCE);
    const saidAt = performance.now();
    const [code] = await once(client.ws, 'close');
    expect(code).toBe(1001);
    expect(performance.now() - saidAt).toBeGreaterThan(95);
    expect(palabra.violations).toEqual([]);
    expect(palabra.sockets[0]).toMatchObject({ closeCode: 1001, closedBy: 'service' });
  });

  it('records a close with another code than 1000', async () => {
    const client = await listen(palabra, 'format=pcm_s16le');
    client.ws.close();
    await once(palabra, 'closed');
    expect(palabra.violations).toEqual(['socket 0: closed with 1005 instead of 1000']);
  });

  it('counts the time on the clock when it is told to', async () => {
    await palabra.close();
    await start({ timesFrom: 'wall clock' });
    const client = await listen(palabra, 'format=pcm_s16le');
    const speech = speak('Hello', RATE_HZ);
    client.say(speech);
    client.say(SILENCE);
    await client.until(() => client.finals().length > 0);
    // Everything came at once: it was heard, backwards from now, before the socket was even open.
    expect(client.finals()[0]?.segment.start_time).toBeLessThan(0.1);
    expect(palabra.finals[0]?.startMs).toBe(0);
    await client.close();
  });

  it('closes at once with whoever is connected', async () => {
    const client = await listen(palabra, 'format=pcm_s16le&translate_languages=es');
    const closed = once(client.ws, 'close');
    await palabra.close();
    expect(await closed).toEqual([1006, expect.anything()]);
    await palabra.close();
  });
});
