import type { Context } from 'hono';

/** The language of whoever asks, as their browser reports it. */
export function localeOf({ req }: Context): string {
  return req.header('accept-language')?.split(',')[0] ?? 'en';
}
