import { ConfigError, loadDotEnv, readConfig } from './config.ts';
import { DiscordError } from './discord/gateway/discord-error.ts';
import { openLog } from './log.ts';
import { ProcessFailure, Restart, runParley } from './parley.ts';
import { StorageError } from './storage/storage-error.ts';

const SHUTDOWN_LIMIT_MS = 25_000; // container hosts kill after 30 s as a rule
const HANDOVER_LIMIT_MS = 170_000; // a process of a cluster gives its meetings away first
const MOST_FAILURES_LOGGED = 10; // an error at every packet would fill the disk
const FAILURE_LIMIT_MS = 8_000; // to post the last words, in a process whose state is unknown

const stop = new AbortController();
let shutdownLimitMs = SHUTDOWN_LIMIT_MS;
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => {
    // Ctrl+C means the end. A host that stops the process to start it again sends SIGTERM.
    stop.abort(name === 'SIGTERM' ? new Restart('The host stops the process') : undefined);
    // A second signal, or a shutdown that hangs, ends the process at once.
    process.once(name, () => process.exit(1));
    setTimeout(() => process.exit(1), shutdownLimitMs).unref();
  });
}

// The last line of defence: errors that strangers can cause have to be caught where their data comes in.
let log = openLog('error');
let failures = 0;
for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(kind, (error: unknown) => {
    failures += 1;
    if (failures <= MOST_FAILURES_LOGGED)
      log.error(
        { err: error, kind },
        'Parley failed and ends: please report this. The next start resumes its meetings',
      );
    process.exitCode = 1;
    if (stop.signal.aborted) return; // the process is ending already
    stop.abort(new ProcessFailure('The process failed'));
    setTimeout(() => process.exit(1), FAILURE_LIMIT_MS).unref();
  });
}

try {
  loadDotEnv();
  const config = readConfig(process.env);
  log = openLog(config.logLevel);
  if (config.cluster) shutdownLimitMs = HANDOVER_LIMIT_MS;
  await runParley(config, log, stop.signal);
} catch (error) {
  if (!stop.signal.aborted) fail(error);
}
process.exit();

/** Prints errors that people can act on as one sentence, and only unforeseen ones with their stack. */
function fail(error: unknown): void {
  const isForeseen = [ConfigError, DiscordError, StorageError].some((kind) => error instanceof kind);
  if (isForeseen && error instanceof Error) process.stderr.write(`${error.message}\n`);
  else openLog('error').error({ err: error }, 'Parley failed: please report this');
  process.exitCode = 1;
}
