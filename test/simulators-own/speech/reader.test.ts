import { describe, expect, it } from 'vitest';
import {
  type EndedEvent,
  type ReaderEvent,
  SpeechReader,
  speak,
  spokenDurationMs,
  spokenWords,
} from '../../simulators/speech/index.ts';

const RATE_HZ = 48_000;
const FRAME = RATE_HZ / 50; // 20 ms
const TEXT = 'Größe, 日本 and 🎉 over the lazy dog.';
const MARK = '\u{fffd}';

const silence = (durationMs: number, sampleRateHz = RATE_HZ) => new Int16Array((durationMs * sampleRateHz) / 1000);

function read(sampleRateHz: number, ...parts: Int16Array[]): EndedEvent[] {
  const reader = new SpeechReader(sampleRateHz);
  return [silence(1000, sampleRateHz), ...parts, silence(1000, sampleRateHz)]
    .flatMap((part): ReaderEvent[] => reader.push(part))
    .filter((event) => event.kind === 'ended');
}

/** Frame by frame, so that tests can lose, double and swap them. */
function frames(text: string): Int16Array[] {
  const speech = speak(text, RATE_HZ);
  return Array.from({ length: speech.length / FRAME }, (_, i) => speech.subarray(i * FRAME, (i + 1) * FRAME));
}

describe('a speech reader', () => {
  it.each([8000, 16_000, 24_000, 44_100, 48_000])('reads back what was spoken at %i Hz', (sampleRateHz) => {
    const [heard, ...more] = read(sampleRateHz, speak(TEXT, sampleRateHz));
    expect(heard).toMatchObject({ text: TEXT, slips: 0, isIntact: true });
    expect(more).toEqual([]);
  });

  it('tells when the utterance and each of its words began and ended, to 5 ms', () => {
    const [heard] = read(RATE_HZ, speak(TEXT, RATE_HZ));
    const toMs = (sample = 0) => (sample * 1000) / RATE_HZ - 1000;
    expect(Math.abs(toMs(heard?.startSample))).toBeLessThan(5);
    expect(Math.abs(toMs(heard?.endSample) - spokenDurationMs(TEXT))).toBeLessThan(5);
    expect(heard?.words.map(({ text }) => text)).toEqual(TEXT.split(' '));
    for (const [i, word] of spokenWords(TEXT).entries()) {
      expect(Math.abs(toMs(heard?.words[i]?.startSample) - word.startMs)).toBeLessThan(5);
      expect(Math.abs(toMs(heard?.words[i]?.endSample) - word.endMs)).toBeLessThan(5);
    }
  });

  it('reads the same whatever the pieces in which the audio comes', () => {
    const reader = new SpeechReader(RATE_HZ);
    const audio = Int16Array.from([...silence(333), ...speak(TEXT, RATE_HZ), ...silence(800)]);
    const events: ReaderEvent[] = [];
    for (let at = 0; at < audio.length; at += 101) events.push(...reader.push(audio.subarray(at, at + 101)));
    expect(events.at(-1)).toMatchObject({ kind: 'ended', text: TEXT, isIntact: true });
  });

  it('tells the beginning, then the text as it grows, and never takes a character back', () => {
    const reader = new SpeechReader(RATE_HZ);
    const [first, ...heard] = [silence(200), speak(TEXT, RATE_HZ)].flatMap((part): ReaderEvent[] => reader.push(part));
    expect(first).toEqual({ kind: 'started', atSample: 0.2 * RATE_HZ });
    const texts = heard.map((event) => (event.kind === 'heard' ? event.text : event.kind));
    expect(texts.at(-1)).toBe(TEXT);
    for (const [i, text] of texts.entries()) expect(text.startsWith(texts[i - 1] ?? '')).toBe(true);
  });

  it('ends an utterance only after 700 ms of silence', () => {
    const reader = new SpeechReader(RATE_HZ);
    const kinds = (part: Int16Array) => reader.push(part).map(({ kind }) => kind);
    expect(kinds(speak('Hi', RATE_HZ))).not.toContain('ended');
    expect(kinds(silence(690))).toEqual([]);
    expect(kinds(silence(20))).toEqual(['ended']);
  });

  it('joins texts with a short pause between them, and separates them at a long one', () => {
    const said = read(
      RATE_HZ,
      speak('One', RATE_HZ),
      silence(313),
      speak('two', RATE_HZ),
      silence(760),
      speak('3', RATE_HZ),
    );
    expect(said.map(({ text, isIntact }) => [text, isIntact])).toEqual([
      ['One two', true],
      ['3', true],
    ]);
  });

  it.each([RATE_HZ, 16_000])('hears nothing in noise and in a hum at %i Hz', (sampleRateHz) => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647 - 0.5;
    };
    const noise = Int16Array.from({ length: sampleRateHz }, () => random() * 20_000);
    const hum = Int16Array.from(noise, (_, i) => 8000 * Math.sin((2 * Math.PI * 440 * i) / sampleRateHz));
    const reader = new SpeechReader(sampleRateHz);
    expect([noise, hum, silence(1000, sampleRateHz)].flatMap((part) => reader.push(part))).toEqual([]);
  });

  it.each([0, 1, 2])('does not mind when frame %i of every byte is silent', (lost) => {
    const holed = frames(TEXT).map((frame, i) => (i % 3 === lost ? silence(20) : frame));
    expect(read(RATE_HZ, ...holed)).toMatchObject([{ text: TEXT, slips: 0, isIntact: true }]);
  });

  it('takes a frame heard again in the place of a lost one for concealment', () => {
    const said = frames(TEXT);
    const concealed = said.map((frame, i) => (i % 11 === 7 ? (said[i - 1] ?? frame) : frame));
    expect(read(RATE_HZ, ...concealed)).toMatchObject([{ text: TEXT, slips: 0 }]);
  });

  it('marks a byte of which everything is lost', () => {
    const holed = frames('abcdef').map((frame, i) => (i >= 9 && i < 12 ? silence(20) : frame));
    expect(read(RATE_HZ, ...holed)).toMatchObject([{ text: `ab${MARK}def`, isIntact: false }]);
  });

  const said = frames('The quick brown fox jumps.');
  const damages: [string, Int16Array[]][] = [
    ['a removed frame', said.toSpliced(30, 1)],
    ['a doubled frame', said.toSpliced(30, 0, ...said.slice(29, 30))],
    ['an inserted silent frame', said.toSpliced(30, 0, silence(20))],
    ['two swapped frames', said.toSpliced(30, 2, ...said.slice(30, 32).reverse())],
    ['a removed chunk of 320 ms', said.toSpliced(30, 16)],
    ['a doubled chunk of 320 ms', said.toSpliced(30, 0, ...said.slice(14, 30))],
    ['two swapped chunks of 320 ms', said.toSpliced(16, 32, ...said.slice(32, 48), ...said.slice(16, 32))],
    ['5 ms cut out', said.with(30, (said[30] ?? silence(20)).subarray(FRAME / 4))],
    ['7 ms put in', said.toSpliced(30, 0, silence(7))],
  ];
  it.each(damages)('reports %s as a slip that shows in the text', (_, damaged) => {
    const [heard] = read(RATE_HZ, ...damaged);
    expect(heard?.slips).toBeGreaterThan(0);
    expect(heard?.isIntact).toBe(false);
    expect(heard?.text).toContain(MARK);
  });

  it('shows in the text that its beginning or its end is missing', () => {
    const said = frames('abcdef');
    expect(read(RATE_HZ, ...said.slice(9))).toMatchObject([{ text: `${MARK}cdef`, isIntact: false }]);
    expect(read(RATE_HZ, ...said.slice(0, 15))).toMatchObject([{ text: `abcd${MARK}`, isIntact: false }]);
  });

  it('notices by the checksum that two bytes were exchanged', () => {
    const said = frames('abcd');
    const forged = [...said.slice(0, 3), ...frames('bacd').slice(3, 9), ...said.slice(9)];
    expect(read(RATE_HZ, ...forged)).toMatchObject([{ text: 'bacd', slips: 0, isIntact: false }]);
  });

  it('says what it has when it is asked to end early', () => {
    const reader = new SpeechReader(RATE_HZ);
    reader.push(speak('Early', RATE_HZ));
    expect(reader.flush()).toMatchObject([{ text: 'Early', isIntact: true }]);
    expect(reader.flush()).toEqual([]);
  });
});

describe('speech', () => {
  it('lasts as long as it says, at about -12 dBFS', () => {
    const speech = speak(TEXT, RATE_HZ);
    const rms = Math.sqrt(speech.reduce((sum, sample) => sum + sample * sample, 0) / speech.length);
    expect(speech.length).toBe((spokenDurationMs(TEXT) * RATE_HZ) / 1000);
    expect(20 * Math.log10(rms / 32_768)).toBeCloseTo(-12.2, 0);
  });

  it.each(['', 'a\u{2}b', 'a\u{3}b'])('refuses a text it could not be read back from: %j', (text) => {
    expect(() => speak(text, RATE_HZ)).toThrow(RangeError);
  });
});
