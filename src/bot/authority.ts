import type { GuildId } from '../core/ids.ts';
import type { MeetingHead } from '../core/record.ts';

/** What a bot may do in a server, where several processes share it. */
export interface Authority {
  /** Asked before each request to Discord. */
  mayAct(): boolean;
  /** Whether the bot may ask for the seat in a voice channel of this server. */
  maySit(guildId: GuildId): boolean;
  /** Whether this process answers an interaction: of all processes that are asked, one does. */
  mayAnswer(interaction: { readonly id: string; readonly guildId: GuildId }): Promise<boolean>;
  /** Resolves when this process looks after a server in which it answers. @throws {ElsewhereError} when it does not come to that */
  untilOurs(guildId: GuildId): Promise<void>;
  /** Whether this bot looks after a server: while the number of shards changes, another one of this process may. */
  looksAfter(guildId: GuildId): boolean;
  /** The bot sits in a meeting's channel by the session of another process. */
  seatTaken(head: MeetingHead): void;
}
