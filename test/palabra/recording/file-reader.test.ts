import { describe, expect, it } from 'vitest';
import { AudioError, SttError } from '../../../src/core/errors.ts';
import type { LeftOut } from '../../../src/core/notice.ts';
import type { AudioListener, SttOptions } from '../../../src/core/ports/speech-to-text.ts';
import type { TranscriptSegment } from '../../../src/core/segment.ts';
import { oggSpeech, wavSpeech } from '../../scripts/support/audio-files.ts';
import { encodeSpeech, webmFile } from '../../simulators/speech/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { ENGLISH, type Studio, studio } from '../support/studio.ts';
import { flacHead } from './support/files.ts';

const MINUTE_MS = 60_000;
const never = new AbortController().signal;

/** Keeps everything that is reported about a file. */
class Notes implements AudioListener {
  segments: TranscriptSegment[] = [];
  starts = 1;
  readonly heard: { readonly sentMs: number; readonly ofMs: number | undefined }[] = [];
  onProgress: () => void = () => {};

  segment(segment: TranscriptSegment): void {
    this.segments.push(segment);
  }
  progress(sentMs: number, ofMs: number | undefined): void {
    this.heard.push({ sentMs, ofMs });
    this.onProgress();
  }
  readonly left: LeftOut[] = [];
  leftOut(leftOut: LeftOut): void {
    this.left.push(leftOut);
  }
  startedOver(): void {
    this.segments = [];
    this.starts += 1;
  }
  get texts(): string[] {
    return this.segments.flatMap(({ kind, text }) => (kind === 'partial' ? [] : [text]));
  }
}

/** Frames of 26 ms that begin at 320 kbit/s, from which the length is guessed, and go on at 32. */
function mp3ThatPromisesLess(frames: number): Buffer {
  const frame = (rate: number, length: number) => {
    const bytes = Buffer.alloc(length, 0x55);
    bytes.set([0xff, 0xfb, rate, 0x00]); // MPEG 1, 44,100 Hz
    return bytes;
  };
  return Buffer.concat([...Array(10).fill(frame(0xe0, 1_044)), ...Array(frames).fill(frame(0x10, 104))]);
}

async function read(place: Studio, name: string, bytes: Uint8Array, options: SttOptions = ENGLISH) {
  const notes = new Notes();
  const outcome = await place.transcriber.transcribeAudio({ name, bytes }, options, MINUTE_MS, notes, never);
  return { notes, outcome };
}

describe.concurrent('reading a file', inRealTime, () => {
  it('streams it in its own format, and reports its progress', async () => {
    await using place = await studio();
    const options = { language: 'auto', translateTo: ['es'] };
    const { notes, outcome } = await read(place, 'voice-message.ogg', oggSpeech('good morning'), options);
    expect([outcome, notes.texts]).toEqual(['whole', ['good morning', 'es:good morning']]);
    const { query } = place.palabra.sockets[0] ?? {};
    expect(query).toMatchObject({ format: 'ogg', language: 'auto', translate_languages: 'es' });
    const sent = notes.heard.map(({ sentMs }) => sentMs);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
    expect(sent.at(-1)).toBeGreaterThan(1_000);
    expect(place.palabra.violations).toEqual([]);
  });

  it('gives its socket to somebody who speaks, and begins again after them', async () => {
    await using place = await studio({ socketsPerCredential: 1 });
    const ana = place.person('Ana');
    const notes = new Notes();
    const begun = new Promise<void>((resolve) => {
      notes.onProgress = resolve;
    });
    const reading = place.transcriber.transcribeAudio(
      { name: 'a.wav', bytes: wavSpeech('a file that is long enough to be in the way of a speaker') },
      ENGLISH,
      MINUTE_MS,
      notes,
      never,
    );
    await begun;
    await ana.say('me first');
    await ana.until(() => ana.said.length > 0);
    expect(ana.said).toEqual(['me first']);
    expect(notes.texts).toEqual([]);
    await ana.stream.finish(never);
    expect(await reading).toBe('whole');
    expect(notes.texts).toEqual(['a file that is long enough to be in the way of a speaker']);
    expect(notes.starts).toBe(2);
    expect(ana.notices).toEqual([]);
    expect(place.palabra.violations).toEqual([]);
  });

  it('waits for somebody who speaks already, without taking their socket', async () => {
    await using place = await studio({ socketsPerCredential: 1 });
    const ana = place.person('Ana');
    const speaking = ana.say('let me finish what I have to say');
    await place.palabra.until(({ sockets }) => sockets.length === 1);
    const reading = read(place, 'a.wav', wavSpeech('then me'));
    await speaking;
    await ana.until(() => ana.said.length > 0);
    expect(ana.said).toEqual(['let me finish what I have to say']);
    await ana.stream.finish(never);
    const { notes } = await reading;
    expect([notes.texts, notes.starts]).toEqual([['then me'], 1]);
    expect(ana.stream.status().reconnects).toBe(0);
  });

  it('begins again when the recogniser is lost on the way', async () => {
    await using place = await studio();
    const reading = read(place, 'a.wav', wavSpeech('say it twice'));
    await place.palabra.until(({ sockets }) => (sockets[0]?.partialsSent ?? 0) > 0);
    place.palabra.faults.closeAll(1011);
    const { notes } = await reading;
    expect([notes.texts, notes.starts]).toEqual([['say it twice'], 2]);
  });

  it('stops at once when its signal is aborted', async () => {
    await using place = await studio();
    const stop = new AbortController();
    const file = { name: 'a.wav', bytes: wavSpeech('nobody waits for the end of this') };
    const reading = place.transcriber.transcribeAudio(file, ENGLISH, MINUTE_MS, new Notes(), stop.signal);
    const ended = expect(reading).rejects.toThrow('enough');
    await place.palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) > 300);
    stop.abort(new Error('enough'));
    await ended;
    expect(place.palabra.sockets).toMatchObject([{ closeCode: 1000 }]);
  });

  it('cuts off a file whose length shows only on the way', async () => {
    await using place = await studio();
    const notes = new Notes();
    const file = { name: 'a.flac', bytes: Buffer.concat([flacHead(48_000, 0), Buffer.alloc(900_000)]) };
    expect(await place.transcriber.transcribeAudio(file, ENGLISH, 1_500, notes, never)).toBe('cut off');
    expect(notes.heard.at(-1)?.sentMs).toBeLessThan(6_000);
  });

  it('says when the rest of a file could not be read', async () => {
    await using place = await studio();
    const ogg = oggSpeech('what came before');
    const { notes, outcome } = await read(place, 'a.ogg', ogg.subarray(0, -5));
    expect(outcome).toBe('broken off');
    expect(notes.texts.join()).toMatch(/^what/u);
  });

  it('hears all of a WAV from a pipe, whatever its header promises', async () => {
    await using place = await studio();
    const piped = Buffer.from(wavSpeech('from a pipe'));
    piped.writeUInt32LE(0x8000_0000, 40);
    const { notes, outcome } = await read(place, 'a.wav', piped);
    expect([outcome, notes.texts]).toEqual(['whole', ['from a pipe']]);
    expect(notes.heard.at(-1)?.ofMs).toBe((piped.length - 44) / 32);
  });

  it('sends a browser’s recording, which does not say how long it is, as fast as it plays', async () => {
    await using place = await studio();
    const silence = Array<Buffer>(60).fill(Buffer.of(0xf8, 0xff, 0xfe)); // people do not stop a recording in a word
    const bytes = webmFile([...encodeSpeech('as fast as it plays', { channels: 1, bitrate: 32_000 }), ...silence]);
    const { notes } = await read(place, 'recording.webm', bytes);
    expect(notes.texts).toEqual(['as fast as it plays']);
    const { sentMs = 0, ofMs = 0 } = notes.heard.at(-1) ?? {};
    expect(Math.abs(sentMs - ofMs)).toBeLessThan(100);
    expect(ofMs).toBeGreaterThan(1_500);
    expect(place.palabra.violations).toEqual([]);
  });

  it.each([
    ['longer than it may be', 'a.wav', wavSpeech('a long speech'), 'too-long'],
    ['longer than its first frames promise', 'a.mp3', mp3ThatPromisesLess(300), 'too-long'],
    ['text that is called audio', 'a.mp3', Buffer.from('Dear all, this is no audio at all.'), 'unreadable'],
    ['without a telling name or beginning', 'letter', Buffer.from('Dear all, no audio at all.'), 'unknown-format'],
    ['MP4', 'a.m4a', Buffer.from('\0\0\0\x20ftypM4A ', 'latin1'), 'unsupported-format'],
    ['empty', 'a.ogg', Buffer.alloc(0), 'unreadable'],
  ])('opens no session for a file that is %s', async (_what, name, bytes, code) => {
    await using place = await studio();
    const reading = place.transcriber.transcribeAudio({ name, bytes }, ENGLISH, 300, new Notes(), never);
    const error = await reading.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AudioError);
    expect(error).toMatchObject({ code });
    expect(place.palabra.sessions).toHaveLength(0);
  });

  it('leaves out what languages the recogniser refuses, and says so', async () => {
    await using place = await studio();
    const options = { language: 'xx', translateTo: ['sv', 'es'] };
    const { notes, outcome } = await read(place, 'a.wav', wavSpeech('hello'), options);
    expect([outcome, notes.texts]).toEqual(['whole', ['hello', 'es:hello']]);
    expect(notes.left).toEqual([{ targets: ['sv'], spoken: 'xx' }]);
    expect(place.palabra.sockets).toMatchObject([{ query: { language: 'auto', translate_languages: 'es' } }]);
  });

  it('passes on what the recogniser says where no language is to blame', async () => {
    await using place = await studio();
    place.palabra.faults.nextUpgrade({ kind: 'status', status: 400, body: '{"detail":"no such format"}' }, 9);
    const reading = read(place, 'a.wav', wavSpeech('hello'), { language: 'en', translateTo: ['es', 'fr'] });
    const error = await reading.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(SttError);
    expect(error).toMatchObject({ code: 'bad-request', message: expect.stringMatching(/no such format/u) });
  });
});
