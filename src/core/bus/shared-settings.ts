import { randomUUID } from 'node:crypto';
import { ElsewhereError } from '../errors.ts';
import type { GuildId, SpeakerId } from '../ids.ts';
import type { Bus, BusMessage } from '../ports/cluster/bus.ts';
import type { MeetingHolders } from '../ports/cluster/holders.ts';
import type { Settings, SettingsChange } from '../ports/settings.ts';
import type { GuildSettings, MemberSettings } from '../settings.ts';
import { Questions } from './questions.ts';

const CHANNEL = 'settings';
const APPLY_LIMIT_MS = 5_000; // somebody waits for the answer to a command

interface Parts {
  readonly settings: Settings;
  readonly bus: Bus;
  readonly holders: Pick<MeetingHolders, 'holdersOf'>;
  readonly processId: string; // as a member of the cluster
  /** The guilds with meetings in this process: their settings are applied anew when news may have been missed. */
  readonly guildsHere: () => Iterable<GuildId>;
}

/**
 * The settings of all processes: what one of them changes applies at once wherever it matters.
 *
 * A change resolves when the processes with the guild's meetings have applied it, so "you are not heard any more" is true
 * when it is answered, whoever answers it. All others are told without being waited for.
 */
export class SharedSettings implements Settings {
  readonly #parts: Parts;
  readonly #questions: Questions;
  readonly #from = randomUUID();
  readonly #subscribers = new Set<(change: SettingsChange) => Promise<void>>();
  readonly #open: Promise<Disposable>[];
  readonly #unwatch: () => void;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { bus, processId } = parts;
    this.#questions = new Questions(bus);
    this.#open = [
      bus.subscribe(CHANNEL, (message) => this.#hear(message)),
      this.#questions.answer(`${CHANNEL}:${processId}`, async (question) => {
        if (!isChange(question)) return undefined;
        await this.#notify(question);
        return {};
      }),
    ];
    this.#unwatch = bus.watchState((isUp) => isUp && this.#catchUp());
  }

  guild(guildId: GuildId): Promise<GuildSettings> {
    return this.#parts.settings.guild(guildId);
  }

  member(guildId: GuildId, userId: SpeakerId): Promise<MemberSettings> {
    return this.#parts.settings.member(guildId, userId);
  }

  /** @throws {ElsewhereError} when a process with a meeting of the guild does not answer: the change is kept all the same */
  async changeGuild(guildId: GuildId, change: Parameters<Settings['changeGuild']>[1]): Promise<GuildSettings> {
    const changed = await this.#parts.settings.changeGuild(guildId, change);
    await this.#tell({ guildId, keys: Object.keys(change) });
    return changed;
  }

  /** As `changeGuild`. */
  async changeMember(
    guildId: GuildId,
    userId: SpeakerId,
    change: Parameters<Settings['changeMember']>[2],
  ): Promise<MemberSettings> {
    const changed = await this.#parts.settings.changeMember(guildId, userId, change);
    await this.#tell({ guildId, userId, keys: Object.keys(change) });
    return changed;
  }

  /** Calls the subscriber also after each change that another process makes. */
  subscribe(subscriber: (change: SettingsChange) => Promise<void>): () => void {
    const unsubscribe = this.#parts.settings.subscribe(subscriber);
    this.#subscribers.add(subscriber);
    return () => {
      unsubscribe();
      this.#subscribers.delete(subscriber);
    };
  }

  /** The settings themselves stay open: whoever opened them closes them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#unwatch();
    this.#questions[Symbol.dispose]();
    for (const opening of this.#open) (await opening)[Symbol.dispose]();
  }

  async #tell(change: SettingsChange): Promise<void> {
    const { bus, holders, processId } = this.#parts;
    const others = (await holders.holdersOf(change.guildId)).filter((id) => id !== processId);
    void bus.publish(CHANNEL, { ...change, from: this.#from, except: others });
    const answers = await Promise.all(
      others.map((id) => this.#questions.ask(`${CHANNEL}:${id}`, change, APPLY_LIMIT_MS)),
    );
    if (answers.includes(undefined))
      throw new ElsewhereError(
        'not-applied',
        'The change is saved, but not in force in the meeting yet: the part of me that runs it does not answer. It will apply the change once it does',
      );
  }

  #hear(message: BusMessage): void {
    const isOurs = 'from' in message && message.from === this.#from;
    const isAskedFor =
      'except' in message && Array.isArray(message.except) && message.except.includes(this.#parts.processId);
    if (isChange(message) && !isOurs && !isAskedFor) void this.#notify(message).catch(() => {}); // it complains itself
  }

  async #notify({ guildId, userId, keys }: SettingsChange): Promise<void> {
    const change = { guildId, ...(userId !== undefined && { userId }), keys };
    await Promise.all([...this.#subscribers].map((subscriber) => subscriber(change)));
  }

  #catchUp(): void {
    for (const guildId of this.#parts.guildsHere()) {
      void this.#notify({ guildId, keys: ['anything'] }).catch(() => {}); // the next change tries again
    }
  }
}

function isChange(message: BusMessage): message is SettingsChange {
  return (
    'guildId' in message && typeof message.guildId === 'string' && 'keys' in message && Array.isArray(message.keys)
  );
}
