import { ConfigError, readConfig } from '../../src/config.ts';
import { SttError } from '../../src/core/errors.ts';
import { openRecording } from '../../src/palabra/recording/open.ts';
import { RecordingError } from '../../src/palabra/recording/recording.ts';
import { transcribeRecording } from '../../src/palabra/recording/transcribe-recording.ts';
import { type Arguments, HELP, readArguments, UsageError } from './arguments.ts';
import { printable } from './printable.ts';
import { jsonPrinter, type Output, textPrinter } from './printer.ts';
import { openSource } from './source.ts';

const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** The surroundings of the command, which tests replace. */
export interface Surroundings {
  readonly arguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly input: AsyncIterable<Uint8Array>;
  readonly out: Output;
  readonly err: Output;
}

/**
 * Runs the whole command.
 *
 * @param stop - ends the input; the text of the audio so far still comes
 * @param signal - ends everything at once
 * @returns the exit code
 */
export async function run(around: Surroundings, stop: AbortSignal, signal: AbortSignal): Promise<number> {
  const { out, err } = around;
  try {
    const asked = readArguments(around.arguments);
    if (asked === 'help') {
      out.write(HELP);
      return EXIT.done;
    }
    await transcribe(asked, around, stop, signal);
    return stop.aborted ? EXIT.interrupted : EXIT.done;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    if (error instanceof UsageError) {
      err.write(`${printable(error.message)} Use --help for more.\n`);
      return EXIT.usage;
    }
    if (error instanceof SttError || error instanceof RecordingError) {
      err.write(`${printable(error.message)}\n`);
      return EXIT.failed;
    }
    if (error instanceof ConfigError) {
      err.write(`Cannot reach Palabra: ${printable(error.problems.join(' '))}\n`);
      return EXIT.failed;
    }
    throw error;
  }
}

async function transcribe(asked: Arguments, around: Surroundings, stop: AbortSignal, signal: AbortSignal) {
  const service = serviceFrom(around.environment);
  const source = await openSource(asked.path, around.input);
  const recording = await openRecording(source.bytes, {
    ...source.about,
    ...(asked.format === undefined ? undefined : { format: asked.format }),
    ...(asked.sampleRateHz === undefined ? undefined : { sampleRateHz: asked.sampleRateHz }),
  });
  const printer = asked.json ? jsonPrinter(around.out) : textPrinter(around.out, around.err, recording.durationMs);
  try {
    await transcribeRecording(
      recording,
      { ...service, ...(asked.fillerFilter === undefined ? undefined : { fillerFilter: asked.fillerFilter }) },
      { language: asked.language, translateTo: asked.translateTo },
      printer,
      stop,
      signal,
    );
  } finally {
    printer.end();
  }
  if (recording.isBrokenOff?.()) throw new RecordingError('The rest of the file cannot be read. The text ends there.');
}

/** The configuration of the recogniser, read by the bot's own code. */
function serviceFrom(environment: NodeJS.ProcessEnv) {
  const ours = Object.entries(environment).filter(([name]) => name.startsWith('PALABRA_'));
  const { credentials, apiKey, apiUrl, streamUrl } = readConfig({
    ...Object.fromEntries(ours),
    DISCORD_TOKEN: 'unused',
  }).palabra;
  return { credentials, apiUrl, streamUrl, ...(apiKey === undefined ? undefined : { apiKey }) };
}
