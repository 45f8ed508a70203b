import pino, { type Logger } from 'pino';
import type { Log } from './core/log.ts';

/** Fields that must never be written, wherever they are. */
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

const MAX_CHARS = 2_000; // of each text in a line: a longer text comes from outside, and nobody reads it
const MAX_READ_CHARS = 10_000; // of a message are searched for secrets: the part that is shown is shorter
const MOST_CAUSES = 5;
/** Characters that control a terminal and that JSON does not escape: C1 (as U+009B), line separators, bidi marks. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A key of a member's program, wherever it stands. */
const API_KEY = /parley_[\w-]{20,}/g;

/** The process's log: one JSON object a line on standard error, without tokens and without spoken words. */
export function openLog(level: string): Logger & Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: boundedFields },
      hooks: {
        logMethod(args, method) {
          const bounded = args.map((part) => (typeof part === 'string' ? clipped(part) : part));
          method.apply(this, bounded as typeof args); // the same arguments, shorter
        },
      },
      redact: { paths: REDACTED, censor: '(hidden)' },
      serializers: { err: (error: unknown) => plainError(error) },
    },
    pino.destination({ fd: 2, sync: true }), // the last lines before a crash must not stay in a buffer
  );
}

function boundedFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? clipped(value) : value]),
  );
}

/** Name, code and message of an error and of its causes. Library errors carry URLs and bodies; those stay out. */
function plainError(error: unknown, depth = 1): object {
  if (!(error instanceof Error)) return { message: typeof error };
  const code = 'code' in error ? codeOf(error.code) : {};
  const goesOn = error.cause !== undefined && depth < MOST_CAUSES; // causes may go round in a circle
  return {
    name: clipped(error.name),
    ...code,
    message: hideSecrets(error.message),
    stack: hideSecrets(frames(error)),
    ...(goesOn && { cause: plainError(error.cause, depth + 1) }),
  };
}

function codeOf(code: unknown): { readonly code?: string | number } {
  return typeof code === 'string' ? { code: clipped(code) } : typeof code === 'number' ? { code } : {};
}

function frames(error: Error): string {
  return (error.stack ?? '').slice(0, MAX_READ_CHARS).split('\n').slice(1, 8).join('\n');
}

/**
 * Hides the queries of addresses, the credentials in addresses, and everything that looks like a bot token. Cuts long
 * texts.
 *
 * Every pattern goes through the text only once, as errors may hold text from strangers.
 */
export function hideSecrets(message: string): string {
  const hidden = message
    .slice(0, MAX_READ_CHARS)
    .replaceAll(/(:\/\/[^\s?#]*)([?#]\S*)?/g, (_, place: string, query?: string) =>
      query === undefined ? place : `${place}?(hidden)`,
    )
    .replaceAll(/(\/(?:webhooks|interactions)\/\d+\/)[^\s/?]+/g, '$1(hidden)')
    .replaceAll(/:\/\/[^\s/@]*(?:@[^\s/@]*)*/g, (authority) => {
      const end = authority.lastIndexOf('@');
      return end < 0 ? authority : `://(hidden)${authority.slice(end)}`;
    })
    .replaceAll(/[\w.-]+/g, withoutTokens);
  return clipped(hidden);
}

/** A bot token is three parts with dots between them: long, short, long. */
function withoutTokens(run: string): string {
  if (run.length < 59) return run; // 24 + 6 + 27, and the dots
  const parts = run.split('.');
  const isLong = (at: number, least: number) => (parts[at]?.length ?? 0) >= least;
  const kept: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const isToken = isLong(at, 24) && isLong(at + 1, 6) && isLong(at + 2, 27);
    kept.push(isToken ? '(hidden)' : (parts[at] ?? ''));
    if (isToken) at += 2;
  }
  return kept.join('.');
}

function clipped(text: string): string {
  const kept = text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS).toWellFormed()}…` : text;
  return kept.replaceAll(UNESCAPED, ' ').replaceAll(API_KEY, '(hidden)');
}
