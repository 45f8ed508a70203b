import type { DAVESession } from '@discordjs/voice';
import davey from '@snazzah/davey';
import type { SpeakerId } from '../../core/ids.ts';

const AUDIO = 0; // davey's MediaType.AUDIO: a const enum, which type stripping cannot read
const RETIRED_MS = 10_000; // as long as DAVE lets old keys live after a transition

type Session = NonNullable<DAVESession['session']>;

/**
 * The keys of the end-to-end encryption: those of the group we are in and, for a while, of the one we were in before.
 *
 * The library starts over by wiping its session, and nobody can be heard until a new welcome comes (2 s were seen).
 * Here each start gets a new session, and the session before still decrypts the frames that people send under it.
 */
export class DaveKeys {
  readonly #dave: DAVESession;
  readonly #now: () => number;
  #retired: { readonly session: Session; readonly untilMs: number } | undefined;
  #externalSender: Buffer | undefined; // the last one that the voice server named: each new session has to be given it

  /** @param now - milliseconds of any monotonic clock */
  constructor(dave: DAVESession, now: () => number) {
    this.#dave = dave;
    this.#now = now;
    const shipped = dave.reinit.bind(dave);
    dave.reinit = () => this.#startNewSession(shipped);
  }

  /** Whether the call is encrypted end to end at all. */
  get required(): boolean {
    return this.#dave.protocolVersion > 0;
  }

  /** Whether we are in the group, so that its members can be heard. */
  get ready(): boolean {
    return this.#dave.session?.ready === true;
  }

  /** @throws when no key decrypts the frame */
  decryptFrame(speakerId: SpeakerId, frame: Buffer): Buffer {
    const session = this.#dave.session;
    const retired = this.#retiredSession();
    if (!retired) {
      if (!session?.ready) throw new Error('Cannot open a voice frame: not in the encrypted group yet');
      return session.decrypt(speakerId, AUDIO, frame);
    }
    if (session?.ready) {
      try {
        return session.decrypt(speakerId, AUDIO, frame);
      } catch {
        // sent before its sender changed to the new keys: the old ones decide
      }
    }
    return retired.decrypt(speakerId, AUDIO, frame);
  }

  /** Leaves the group and asks the voice server for a new welcome. Never throws: a failed attempt is repeated later. */
  recover(): void {
    this.#dave.reinitializing = false; // an earlier attempt that had no effect must not prevent this one
    try {
      this.#dave.recoverFromInvalidTransition(this.#dave.lastTransitionId ?? 0);
    } catch {
      // the frames go on failing, which causes the next attempt
    }
  }

  /**
   * Takes the voice server's identity, which signs joins and leaves. When we are in a group already, it means a new
   * group.
   *
   * @throws when the identity is invalid; nothing has changed then
   */
  useExternalSender(payload: Buffer): void {
    try {
      this.#dave.setExternalSender(payload);
      this.#externalSender = payload;
    } catch {
      new davey.DAVESession(davey.DAVE_PROTOCOL_VERSION, '0', '0').setExternalSender(payload); // throws when invalid
      this.#externalSender = payload;
      this.#dave.reinit(); // sets the external sender too
    }
  }

  #startNewSession(shipped: () => void): void {
    const { session } = this.#dave;
    if (this.required && session) {
      if (session.ready) this.#retired = { session, untilMs: this.#now() + RETIRED_MS };
      this.#dave.session = undefined; // the library then makes a new one instead of wiping this
    }
    shipped();
    if (this.required && this.#externalSender) this.#dave.session?.setExternalSender(this.#externalSender);
  }

  #retiredSession(): Session | undefined {
    if (this.#retired && this.#now() >= this.#retired.untilMs) this.#retired = undefined;
    return this.#retired?.session;
  }
}
