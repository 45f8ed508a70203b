import { Hono } from 'hono';
import { noteAccess } from '../../core/access-log.ts';
import type { GuildId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { ListedMeeting } from '../../core/ports/archive.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { localeOf } from '../locale.ts';
import { withForms } from '../secured.ts';
import type { PageContext, Pages } from '../server.ts';
import type { Door } from './door.ts';
import { invitationPage, meetingsPage, sentencePage } from './meetings-page.ts';
import { type ReadableParts, readableChannels } from './readable.ts';

const ON_A_PAGE = 25;
const PLACE = /^(\d{1,15})-([\w-]{1,64})$/;
const LATER = { 'Retry-After': '10' };

export interface MeetingsParts extends ReadableParts {
  readonly door: Pick<Door, 'memberIn'>;
  /** The time zone that a server has chosen; `undefined`: none. */
  timeZoneOf(guildId: GuildId): Promise<string | undefined>;
  readonly log: Log;
}

/** The page of a member's meetings, in all servers of the bot. */
export function memberPages(parts: MeetingsParts): Pages {
  const app: Pages = new Hono();
  app.get('/meetings', withForms, async (context) => {
    const words = wordsFor(localeOf(context));
    const member = await parts.door.memberIn(context);
    if (member === 'unknown yet') return later(context, words, 503);
    if (!member) return context.html(invitationPage(words));
    if (!member.visit()) return later(context, words, 429);
    const readable = await readableChannels(member, parts);
    const found = await parts.archive.listIn(readable.channels, ON_A_PAGE + 1, placeIn(context)); // one more, to know whether there are more
    noteAccess(parts.log, { what: 'meetings listed', outcome: 'allowed', userId: member.userId });
    if (member.over.aborted) return context.html(invitationPage(words));
    const meetings = found.slice(0, ON_A_PAGE);
    const last = meetings.at(-1);
    return context.html(
      meetingsPage(
        {
          meetings: await Promise.all(meetings.map((meeting) => shown(meeting, readable.serverNames, parts))),
          isComplete: readable.isComplete,
          isFirst: context.req.query('before') === undefined,
          ...(last && found.length > ON_A_PAGE && { next: placeOf(last) }),
        },
        words,
      ),
    );
  });
  return app;
}

async function shown(
  { head, endedMs }: ListedMeeting,
  serverNames: ReadonlyMap<GuildId, string>,
  { timeZoneOf }: MeetingsParts,
) {
  const serverName = serverNames.get(head.guildId);
  return {
    ...{ id: head.id, title: head.title, channelName: head.voiceChannelName, beganAt: head.beganAt },
    timeZone: (await timeZoneOf(head.guildId)) ?? 'UTC',
    ...(serverName !== undefined && { serverName }),
    ...(endedMs !== undefined && { endedMs }),
  };
}

/** A meeting's place in the list: those after it are older. */
function placeOf({ head }: ListedMeeting): string {
  return `${head.beganAt.getTime()}-${head.id}`;
}

function placeIn(context: PageContext): { readonly id: string; readonly beganAt: Date } | undefined {
  const [, beganAtMs, id] = PLACE.exec(context.req.query('before') ?? '') ?? [];
  return id === undefined ? undefined : { id, beganAt: new Date(Number(beganAtMs)) };
}

async function later(context: PageContext, words: Words, status: 429 | 503): Promise<Response> {
  return await context.html(sentencePage(words.t('live.later'), words), status, LATER);
}
