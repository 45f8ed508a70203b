import type { Client, Guild as KnownGuild } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { NameMark } from '../../../src/discord/lobby/name-mark.ts';
import { openSettings } from '../../../src/storage/settings/settings.ts';
import type { DiscordSimulator, Guild, PermissionName } from '../../simulators/discord/index.ts';
import { connected } from '../support/connect.ts';

const RENAMER: readonly PermissionName[] = ['ViewChannel', 'ChangeNickname'];

interface Desk {
  readonly discord: DiscordSimulator;
  readonly guild: Guild;
  readonly client: Client<true>;
  /** One process, which finishes its renames when it ends. */
  mark(work: (mark: NameMark, known: KnownGuild) => void): Promise<void>;
}

async function desk(nick: string | null, permissions = RENAMER): Promise<Desk> {
  let guild: Guild | undefined;
  const it = await connected((discord) => {
    guild = discord.addGuild({ name: 'Office', botPermissions: permissions, everyonePermissions: ['ViewChannel'] });
    guild.bot.nick = nick;
  });
  onTestFinished(() => it[Symbol.asyncDispose]());
  const settings = await openSettings('sqlite://:memory:', quiet);
  onTestFinished(() => settings[Symbol.asyncDispose]());
  if (!guild) throw new Error('The world was not built');
  const { id } = guild;
  return {
    ...it,
    guild,
    async mark(work) {
      await using mark = new NameMark({ client: it.client, settings, log: quiet });
      const known = it.client.guilds.cache.get(id);
      if (known) work(mark, known);
    },
  };
}

describe('the mark of a running meeting', () => {
  it.each([
    ['the name of the account', null],
    ['a nickname', 'Scribe'],
    ['a nickname that has no room beside it', 'The Scribe of the Book Club, 2nd'],
  ])('stands before %s, and leaves it as it was', async (_, nick) => {
    const { guild, mark, discord } = await desk(nick);
    const before = guild.bot.displayName;
    await mark((it) => it.put(guild.id));
    expect(guild.bot.nick).toBe(`[transcribing] ${before}`.slice(0, 32));
    await mark((it) => it.remove(guild.id));
    expect(guild.bot.nick).toBe(nick);
    expect(discord.violations).toEqual([]);
  });

  it('is put on and taken off in the order of the requests', async () => {
    const { guild, mark } = await desk('Scribe');
    await mark((it) => {
      it.put(guild.id);
      it.remove(guild.id);
      it.put(guild.id);
      it.remove(guild.id);
    });
    expect(guild.bot.nick).toBe('Scribe');
  });

  it('is taken off by the next process after a crash', async () => {
    const { guild, mark } = await desk('The Scribe of the Book Club, 2nd');
    await mark((it) => it.put(guild.id)); // and then a crash
    await mark((it) => it.put(guild.id)); // a meeting that continues keeps it
    expect(guild.bot.nick).toMatch(/^\[transcribing\]/);
    await mark((it, known) => it.tidyUp(known));
    expect(guild.bot.nick).toBe('The Scribe of the Book Club, 2nd');
  });

  it('gives way to a name that somebody gave the bot meanwhile', async () => {
    const { guild, mark } = await desk('Scribe');
    await mark((it) => it.put(guild.id));
    guild.bot.rename('Secretary');
    await mark((it) => it.remove(guild.id));
    expect(guild.bot.nick).toBe('Secretary');
  });

  it('is not put on any more once another process goes on with the meeting, until this one begins another', async () => {
    const { guild, mark } = await desk('Scribe');
    await mark((it) => {
      it.put(guild.id);
      it.giveUp(guild.id);
    });
    expect(guild.bot.nick).toBe('Scribe');
    await mark((it) => {
      it.put(guild.id);
      it.giveUp(guild.id);
      it.put(guild.id);
    });
    expect(guild.bot.nick).toBe('[transcribing] Scribe');
  });

  it('is left out silently when the bot may not change its nickname', async () => {
    const { guild, mark, discord } = await desk('Scribe', ['ViewChannel']);
    let requests = 0;
    discord.rest.http.on('request', () => {
      requests += 1;
    });
    await mark((it) => it.put(guild.id));
    expect(guild.bot.nick).toBe('Scribe');
    expect(requests).toBe(0);
  });
});
