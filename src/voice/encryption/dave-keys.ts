import type { DAVESession } from '@discordjs/voice';
import davey from '@snazzah/davey';
import type { SpeakerId } from '../../core/ids.ts';

const AUDIO = 0; // davey's MediaType.AUDIO: a const enum, which type stripping cannot read
const RETIRED_MS = 10_000; // as long as DAVE lets old keys live after a transition

type Session = NonNullable<DAVESession['session']>;

/**
 * The keys of the end-to-end encryption: those of the group we are in and, for a while, of the one we were in before.
 *
 * To start anew the library wipes its session, and until a new welcome comes nobody can be heard (seen: 2 s). Here each
 * new start gets a session of its own, and the one before goes on opening the frames that people still send under it.
 */
export class DaveKeys {
  readonly #dave: DAVESession;
  readonly #now: () => number;
  #retired: { readonly session: Session; readonly untilMs: number } | undefined;
  #externalSender: Buffer | undefined; // the last the voice server named: a session of its own must be told again

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

  /** @throws when none of the keys opens the frame */
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
        // sent before its sender took up the new keys: the old ones answer
      }
    }
    return retired.decrypt(speakerId, AUDIO, frame);
  }

  /** Leaves the group and asks the voice server to be let in again. Never throws: what fails is tried again later. */
  recover(): void {
    this.#dave.reinitializing = false; // an earlier attempt that never came to anything must not forbid this one
    try {
      this.#dave.recoverFromInvalidTransition(this.#dave.lastTransitionId ?? 0);
    } catch {
      // the frames go on failing, which is what calls for the next attempt
    }
  }

  /**
   * Takes the voice server's identity, which signs who joins and leaves. In a group already, it means another group.
   *
   * @throws when it makes no sense: all stays as it was
   */
  useExternalSender(payload: Buffer): void {
    try {
      this.#dave.setExternalSender(payload);
      this.#externalSender = payload;
    } catch {
      new davey.DAVESession(davey.DAVE_PROTOCOL_VERSION, '0', '0').setExternalSender(payload); // does it make sense at all?
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
