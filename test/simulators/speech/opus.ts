import opus from '@discordjs/opus';
import { FRAME_MS } from './alphabet.ts';
import { speak } from './speak.ts';

const SAMPLE_RATE_HZ = 48_000;
const FRAME_SAMPLES = (SAMPLE_RATE_HZ * FRAME_MS) / 1000;

export interface SpeechCoding {
  readonly channels?: 1 | 2; // Discord's clients mostly code stereo
  readonly bitrate?: number; // bits a second
}

/**
 * A text as the 20 ms Opus packets a Discord client would send for it, without the silence frames that follow.
 *
 * One frame longer than the utterance: the encoder delays by 6.5 ms, and the last tones must get out.
 */
export function encodeSpeech(text: string, { channels = 1, bitrate = 64_000 }: SpeechCoding = {}): Buffer[] {
  const encoder = new opus.OpusEncoder(SAMPLE_RATE_HZ, channels);
  encoder.setBitrate(bitrate);
  const speech = speak(text, SAMPLE_RATE_HZ);
  const frames = Math.ceil(speech.length / FRAME_SAMPLES) + 1;
  return Array.from({ length: frames }, (_, frame) => {
    const pcm = Buffer.alloc(FRAME_SAMPLES * channels * 2);
    speech.subarray(frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES).forEach((sample, i) => {
      for (let channel = 0; channel < channels; channel++) pcm.writeInt16LE(sample, (i * channels + channel) * 2);
    });
    return encoder.encode(pcm);
  });
}
