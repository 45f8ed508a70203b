import type { Client, GuildMember } from 'discord.js';
import type { Answerer } from '../../src/core/asking/answerer.ts';
import type { AudioDesk } from '../../src/core/audio/desk.ts';
import type { CoolDowns } from '../../src/core/concurrency/cool-downs.ts';
import type { GuildId } from '../../src/core/ids.ts';
import type { Log } from '../../src/core/log.ts';
import type { Archive } from '../../src/core/ports/archive.ts';
import type { LiveLinks } from '../../src/core/ports/live-links.ts';
import type { LiveMeetings } from '../../src/core/ports/live-meetings.ts';
import type { Summariser } from '../../src/core/ports/minutes.ts';
import type { Sessions } from '../../src/core/ports/sessions.ts';
import type { Settings } from '../../src/core/ports/settings.ts';
import type { ApiKeys } from '../../src/core/programs/keys.ts';
import type { Budget } from '../../src/core/usage/usage.ts';
import type { Command, MessageCommand, MessageOpener } from '../../src/discord/interactions/command.ts';
import type { Control } from '../../src/discord/interactions/control.ts';
import type { Readers } from '../../src/discord/permissions/readers.ts';

/** Everything that commands work with; `parley.ts` makes it once. */
export interface CommandContext {
  readonly meetings: LiveMeetings;
  readonly settings: Settings;
  readonly archive: Archive;
  readonly sessions: Pick<Sessions, 'countOf' | 'endAllOf'>; // of members who have signed in to pages
  readonly apiKeys: Pick<ApiKeys, 'make' | 'listOf' | 'revoke' | 'revokeAllOf'>; // of members' programs
  readonly readers: Readers; // knows who may read which meeting
  readonly audio: AudioDesk;
  readonly budget: Budget;
  readonly client: Client<true>;
  readonly coolDowns: CoolDowns;
  readonly allowsPrivateWebhooks?: boolean; // webhooks may be in the operator's own network
  readonly summariser?: Summariser; // missing: there are no summaries
  readonly answerer?: Answerer; // missing: passages are quoted instead
  readonly liveLinks?: LiveLinks; // missing: there are no live pages
  readonly publicUrl?: string; // where people reach the pages; missing: there are none
  readonly hasSignIn?: boolean; // members can sign in to pages
  readonly log: Log;
  /** Aborted when the process shuts down. */
  readonly signal: AbortSignal;
}

/** The member who uses a command or a control. */
export interface Asker {
  readonly guildId: GuildId;
  readonly member: GuildMember;
}

export type ParleyCommand = Command<CommandContext>;
export type ParleyMessageCommand = MessageCommand<CommandContext>;
export type ParleyMessageOpener = MessageOpener<CommandContext>;
export type ParleyControl = Control<CommandContext>;
