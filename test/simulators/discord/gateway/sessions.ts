import type { WorldEvent } from '../world/events.ts';
import type { World } from '../world/world.ts';
import { GatewaySession } from './session.ts';

/** All identified sessions: several of one shard are allowed, and each hears of everything in its servers. */
export class Sessions {
  readonly #world: World;
  readonly #all = new Map<string, GatewaySession>();

  constructor(world: World) {
    this.#world = world;
    world.onEvent((event) => this.#tell(event));
  }

  get all(): ReadonlyMap<string, GatewaySession> {
    return this.#all;
  }

  begin(begins: ConstructorParameters<typeof GatewaySession>[1]): GatewaySession {
    const session = new GatewaySession(this.#world.secret(), begins);
    this.#all.set(session.id, session);
    return session;
  }

  /** Ends a session for good. The bot leaves the voice channels in which it sits by this session. */
  end(session: GatewaySession): void {
    this.#all.delete(session.id);
    session.dispose();
    for (const guild of this.#world.guilds.values()) {
      if (guild.bot.voice?.sessionId === session.id) guild.bot.leave();
    }
  }

  /** Forgets all sessions, and leaves the world as it is. */
  dispose(): void {
    for (const session of this.#all.values()) session.dispose();
    this.#all.clear();
  }

  #tell(event: WorldEvent): void {
    for (const session of this.#all.values()) {
      if (session.hears(event)) session.dispatch(event.name, event.data(session.intents));
    }
  }
}
