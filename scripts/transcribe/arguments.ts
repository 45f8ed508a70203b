import { parseArgs } from 'node:util';
import { type AudioFormat, CONTAINERS, isContainer, isPcm, PCM_ENCODINGS } from '../../src/palabra/sockets/format.ts';

export const HELP = `Transcribes a file, or audio from standard input, in real time.

  npm run transcribe -- FILE|- [options]

  FILE                  an audio file; - reads standard input, for example a microphone through a pipe:
                        arecord -f S16_LE -r 16000 -c 1 -t raw | npm run transcribe -- - --format pcm_s16le
  --language CODE       what is spoken; default: auto
  --translate CODES     languages to translate into, separated by commas: es,fr
  --format FORMAT       ${[...PCM_ENCODINGS].join(', ')},
                        ${[...CONTAINERS].join(', ')};
                        default: what the file's name and first bytes say
  --sample-rate HZ      for raw PCM, one channel (pcm_s16le: 16000 unless given); containers hold their own
  --no-filler-filter    keep the ums and ers; --filler-filter drops them; default: the recogniser's choice
  --json                one JSON object a line, growing text included, for programs
  --help                this text

Finals and translations go to standard output. Everything else goes to standard error: growing text, in place on a
terminal and as plain lines in a pipe, and the progress of a file on a terminal. Ctrl-C ends the input, waits for the
last words and exits with 130; a second one exits at once.

At the end of the input, silence is added so that the recogniser finishes the last words. That is possible for raw PCM,
WAV, MP3, AAC and Ogg Opus. FLAC, WebM and Ogg Vorbis end as they are: the wait is longer then, and words that were
shown but never finished are marked as unconfirmed.

The keys come from the environment or from .env: PALABRA_CLIENT_ID and PALABRA_CLIENT_SECRET, or PALABRA_API_KEY.
`;

export interface Arguments {
  readonly path: string; // - is standard input
  readonly language: string;
  readonly translateTo: readonly string[];
  readonly format?: AudioFormat;
  readonly sampleRateHz?: number;
  readonly fillerFilter?: boolean;
  readonly json: boolean;
}

/** The command line is wrong. The message says how to correct it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu;

/** @throws {UsageError} */
export function readArguments(args: readonly string[]): Arguments | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help === true) return 'help';
  const [path, ...more] = positionals;
  if (path === undefined) throw new UsageError('Name a file, or - for standard input.');
  if (more.length > 0) throw new UsageError('Name one file at a time.');
  const format = values.format;
  if (format !== undefined && !isPcm(format) && !isContainer(format)) {
    throw new UsageError(
      `The recogniser does not know the format ${format}. It knows ${[...PCM_ENCODINGS, ...CONTAINERS].join(', ')}.`,
    );
  }
  return {
    path,
    language: languageOf(values.language ?? 'auto'),
    translateTo: [...new Set((values.translate ?? '').split(',').flatMap((code) => code.trim() || []))].map(languageOf),
    ...(format === undefined ? undefined : { format }),
    ...sampleRateOf(values['sample-rate'], format),
    ...(values['filler-filter'] === undefined ? undefined : { fillerFilter: values['filler-filter'] }),
    json: values.json ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        language: { type: 'string' },
        translate: { type: 'string' },
        format: { type: 'string' },
        'sample-rate': { type: 'string' },
        'filler-filter': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'Cannot read the options.');
  }
}

function languageOf(code: string): string {
  if (code !== 'auto' && !LANGUAGE.test(code))
    throw new UsageError(`${code} is not a language code. Examples: es, pt-br.`);
  return code.toLowerCase();
}

/** The rule of Palabra's API: required for raw PCM except pcm_s16le at 16,000 Hz, and not allowed for containers. */
function sampleRateOf(given: string | undefined, format: string | undefined): { sampleRateHz?: number } {
  if (given === undefined) {
    if (format !== undefined && isPcm(format) && format !== 'pcm_s16le') {
      throw new UsageError(`Raw ${format} needs --sample-rate.`);
    }
    return {};
  }
  if (format !== undefined && isContainer(format)) {
    throw new UsageError(`Leave --sample-rate out: ${format} files contain their sample rate.`);
  }
  const sampleRateHz = Number(given);
  if (!/^\d+$/u.test(given) || sampleRateHz < 8000 || sampleRateHz > 192_000) {
    throw new UsageError(`--sample-rate must be a number of hertz from 8000 to 192000, not ${given}.`);
  }
  return { sampleRateHz };
}
