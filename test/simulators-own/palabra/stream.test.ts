import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PalabraSimulator, startPalabra } from '../../simulators/palabra/index.ts';
import { speak, spokenDurationMs } from '../../simulators/speech/speak.ts';
import { listen } from './listen.ts';

const RATE_HZ = 16_000;
const SILENCE = new Int16Array(RATE_HZ);

describe('a stream of the simulated Palabra', () => {
  let palabra: PalabraSimulator;
  beforeEach(async () => {
    palabra = await startPalabra({ translationDelayMs: 5, maxAheadMs: 60_000 });
  });
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

  it('says no final without silence', async () => {
    const client = await listen(palabra, 'format=pcm_s16le');
    client.say(speak('Hello world', RATE_HZ));
    client.say(SILENCE.subarray(0, 0.6 * RATE_HZ));
    await client.until(() => client.partials().length >= 2);
    await palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) >= spokenDurationMs('Hello world') + 600);
    await client.close();
    expect(client.finals()).toEqual([]);
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
});
