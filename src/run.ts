import { ConfigError, loadDotEnv, readConfig } from './config.ts';
import { DiscordError } from './discord/gateway/discord-error.ts';
import { openLog } from './log.ts';
import { ProcessFailure, Restart, runParley } from './parley.ts';
import { StorageError } from './storage/storage-error.ts';

const SHUTDOWN_LIMIT_MS = 25_000; // container hosts kill after 30 s as a rule
const MOST_FAILURES_LOGGED = 10; // what fails at each packet would fill the disk
const FAILURE_LIMIT_MS = 8_000; // for last words, in a process that nobody knows the state of

const stop = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => {
    // Whoever presses Ctrl+C is done with it; hosts that deploy send SIGTERM.
    stop.abort(name === 'SIGTERM' ? new Restart('The host stops the process') : undefined);
    // A second signal, or a shutdown that hangs, ends it at once.
    process.once(name, () => process.exit(1));
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
  });
}

// The last line of defence: whatever a stranger sends is to be caught where it comes in.
let log = openLog('error');
let failures = 0;
for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(kind, (error: unknown) => {
    failures += 1;
    if (failures <= MOST_FAILURES_LOGGED)
      log.error({ err: error, kind }, 'Parley failed and ends: please report this. Meetings go on at the next start');
    process.exitCode = 1;
    if (stop.signal.aborted) return; // it ends already
    stop.abort(new ProcessFailure('The process failed'));
    setTimeout(() => process.exit(1), FAILURE_LIMIT_MS).unref();
  });
}

try {
  loadDotEnv();
  const config = readConfig(process.env);
  log = openLog(config.logLevel);
  await runParley(config, log, stop.signal);
} catch (error) {
  if (!stop.signal.aborted) fail(error);
}
process.exit();

/** What people can act on is said in a sentence; only what nobody foresaw brings its stack. */
function fail(error: unknown): void {
  const isForeseen = [ConfigError, DiscordError, StorageError].some((kind) => error instanceof kind);
  if (isForeseen && error instanceof Error) process.stderr.write(`${error.message}\n`);
  else openLog('error').error({ err: error }, 'Parley failed: please report this');
  process.exitCode = 1;
}
