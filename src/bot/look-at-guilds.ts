import type { Client, Guild } from 'discord.js';
import type { GuildId } from '../core/ids.ts';
import { knownGuilds, onGuildKnown } from '../discord/gateway/known-guilds.ts';

interface Parts {
  readonly client: Client<true>;
  readonly house: {
    resumeUnfinished(signal: AbortSignal): Promise<void>;
    whenResumed(guildId: GuildId): Promise<void>;
    meetingOf(guildId: GuildId): object | undefined;
  };
  readonly mark: { tidyUp(guild: Guild): void };
  readonly autoStart: { lookAt(guild: Guild): Promise<void> };
  readonly events: { lookAt(guild: Guild): void };
  /** Whether the server's meetings are this bot's business. Missing: they are. */
  readonly looksAfter?: (guildId: GuildId) => boolean;
  readonly signal: AbortSignal;
}

/**
 * Resumes what an earlier process left, then checks whether meetings have to start automatically, or with an event: in every guild that
 * is known now, and until disposed in every guild that comes later. When Discord has trouble, that may be minutes after
 * the login.
 */
export function lookAtGuilds({
  client,
  house,
  mark,
  autoStart,
  events,
  looksAfter = () => true,
  signal,
}: Parts): Disposable {
  const look = async (guild: Guild) => {
    await house.whenResumed(guild.id);
    if (signal.aborted || !guild.available || !looksAfter(guild.id)) return;
    if (!house.meetingOf(guild.id)) mark.tidyUp(guild);
    events.lookAt(guild);
    await autoStart.lookAt(guild);
  };
  const late = onGuildKnown(client, (guild) => void look(guild));
  void house.resumeUnfinished(signal).then(async () => {
    for (const guild of knownGuilds(client)) await look(guild);
  });
  return late;
}
