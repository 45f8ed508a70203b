import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PalabraSimulator, startPalabra } from '../../simulators/palabra/index.ts';
import {
  encodePcm,
  encodeSpeech,
  oggFile,
  type PcmEncoding,
  speak,
  type WavLayout,
  wavFile,
  webmFile,
} from '../../simulators/speech/index.ts';
import { listen } from './listen.ts';

const TEXT = 'Any format';
const SILENT_PACKETS = Array<Buffer>(50).fill(Buffer.from([0xf8, 0xff, 0xfe]));

function spoken(sampleRateHz: number): Int16Array {
  const speech = speak(TEXT, sampleRateHz);
  const samples = new Int16Array(speech.length + sampleRateHz);
  samples.set(speech);
  return samples;
}

describe('the simulated Palabra', () => {
  let palabra: PalabraSimulator;
  beforeEach(async () => {
    palabra = await startPalabra({ maxAheadMs: 60_000 });
  });
  afterEach(() => palabra.close());

  async function hear(query: string, bytes: Buffer, chunkBytes: number): Promise<void> {
    const client = await listen(palabra, query);
    for (let at = 0; at < bytes.length; at += chunkBytes) client.ws.send(bytes.subarray(at, at + chunkBytes));
    await client.until(() => client.finals().length > 0);
    await client.close();
    expect(palabra.finals).toMatchObject([{ text: TEXT, isIntact: true }]);
    expect(palabra.violations).toEqual([]);
  }

  const pcm: [PcmEncoding, number][] = [
    ['pcm_s16le', 48_000],
    ['pcm_s16le', 24_000],
    ['pcm_f32le', 16_000],
    ['pcm_f32be', 44_100],
    ['pcm_s32le', 16_000],
    ['pcm_s32be', 48_000],
    ['mulaw', 8000],
    ['alaw', 8000],
    ['mulaw', 16_000],
  ];
  it.each(pcm)('hears %s at %i Hz', async (encoding, rateHz) => {
    await hear(`format=${encoding}&sample_rate=${rateHz}`, encodePcm(spoken(rateHz), encoding), 4096);
  });

  const wavs: WavLayout[] = [
    { sampleRateHz: 44_100 },
    { sampleRateHz: 16_000, channels: 2 },
    { sampleRateHz: 48_000, coding: 'pcm_f32le' },
    { sampleRateHz: 8000, coding: 'alaw' },
    { sampleRateHz: 16_000, dataBytes: 0xffff_ffff },
  ];
  it.each(wavs)('hears a WAV file: %j', async (layout) => {
    await hear('format=wav', wavFile(spoken(layout.sampleRateHz), layout), 1001);
  });

  it.each([1, 2] as const)('hears Opus in ogg and webm, %i channels', async (channels) => {
    const packets = [...encodeSpeech(TEXT, { channels }), ...SILENT_PACKETS];
    await hear('format=ogg', oggFile(packets, channels), 999);
    palabra.finals.length = 0;
    await hear('format=webm', webmFile(packets, channels), 999);
  });

  it('is told that a WAV file went on after its end', async () => {
    const client = await listen(palabra, 'format=wav');
    client.ws.send(Buffer.concat([wavFile(spoken(16_000), { sampleRateHz: 16_000 }), Buffer.alloc(100)]));
    client.ws.send(Buffer.alloc(100));
    await palabra.until(({ violations }) => violations.length > 0);
    expect(palabra.violations).toEqual(['socket 0: audio after the end of the WAV']);
    await client.close();
  });

  it.each(['mp3', 'aac', 'flac'])('counts %s, which it cannot decode, and says nothing', async (format) => {
    const client = await listen(palabra, `format=${format}`);
    client.ws.send(Buffer.alloc(5000));
    await palabra.until(({ undecodable }) => undecodable.length > 0);
    expect(palabra.undecodable).toEqual([format]);
    expect(palabra.sockets[0]).toMatchObject({ receivedBytes: 5000, receivedSamples: 0 });
    await client.close();
    expect(client.heard).toEqual([]);
    expect(palabra.violations).toEqual([]);
  });
});
