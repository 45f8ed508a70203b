import { randomBytes } from 'node:crypto';
import { Grants } from '../oauth2/grants.ts';
import type { Json } from './events.ts';

/** A registered command, normalised as Discord answers it. */
export interface StoredCommand {
  readonly id: string;
  readonly guildId: string | undefined; // undefined: everywhere
  readonly name: string;
  readonly type: number; // 1 slash, 2 user menu, 3 message menu
  readonly version: string;
  readonly definition: Json;
}

/** The bot's application and the commands it registered. */
export class Application {
  readonly id: string;
  readonly name: string;
  commands: StoredCommand[] = [];
  /** What it proves itself with where people sign in. */
  readonly clientSecret = randomBytes(24).toString('base64url');
  /** Where people may be sent back to, as whoever runs the bot has written down. */
  readonly redirectUris: string[] = [];
  /** What people have allowed it. */
  readonly grants = new Grants();

  constructor(id: string, name: string) {
    this.id = id;
    this.name = name;
  }

  /** The command people of a guild would get under this name: the guild's own first. */
  find(name: string, type: number, guildId: string): StoredCommand | undefined {
    const named = this.commands.filter((command) => command.name === name && command.type === type);
    return (
      named.find((command) => command.guildId === guildId) ?? named.find((command) => command.guildId === undefined)
    );
  }

  json(): Json {
    return {
      id: this.id,
      name: this.name,
      icon: null,
      description: '',
      summary: '',
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: '0'.repeat(64),
      flags: 0,
      redirect_uris: this.redirectUris,
      integration_types_config: { '0': {} },
    };
  }
}
