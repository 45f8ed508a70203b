import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Afterwards, AfterwardsWish } from '../../core/live/afterwards.ts';
import type { Pass } from '../../core/ports/live-links.ts';
import { wordsFor } from '../../i18n/words.ts';
import { readersLinks } from '../assets/assets.ts';
import { localeOf } from '../locale.ts';
import { MEDIA_TYPES } from '../media-types.ts';
import { dataFor, searchWords } from './page-data.ts';

const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i;
const SPEAKER = /^\d{1,3}$/;

/** What a request wants to see: `?in=es&who=0`, or `?in=spoken`. Anything malformed counts as missing. */
function wishOf(context: Context): AfterwardsWish {
  const [language = '', who = ''] = [context.req.query('in'), context.req.query('who')];
  return {
    locale: localeOf(context),
    ...(LANGUAGE.test(language) && { language }),
    ...(SPEAKER.test(who) && { speaker: Number(who) }),
  };
}

/**
 * The page of a meeting that is over, as `Afterwards` gives it.
 *
 * @param reads - the language in which it comes when its address names none
 */
export async function pageOf(
  context: Context,
  afterwards: Afterwards | undefined,
  { guest }: Pass,
  reads: string | undefined,
): Promise<string | 'busy' | undefined> {
  const links = readersLinks('..', ['voices.css', 'search/search.css', 'meeting/meeting.css'], 'meeting/main.js');
  const head = html`${links}\n${dataFor('search-words', searchWords(wordsFor(localeOf(context))))}`;
  const usual = context.req.query('in') === undefined && reads !== undefined ? { language: reads } : {};
  return await afterwards?.pageOf(guest, { ...usual, ...wishOf(context) }, String(await head));
}

/** Leads whoever has found words (`?said=`) to their place on the page, with the same language. @returns the address, if there is such a place */
export async function placeOf(
  context: Context,
  afterwards: Afterwards | undefined,
  { guest }: Pass,
): Promise<string | undefined> {
  const said = context.req.query('said');
  const wish = wishOf(context);
  const name = said === undefined ? undefined : await afterwards?.placeOf(guest, said, wish);
  if (name === undefined) return undefined;
  const query = `?${new URLSearchParams({ in: wish.language ?? 'spoken' })}`; // the words that were found, whatever they read else
  return `./${encodeURIComponent(guest.meetingId)}${query}#${name}`;
}

/** The answer with a file; `undefined` when there is none. Its making stops when the browser or the link goes. */
export async function downloadOf(
  context: Context,
  afterwards: Afterwards,
  { guest, over }: Pass,
): Promise<Response | undefined> {
  const format = context.req.param('format') ?? '';
  const signal = AbortSignal.any([context.req.raw.signal, over]);
  const file = await afterwards.fileOf(guest, format, wishOf(context), signal);
  if (file === undefined || over.aborted) return undefined;
  if (file === 'busy' || file === 'late') return context.body(null, 503, { 'Retry-After': '30' });
  return context.body(new Uint8Array(file.bytes), 200, {
    'Content-Type': MEDIA_TYPES[format] ?? 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${file.name}"`,
  });
}
