import { onTestFinished } from 'vitest';
import type { Answerer } from '../../../src/core/asking/answerer.ts';
import { type Log, quiet } from '../../../src/core/log.ts';
import type { MeetingHead } from '../../../src/core/record.ts';
import { Readers } from '../../../src/discord/permissions/readers.ts';
import { watchRights } from '../../../src/discord/permissions/rights-changes.ts';
import { afterwardsOf } from '../../../src/minutes/afterwards.ts';
import { livePartsOf } from '../../../src/pages/live-parts.ts';
import { openPages } from '../../../src/pages/open-pages.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { openSettings } from '../../../src/storage/settings/settings.ts';
import { Health, servePages } from '../../../src/web/health.ts';
import { LinksInMemory } from '../../../src/web/live/links.ts';
import { MeetingsInMemory } from '../../commands/support/meetings-in-memory.ts';
import { connected } from '../../discord/support/connect.ts';
import type { Channel, Guild, Member } from '../../simulators/discord/index.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { keyFor, programWishes } from './programs.ts';
import { Visitor } from './visitor.ts';

interface Wishes {
  readonly log?: Log;
  readonly clientSecret?: string; // the right one unless told
  readonly hasSignIn?: boolean; // yes unless told
  readonly proxies?: readonly string[];
  readonly answerer?: Answerer; // none unless told
}

/**
 * Two servers with a meeting in each, and the pages as the bot serves them to members who sign in. Ana is in both, Ben in the
 * first alone; each server has a channel `board` that Ana alone sees.
 *
 * @param finished - says what to do at the end of the test, as for `served`
 */
export async function club(
  { log = quiet, clientSecret, hasSignIn = true, proxies = [], answerer }: Wishes = {},
  finished: (end: () => Promise<void>) => void = onTestFinished,
) {
  const made: { guild?: Guild; second?: Guild; ana?: Member; ben?: Member } = {};
  const place = await connected((discord) => {
    made.guild = discord.addGuild({ name: 'Café' });
    made.second = discord.addGuild({ name: 'Club' });
    made.ana = made.guild.addMember({ name: 'ana' });
    made.ben = made.guild.addMember({ name: 'ben' });
    made.second.addMember({ name: 'ana', user: made.ana.user });
    for (const guild of [made.guild, made.second]) {
      guild.addTextChannel('general');
      guild.addTextChannel('board', {
        overwrites: [
          { for: guild.everyone, deny: ['ViewChannel'] },
          { for: guild.bot, allow: ['ViewChannel'] },
          ...[guild.members.get(made.ana.id)].flatMap((ana) =>
            ana ? [{ for: ana, allow: ['ViewChannel'] as const }] : [],
          ),
        ],
      });
    }
  });
  const { guild, second, ana, ben } = made;
  if (!guild || !second || !ana || !ben) throw new Error('The world was not built');
  const { discord, client } = place;
  const settings = await openSettings('sqlite://:memory:', quiet);
  const journal = await openJournal('sqlite://:memory:', quiet);
  const meetings = new MeetingsInMemory(settings, journal);
  const links = new LinksInMemory('http://localhost');
  const health = new Health();
  const server = await servePages({ host: '127.0.0.1', port: 0, proxies }, health, log);
  const origin = `http://127.0.0.1:${server.port}`;
  const { application } = discord.world;
  application.redirectUris.push(`${origin}/sign-in/back`);
  const readers = new Readers(client);
  const botOf = () => ({ readers, house: meetings });
  const pages = await openPages(
    {
      ...livePartsOf({
        botOf,
        watchRights: (changed) => watchRights(client, changed),
        archive: journal.archive,
        settings,
      }),
      afterwards: afterwardsOf({ archive: journal.archive, settings }),
      links,
      log,
    },
    hasSignIn
      ? {
          ...{ token: discord.token, clientSecret: clientSecret ?? application.clientSecret, publicUrl: origin },
          ...{ apiUrl: discord.apiUrl, authorizeUrl: discord.authorizeUrl },
          ...{ archive: journal.archive, sessions: journal.sessions, settings, log },
        }
      : undefined,
    { ...programWishes({ journal, settings, readers, publicUrl: origin, log }), answerer },
  );
  health.begin({ isReady: () => true, meetings: () => 0 }, pages.app);
  finished(async () => {
    pages[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
    await settings[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
    await place[Symbol.asyncDispose]();
  });
  let count = 0;
  return {
    ...{ discord, guild, second, ana, ben, journal, settings, meetings, links, pages, origin },
    visitor: () => new Visitor(origin, discord),
    /** A program of a member: asks with a new key. */
    async program(who: Member, of: Guild = guild) {
      const secret = await keyFor(journal, who.id, of.id);
      const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
        fetch(`${origin}${path}`, { ...init, headers: { authorization: `Bearer ${secret}`, ...headers } });
      return { secret, ask };
    },
    /** A meeting that is over, unless it runs. Later ones began later. */
    async meeting(channel: Channel, title: string, { isRunning = false } = {}): Promise<MeetingHead> {
      count += 1;
      const head = makeHead({
        ...{ id: `meeting-${count}`, title, textChannelId: channel.id, guildId: channel.guild?.id ?? '' },
        beganAt: new Date(Date.parse('2026-11-23T10:00:00Z') + count * 3_600_000),
      });
      await journal.begin(head);
      await journal.of(head.id).joined({ speakerId: '100', displayName: 'Zoe', joinedMs: 0 });
      await journal.of(head.id).write(makeFinal({ utteranceId: 'u1', text: `Words of ${title}` }));
      if (isRunning) meetings.take(head);
      else {
        await journal.of(head.id).end(45 * 60_000, 'stopped');
        await journal.of(head.id).settled();
      }
      return head;
    },
    channel: (name: string, of: Guild = guild): Channel => {
      const found = [...of.channels.values()].find((channel) => channel.name === name);
      if (!found) throw new Error(`There is no channel ${name}`);
      return found;
    },
  };
}
