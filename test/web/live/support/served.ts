import { expect, onTestFinished, vi } from 'vitest';
import type { GuildId, SpeakerId } from '../../../../src/core/ids.ts';
import { type Log, quiet } from '../../../../src/core/log.ts';
import { Audience } from '../../../../src/core/meeting/audience.ts';
import type { Guest } from '../../../../src/core/ports/live-links.ts';
import type { MeetingRecord } from '../../../../src/core/record.ts';
import type { LiveLine } from '../../../../src/web/browser/wire.ts';
import { Health, servePages } from '../../../../src/web/health.ts';
import { LinksInMemory } from '../../../../src/web/live/links.ts';
import { LivePages, type LiveParts } from '../../../../src/web/live/pages.ts';
import type { Reader } from '../../../../src/web/live/right-to-read.ts';
import { makeFinal, makeHead } from '../../../support/make.ts';

export const guest: Guest = { guildId: '1', meetingId: 'm1', userId: '100' };

interface Wishes extends Pick<LiveParts, 'afterwards' | 'cdnUrl' | 'timing' | 'seats'> {
  readonly reader?: Reader;
  readonly targets?: readonly string[]; // that the meeting is translated into
  readonly links?: ConstructorParameters<typeof LinksInMemory>[1];
  readonly log?: Log;
  readonly passOf?: LiveParts['links']['passOf'];
}

/**
 * The live pages of a meeting on a real server, and browsers that have a link.
 *
 * @param finished - says what to do at the end: of the test, unless several run side by side, which have to say of which
 */
export async function served(
  { reader = {}, targets = [], links: limits, timing, seats, afterwards, cdnUrl, log = quiet, passOf }: Wishes = {},
  finished: (end: () => Promise<void>) => void = onTestFinished,
) {
  const audience = new Audience();
  const record: MeetingRecord = {
    head: makeHead({ title: '<b>Weekly</b> & "more"' }),
    attendance: [{ speakerId: '100', displayName: 'Ana', joinedMs: 0 }],
    finals: [makeFinal({ utteranceId: 'u0', text: 'Said before', startMs: 1_000 })],
    translations: [],
    gaps: [],
    messages: [],
  };
  const at: {
    reader: Reader | undefined;
    isRunning: boolean;
    reads: number; // how often the record was read
    looks: number; // how often Discord was asked
    answer: ((guest: Guest) => Promise<Reader | 'away' | undefined>) | undefined;
    tell: Parameters<LiveParts['listen']>[1]; // what another process may have to say
  } = { reader, isRunning: true, reads: 0, looks: 0, answer: undefined, tell: () => {} };
  let changed: (guildId: GuildId, userId?: SpeakerId) => void = () => {};
  const links = new LinksInMemory('http://127.0.0.1:1/', limits);
  if (passOf) links.passOf = passOf as typeof links.passOf; // as a database answers: later, or not at all
  const parts: LiveParts = {
    links,
    readerOf: async (guest) => {
      at.looks += 1;
      return at.answer ? await at.answer(guest) : at.reader;
    },
    headOf: async () => record.head,
    recordOf: async () => {
      at.reads += 1;
      return record;
    },
    listen: (_guest, listener) => {
      at.tell = listener;
      return at.isRunning ? audience.listen(listener) : undefined;
    },
    targetsOf: async () => targets,
    watchRights: (listener) => {
      changed = listener;
      return { [Symbol.dispose]() {} };
    },
    log,
    timing: { everyMs: 50, afterChangeMs: 0, ...timing },
    ...(seats && { seats }),
    ...(afterwards && { afterwards }),
    ...(cdnUrl !== undefined && { cdnUrl }),
  };
  const { live, port, close } = await servePagesOf(parts, finished);
  /** The process ends, and another one serves the meeting. @returns its port */
  const startAnew = async () => {
    await close();
    return (await servePagesOf(parts, finished)).port;
  };
  const address = (path = '', meetingId = 'm1') => `http://127.0.0.1:${port}/live/${meetingId}${path}`;
  /** Presses the link as a browser does. @returns the cookie that it keeps */
  const enter = async (whose: Guest = guest) => {
    const { search } = new URL(links.invite(whose));
    const answer = await fetch(address(search, whose.meetingId), { redirect: 'manual' });
    expect(answer.status).toBe(303);
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  const change = (guildId: GuildId, userId?: SpeakerId) => changed(guildId, userId);
  return { audience, at, links, live, address, enter, change, port, record, startAnew };
}

async function servePagesOf(parts: LiveParts, finished: (end: () => Promise<void>) => void) {
  const live = new LivePages(parts);
  const health = new Health();
  health.begin({ isReady: () => true, meetings: () => 0 }, live.app);
  const server = await servePages({ host: '127.0.0.1', port: 0 }, health, parts.log);
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    live[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
  };
  finished(close);
  return { live, port: server.port ?? 0, close };
}

interface Event {
  readonly event: string;
  readonly id?: string;
  readonly data?: unknown; // of an event that is no line
  readonly line?: LiveLine;
}

/** Follows the page's lines as a browser's EventSource does. @param lastEventId - what it had before */
export async function follow(url: string, cookie: string, lastEventId?: string) {
  const headers = { cookie, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
  const response = await fetch(url, { headers });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: Event[] = [];
  const ended = (async () => {
    let pending = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      pending += decoder.decode(chunk, { stream: true });
      const blocks = pending.split('\n\n');
      pending = blocks.pop() ?? '';
      for (const block of blocks) {
        const read = eventIn(block);
        if (read) events.push(read);
      }
    }
  })();
  ended.catch(() => {}); // it was cut off: whoever waits for the end gets the error
  const seen = (text: string) =>
    vi.waitFor(() => {
      const found = events.find(({ line }) => line?.text === text)?.line;
      if (!found) throw new Error(`not among ${JSON.stringify(events)}`);
      return found;
    });
  return { events, seen, ended };
}

function eventIn(block: string): Event | undefined {
  const [event, id, data] = ['event', 'id', 'data'].map(
    (name) => new RegExp(`(?:^|\n)${name}: ([^\n]*)`).exec(block)?.[1],
  );
  if (event === undefined || event === 'beat') return undefined;
  const value = data ? { [event === 'line' ? 'line' : 'data']: JSON.parse(data) as unknown } : {};
  return { event, ...(id !== undefined && { id }), ...value };
}
