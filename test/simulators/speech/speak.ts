import {
  BYTE_MS,
  checksum,
  END_BYTE,
  FRAME_MS,
  FRAMES_PER_BYTE,
  LOWER_HALF_HZ,
  PILOT_HZ,
  PILOTS,
  START_BYTE,
  TONE_AMPLITUDE,
  UPPER_HALF_HZ,
} from './alphabet.ts';

const FRAMING_BYTES = 3; // start, end and checksum

/**
 * Says a text in tones that `SpeechReader` reads back, at -12 dBFS.
 *
 * @throws {RangeError} when the text is empty or contains the framing characters U+0002 or U+0003
 */
export function speak(text: string, sampleRateHz: number): Int16Array {
  const said = Buffer.from(text);
  if (said.length === 0 || said.includes(START_BYTE) || said.includes(END_BYTE)) {
    throw new RangeError('Cannot speak: the text is empty or contains framing characters');
  }
  const bytes = Buffer.concat([Buffer.from([START_BYTE]), said, Buffer.from([END_BYTE, checksum(said)])]);
  const samples = new Int16Array(Math.round((bytes.length * BYTE_MS * sampleRateHz) / 1000));
  const samplesPerFrame = (FRAME_MS * sampleRateHz) / 1000;
  for (let i = 0; i < samples.length; i++) {
    const frame = Math.floor(i / samplesPerFrame);
    const byte = bytes[Math.floor(frame / FRAMES_PER_BYTE)] ?? 0;
    const turns = (2 * Math.PI * i) / sampleRateHz;
    const sum =
      Math.sin(turns * (UPPER_HALF_HZ[byte >> 4] ?? 0)) +
      Math.sin(turns * (LOWER_HALF_HZ[byte & 15] ?? 0)) +
      Math.sin(turns * (PILOT_HZ[frame % PILOTS] ?? 0));
    samples[i] = Math.round(32_767 * TONE_AMPLITUDE * sum);
  }
  return samples;
}

/** How long `speak` takes to say it. */
export function spokenDurationMs(text: string): number {
  return (Buffer.byteLength(text) + FRAMING_BYTES) * BYTE_MS;
}

/** When, since its start, an utterance says each of its words (divided by white space). */
export function spokenWords(text: string): { text: string; startMs: number; endMs: number }[] {
  return [...text.matchAll(/\S+/g)].map((match) => {
    const startMs = (1 + Buffer.byteLength(text.slice(0, match.index))) * BYTE_MS;
    return { text: match[0], startMs, endMs: startMs + Buffer.byteLength(match[0]) * BYTE_MS };
  });
}
