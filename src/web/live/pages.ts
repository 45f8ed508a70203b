import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { noteAccess } from '../../core/access-log.ts';
import type { GuildId, MeetingId, SpeakerId } from '../../core/ids.ts';
import type { Afterwards } from '../../core/live/afterwards.ts';
import type { Log } from '../../core/log.ts';
import type { Guest, LiveLinks, Pass } from '../../core/ports/live-links.ts';
import type { MeetingHead } from '../../core/record.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { assetPages } from '../assets/assets.ts';
import { localeOf } from '../locale.ts';
import { overlayPages } from '../overlay/pages.ts';
import type { PageContext as Context, Pages } from '../server.ts';
import { downloadOf, pageOf, placeOf } from './afterwards.ts';
import { type FeedSource, LiveFeeds } from './feed/feeds.ts';
import type { PageReader } from './feed/reading.ts';
import { OpenPage, type PageTiming } from './open-page.ts';
import { livePage, noPage } from './page.ts';
import { exchange, type FoundPass, meetingIn, Passes } from './passes.ts';
import { type LookTiming, type Reader, RightToRead, type Verdict } from './right-to-read.ts';
import { type SeatLimits, Seats } from './seats.ts';
import { shownLanguage } from './shown/language.ts';
import { Pictures } from './shown/pictures.ts';

export interface LiveParts extends FeedSource {
  readonly links: LiveLinks;
  /**
   * Asks Discord how a member reads; `undefined` when they may not read the meeting (any more), `away` when the process
   * that could ask cannot be reached.
   */
  readerOf(guest: Guest): Promise<Reader | 'away' | undefined>;
  headOf(guest: Guest): Promise<MeetingHead | undefined>;
  /** Calls back when roles, channels or members of a server change; without a server: perhaps of any. */
  watchRights?(changed: (guildId?: GuildId, userId?: SpeakerId) => void): Disposable;
  /** Knows who has signed in, and which meetings may be theirs; missing: nobody can sign in. */
  readonly members?: { passOf(context: Context, meetingId: MeetingId): Promise<FoundPass> };
  /** Shows meetings that are over; missing: their pages stay as they were when they ended. */
  readonly afterwards?: Afterwards;
  /** The same in all processes of the bot, and known to nobody else; missing: keys of people change with each start. */
  readonly secret?: string;
  /** Where Discord has people's pictures. */
  readonly cdnUrl?: string;
  readonly log: Log;
  readonly timing?: Partial<PageTiming & LookTiming>;
  readonly seats?: Partial<SeatLimits>;
}

const TIMING: PageTiming = { signOfLifeMs: 15_000, takenWithinMs: 30_000 };
const STREAM = { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' }; // nginx would buffer it
const LATER = { 'Retry-After': '10' };

/** The live page, on which speech grows as it is recognised, for members who may read the meeting's text channel. */
export class LivePages implements Disposable {
  readonly app: Pages;
  readonly #parts: LiveParts;
  readonly #passes: Passes;
  readonly #right: RightToRead;
  readonly #feeds: LiveFeeds;
  readonly #pictures: Pictures;
  readonly #seats: Seats;
  readonly #watching: Disposable | undefined;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#passes = new Passes(parts);
    this.#seats = new Seats(parts.seats);
    this.#right = new RightToRead((guest) => parts.readerOf(guest), parts.timing);
    this.#feeds = new LiveFeeds(parts, parts.secret);
    this.#pictures = new Pictures(parts.log, parts.cdnUrl);
    this.#watching = parts.watchRights?.((guildId, userId) => this.#right.rightsChanged(guildId, userId));
    this.app = new Hono();
    this.app
      .use('/live/:meeting', compress()) // no streams: a line would wait for others to be packed with
      .use('/live/:meeting/exports/:format', compress())
      .get('/live/:meeting', (context) => this.#show(context))
      .get('/live/:meeting/lines', (context) => this.#stream(context))
      .get('/live/:meeting/pictures/:key', (context) => this.#picture(context))
      .get('/live/:meeting/exports/:format', (context) => this.#download(context))
      .get('/overlay/:meeting/lines', (context) => this.#stream(context, 'overlay'))
      .route('/', assetPages())
      .route(
        '/',
        overlayPages((context) => this.#passes.passIn(context, context.req.query('key'), 'overlay')),
      );
  }

  /** How many are open. */
  get open(): number {
    return this.#seats.count;
  }

  /** Whether somebody may read a meeting now: the same answer for all of their pages. */
  async verdictFor(guest: Guest): Promise<Verdict> {
    return await this.#right.verdictFor(guest);
  }

  [Symbol.dispose](): void {
    this.#watching?.[Symbol.dispose]();
    this.#right[Symbol.dispose]();
    this.#feeds[Symbol.dispose]();
  }

  async #show(context: Context): Promise<Response> {
    const words = wordsFor(localeOf(context));
    // The same page whatever the reason, so that trying addresses reveals nothing about meetings.
    const nothing = () => context.html(noPage(words.t('live.nothing'), words, '..', this.#signInFor(context)), 404);
    const key = context.req.query('key');
    const pass = await this.#passes.passIn(context, key);
    if (pass === 'unknown yet') return later(context, words, 503);
    if (!pass) return nothing();
    if (!pass.visit()) return later(context, words, 429);
    if (key !== undefined) return exchange(context, pass, key);
    const verdict = await this.#right.verdictFor(pass.guest);
    this.#note(verdict, pass.guest);
    if (verdict === 'unsure' || verdict === 'away') return later(context, words, 503);
    if (verdict === 'no' || pass.over.aborted) return nothing();
    const place = await placeOf(context, this.#parts.afterwards, pass);
    if (place !== undefined) return context.redirect(place, 303);
    const page = await pageOf(context, this.#parts.afterwards, pass, verdict.reads);
    if (page === 'busy') return later(context, words, 503);
    if (page !== undefined) return pass.over.aborted ? nothing() : context.html(page);
    const head = await this.#parts.headOf(pass.guest);
    return head ? context.html(livePage(head, words)) : nothing();
  }

  /** Sends the minutes of a meeting that is over as a file. */
  async #download(context: Context): Promise<Response> {
    if (context.req.method !== 'GET') return context.body(null, 405, { Allow: 'GET' }); // nothing is made for a HEAD
    const words = wordsFor(localeOf(context));
    const nothing = () =>
      context.html(noPage(words.t('live.nothing'), words, '../../..', this.#signInFor(context)), 404);
    const admitted = await this.#admit(await this.#passes.passIn(context));
    if (admitted === 429 || admitted === 503) return context.body(null, admitted, LATER);
    if (admitted === 404 || !this.#parts.afterwards) return nothing();
    const answer = await downloadOf(context, this.#parts.afterwards, admitted.pass);
    return answer ?? nothing();
  }

  /** Sends the picture of somebody in the meeting, so that no browser has to ask Discord for it. */
  async #picture(context: Context): Promise<Response> {
    const pass = await this.#passes.passIn(context); // not counted as a visit: a page shows many at once
    if (pass === 'unknown yet') return context.body(null, 503, LATER);
    const verdict = pass && (await this.#right.verdictFor(pass.guest));
    if (verdict === 'unsure' || verdict === 'away') return context.body(null, 503, LATER);
    if (!pass || verdict === 'no' || pass.over.aborted) return context.body(null, 404);
    const address = await this.#feeds.pictureOf(pass.guest, context.req.param('key') ?? '');
    const picture = address === undefined ? undefined : await this.#pictures.pictureAt(address);
    return picture ? context.body(picture.bytes, 200, { 'Content-Type': picture.type }) : context.body(null, 404);
  }

  async #stream(context: Context, shows?: Guest['shows']): Promise<Response> {
    // An answer without a body would never end the page that is opened for it.
    if (context.req.method !== 'GET') return context.body(null, 405, { Allow: 'GET' });
    const admitted = await this.#admit(await this.#passes.passIn(context, shows && context.req.query('key'), shows));
    if (admitted === 429 || admitted === 503) return context.body(null, admitted, LATER);
    if (admitted === 404) return context.body(null, 404);
    const { pass, reader } = admitted;
    const { guest } = pass;
    const own = shows ? undefined : reader.reads;
    const targets = await this.#feeds.targetsOf(guest);
    const joined = await this.#feeds.join(guest, shownLanguage(context.req.query('in'), own, targets));
    if (!joined) return context.body(null, 404);
    const [feed, leave] = joined;
    const outgoing = context.env.outgoing;
    // Meanwhile the browser may have gone, or the link may have been closed. A response that is queued behind another
    // has no socket yet, and may never have one: no event would say when its connection is gone.
    const hasNoSocket = outgoing !== undefined && (outgoing.destroyed || outgoing.socket === null);
    const isTooLate = shows !== undefined && feed.isOver; // a stream shows what is said, not what was said
    if (hasNoSocket || pass.over.aborted || isTooLate) {
      leave();
      return context.body(null, 404);
    }
    const over = new AbortController();
    const page = new OpenPage(
      feed,
      { ...TIMING, ...this.#parts.timing },
      () => void outgoing?.destroy(),
      () => {
        over.abort();
        this.#seats.leaveSeat(page);
        leave();
      },
      readerOf(context, own),
    );
    if (!this.#seats.takeSeat(guest, page)) {
      page.abandon();
      return context.body(null, 503, LATER);
    }
    outgoing?.once('close', () => page.abandon());
    this.#guard(page, pass, over.signal);
    return context.body(page.body, 200, STREAM);
  }

  /** Counts a visit, and asks whether the guest may read. @returns the status of the answer when they may not, or nobody knows */
  async #admit(pass: FoundPass): Promise<{ readonly pass: Pass; readonly reader: Reader } | 404 | 429 | 503> {
    if (pass === 'unknown yet') return 503;
    if (!pass) return 404;
    if (!pass.visit()) return 429;
    const verdict = await this.#right.verdictFor(pass.guest);
    this.#note(verdict, pass.guest);
    if (verdict === 'unsure' || verdict === 'away') return 503;
    return verdict === 'no' ? 404 : { pass, reader: verdict };
  }

  /** Ends a page when its link ends, and when its reader may not read any more. */
  #guard(page: OpenPage, { guest, over: linkOver }: Pass, gone: AbortSignal): void {
    linkOver.addEventListener('abort', () => page.end('closed'), { signal: gone });
    const judge = (verdict: Verdict | undefined) => {
      if (gone.aborted) return;
      page.hold(verdict === undefined || verdict === 'away');
      if (verdict !== 'no' && verdict !== 'unsure') return;
      const isNew = page.end(verdict === 'no' ? 'ended' : 'stopped');
      if (isNew) noteAccess(this.#parts.log, { what: whatOf(guest), outcome: 'ended', ...guest });
    };
    page.hold(true); // something may have changed since the request came
    const unwatch = this.#right.watch(guest, judge);
    gone.addEventListener('abort', unwatch, { once: true });
    void this.#right.verdictFor(guest).then(judge);
  }

  /** The meeting that somebody may see who signs in; `undefined`: nobody can. */
  #signInFor(context: Context): MeetingId | undefined {
    return this.#passes.takesMembers ? meetingIn(context) : undefined;
  }

  #note(verdict: Verdict, guest: Guest): void {
    if (verdict === 'no' || verdict === 'unsure') {
      noteAccess(this.#parts.log, { what: whatOf(guest), outcome: 'refused', ...guest });
    }
  }
}

function whatOf({ shows }: Guest): 'overlay' | 'live page' {
  return shows ?? 'live page';
}

/** A browser that connects again by itself says what it has; a script that does so says it in the address. */
function readerOf(context: Context, reads: string | undefined): PageReader {
  const lastEventId = context.req.header('last-event-id') ?? context.req.query('after');
  return { ...(reads !== undefined && { reads }), ...(lastEventId !== undefined && { lastEventId }) };
}

async function later(context: Context, words: Words, status: 429 | 503): Promise<Response> {
  return await context.html(noPage(words.t('live.later'), words), status, LATER);
}
