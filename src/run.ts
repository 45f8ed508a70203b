import { ConfigError, loadDotEnv, readConfig } from './config.ts';
import { DiscordError } from './discord/discord-error.ts';
import { openLog } from './log.ts';
import { runParley } from './parley.ts';
import { StorageError } from './storage/storage-error.ts';

const SHUTDOWN_LIMIT_MS = 25_000; // container hosts kill after 30 s as a rule

const stop = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => {
    stop.abort();
    // A second signal, or a shutdown that hangs, ends it at once.
    process.once(name, () => process.exit(1));
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
  });
}

try {
  loadDotEnv();
  const config = readConfig(process.env);
  const log = openLog(config.logLevel);
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'A rejection that nobody awaited: please report this');
  });
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
