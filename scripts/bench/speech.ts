import { execFileSync } from 'node:child_process';
import opus from '@discordjs/opus';
import { speak } from '../../test/simulators/speech/index.ts';

export type Coding = 'mono' | 'stereo';

/**
 * 20 ms Opus packets of several voices, one after another. Each speaker starts at another packet and repeats the
 * recording.
 */
export type Recording = readonly Uint8Array[];

export interface Speech {
  readonly source: 'espeak-ng' | 'tones';
  readonly recordings: Readonly<Record<Coding, Recording>>;
}

/** How many packets later each speaker starts than the previous one. The same as in floor.c. */
export const STRIDE = 97;

const SPEAKER = 'espeak-ng';
const RESAMPLER = 'sox';
const SAMPLE_RATE_HZ = 48_000;
const FRAME_SAMPLES = 960;
const BITRATE = 64_000; // what Discord's clients use by default
const MAX_BUFFER = 64 * 1024 * 1024;

const SAID = [
  ['en', 'Good morning everyone, before we begin with the agenda I would like to thank all of you for coming so early'],
  ['en-us', 'The release went out on Tuesday night, and apart from two small problems nobody seems to have noticed it'],
  ['de', 'Guten Morgen, ich habe die Zahlen vom letzten Quartal mitgebracht und möchte sie kurz mit euch durchgehen'],
  ['es', 'Yo creo que deberíamos esperar una semana más antes de decidir, porque todavía faltan muchas respuestas'],
  ['fr', 'Je suis tout à fait d’accord, mais il faut que quelqu’un prenne la responsabilité de cette partie du projet'],
  ['it', 'Abbiamo provato la nuova versione con dieci clienti e quasi tutti hanno detto che funziona molto meglio'],
] as const;

/**
 * Speech, encoded as Discord's clients encode it. Real speech if espeak-ng and sox are installed, otherwise tones.
 *
 * Stereo has the same sound on both sides, which is what Discord's desktop clients send.
 */
export function makeSpeech(): Speech {
  const spoken = SAID.map(([language, text]) => spokenBy(language, text));
  const isReal = spoken.every((samples) => samples !== undefined);
  const voices = SAID.map(([, text], i) => spoken[i] ?? speak(text.slice(0, 60), SAMPLE_RATE_HZ));
  const coded = (coding: Coding) => voices.flatMap((samples) => encode(samples, coding));
  return {
    source: isReal ? 'espeak-ng' : 'tones',
    recordings: { mono: coded('mono'), stereo: coded('stereo') },
  };
}

/** A recording by espeak-ng at 48 kHz, without long pauses. `undefined` when a program is missing. */
function spokenBy(language: string, text: string): Int16Array | undefined {
  try {
    const wav = execFileSync(SPEAKER, ['-v', language, '--stdout', text], {
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: MAX_BUFFER,
    });
    const format = ['-t', 'raw', '-r', String(SAMPLE_RATE_HZ), '-e', 'signed', '-b', '16', '-c', '1'];
    const raw = execFileSync(RESAMPLER, ['-t', 'wav', '-', ...format, '-', 'silence', '1', '0.1', '1%'], {
      input: wav,
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: MAX_BUFFER,
    });
    const samples = new Int16Array(raw.length >> 1);
    for (let i = 0; i < samples.length; i++) samples[i] = raw.readInt16LE(i * 2);
    return samples.length > SAMPLE_RATE_HZ ? samples : undefined;
  } catch {
    return undefined; // not installed
  }
}

function encode(samples: Int16Array, coding: Coding): Buffer[] {
  const channels = coding === 'stereo' ? 2 : 1;
  const encoder = new opus.OpusEncoder(SAMPLE_RATE_HZ, channels);
  encoder.setBitrate(BITRATE);
  const frames = Math.floor(samples.length / FRAME_SAMPLES);
  return Array.from({ length: frames }, (_, frame) => {
    const pcm = Buffer.alloc(FRAME_SAMPLES * channels * 2);
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const sample = samples[frame * FRAME_SAMPLES + i] ?? 0;
      for (let channel = 0; channel < channels; channel++) pcm.writeInt16LE(sample, (i * channels + channel) * 2);
    }
    return encoder.encode(pcm);
  });
}
