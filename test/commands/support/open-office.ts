import type { Client } from 'discord.js';
import { commands, controls, definitions } from '../../../commands/index.ts';
import type { CommandContext } from '../../../commands/shared/context.ts';
import { AudioDesk } from '../../../src/core/audio/desk.ts';
import { CoolDowns } from '../../../src/core/concurrency/cool-downs.ts';
import { quiet } from '../../../src/core/log.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import type { Settings } from '../../../src/core/ports/settings.ts';
import { Budget } from '../../../src/core/usage/usage.ts';
import { registerCommands } from '../../../src/discord/gateway/register-commands.ts';
import { routeInteractions } from '../../../src/discord/interactions/router.ts';
import { DiscordPanels } from '../../../src/discord/panel/panels.ts';
import { Readers } from '../../../src/discord/permissions/readers.ts';
import { PalabraTranscriber } from '../../../src/palabra/transcriber.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { openSettings } from '../../../src/storage/settings/settings.ts';
import { connected } from '../../discord/support/connect.ts';
import type { Channel, DiscordSimulator, Guild, Member } from '../../simulators/discord/index.ts';
import { MeetingsInMemory } from './meetings-in-memory.ts';

export interface Office {
  readonly discord: DiscordSimulator;
  readonly guild: Guild;
  readonly general: Channel; // text
  readonly standup: Channel; // voice; Ana sits there
  readonly ana: Member;
  readonly ben: Member; // in no voice channel
  readonly boss: Member; // may manage the server
  readonly meetings: MeetingsInMemory;
  readonly settings: Settings;
  readonly journal: Journal;
  readonly readers: Readers;
  readonly client: Client<true>;
}

/** A server in which the bot has registered its commands and answers them. */
export async function openOffice(change: Partial<CommandContext> = {}): Promise<Office & AsyncDisposable> {
  const made: { guild?: Guild; general?: Channel; standup?: Channel; ana?: Member; ben?: Member; boss?: Member } = {};
  const it = await connected((discord) => {
    made.guild = discord.addGuild({ name: 'Office' });
    made.general = made.guild.addTextChannel('general');
    made.standup = made.guild.addVoiceChannel('Standup');
    made.ana = made.guild.addMember({ name: 'ana', globalName: 'Ana' });
    made.ben = made.guild.addMember({ name: 'ben', globalName: 'Ben' });
    made.boss = made.guild.addMember({
      name: 'boss',
      globalName: 'The Boss',
      permissions: ['ManageGuild', 'ManageChannels'],
    });
    made.ana.join(made.standup);
  });
  const { guild, general, standup, ana, ben, boss } = made;
  if (!guild || !general || !standup || !ana || !ben || !boss) throw new Error('The world was not built');
  const settings = await openSettings('sqlite://:memory:', quiet);
  const journal = await openJournal('sqlite://:memory:', quiet);
  const meetings = new MeetingsInMemory(settings, journal);
  const { client, discord } = it;
  const over = new AbortController();
  const { signal } = over;
  meetings.panels = new DiscordPanels({
    client,
    journal,
    log: quiet,
    signal,
    hasLivePage: change.liveLinks !== undefined,
  });
  await registerCommands(client.rest, client.application.id, definitions, signal);
  const transcriber = new PalabraTranscriber({
    apiUrl: 'http://127.0.0.1:9',
    streamUrl: 'ws://127.0.0.1:9',
    credentials: [],
    sampleRateHz: 16_000,
    finalize: false,
    log: quiet,
  });
  const readers = new Readers(client);
  const context: CommandContext = {
    meetings,
    settings,
    archive: journal.archive,
    sessions: journal.sessions,
    apiKeys: journal.apiKeys,
    readers,
    audio: new AudioDesk(transcriber, signal),
    budget: new Budget(journal.usage, undefined),
    client,
    coolDowns: new CoolDowns(),
    log: quiet,
    signal,
    ...change,
  };
  const router = routeInteractions(client, { commands, controls }, context, quiet);
  return {
    ...{ discord, guild, general, standup, ana, ben, boss, meetings, settings, journal, readers, client },
    async [Symbol.asyncDispose]() {
      router[Symbol.dispose]();
      over.abort();
      await settings[Symbol.asyncDispose]();
      await journal[Symbol.asyncDispose]();
      await it[Symbol.asyncDispose]();
    },
  };
}
