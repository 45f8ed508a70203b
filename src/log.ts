import pino, { type Logger } from 'pino';
import type { Log } from './core/log.ts';

/** Fields that must never be written, wherever somebody may have put them. */
const SECRETS = [
  'token',
  'secret',
  'authorization',
  'clientSecret',
  'ClientSecret',
  'sessionId',
  'url',
  'text',
  'content',
];
const REDACTED = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** The process's log: one JSON object a line on standard error, without tokens and without spoken words. */
export function openLog(level: string): Logger & Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED, censor: '(hidden)' },
      serializers: { err: (error: unknown) => plainError(error) },
    },
    pino.destination({ fd: 2, sync: true }), // what a crash wanted to say last must not stay in a buffer
  );
}

/** Name, code and message of an error and of its causes. Library errors carry URLs and bodies; those stay out. */
function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error };
  const code = 'code' in error ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: plainError(error.cause) };
  return {
    name: error.name,
    ...code,
    message: hideSecrets(error.message),
    stack: hideSecrets(frames(error)),
    ...cause,
  };
}

function frames(error: Error): string {
  return (error.stack ?? '').split('\n').slice(1, 8).join('\n');
}

/** Strips queries from addresses and anything that looks like a bot token. */
export function hideSecrets(message: string): string {
  return message
    .replaceAll(/(\b(?:https?|wss?):\/\/[^\s?#]+)[?#]\S*/g, '$1?(hidden)')
    .replaceAll(/(\/(?:webhooks|interactions)\/\d+\/)[^\s/?]+/g, '$1(hidden)')
    .replaceAll(/(:\/\/)[^\s/@]*:[^\s/@]*@/g, '$1(hidden)@')
    .replaceAll(/\b[\w-]{24,}\.[\w-]{6,}\.[\w-]{27,}\b/g, '(hidden)');
}
