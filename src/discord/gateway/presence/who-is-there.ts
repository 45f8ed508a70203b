import type { SpeakerId } from '../../../core/ids.ts';
import type { Person, PresenceEvent } from '../../../core/ports/people.ts';

/**
 * Whom a watched channel was reported to hold: people by name, and the audience of a stage as a number.
 *
 * It remembers them, so that it can report the difference after a gap in the gateway's events.
 */
export class WhoIsThere {
  readonly #report: (event: PresenceEvent) => void;
  readonly #people = new Map<SpeakerId, Person>();
  readonly #audience = new Set<SpeakerId>();

  constructor(report: (event: PresenceEvent) => void) {
    this.#report = report;
  }

  get people(): readonly Person[] {
    return [...this.#people.values()];
  }

  get audienceSize(): number {
    return this.#audience.size;
  }

  has(id: SpeakerId): boolean {
    return this.#people.has(id);
  }

  enter(person: Person): void {
    const known = this.#people.get(person.id);
    this.#people.set(person.id, person);
    const hasGoneUp = this.#audience.delete(person.id);
    if (!known) this.#report({ kind: 'joined', person });
    else if (known.displayName !== person.displayName || known.avatarUrl !== person.avatarUrl)
      this.#report({ kind: 'renamed', person });
    if (hasGoneUp) this.#report({ kind: 'stage audience changed' });
  }

  /** Somebody is in the audience of the stage, whether or not they were on it. */
  enterAudience(id: SpeakerId): void {
    const isNew = !this.#audience.has(id);
    this.#audience.add(id);
    this.#leaveStage(id);
    if (isNew) this.#report({ kind: 'stage audience changed' });
  }

  leave(id: SpeakerId): void {
    this.#leaveStage(id);
    if (this.#audience.delete(id)) this.#report({ kind: 'stage audience changed' });
  }

  leaveAllBut(there: ReadonlySet<SpeakerId>): void {
    for (const id of [...this.#people.keys(), ...this.#audience]) if (!there.has(id)) this.leave(id);
  }

  #leaveStage(id: SpeakerId): void {
    const person = this.#people.get(id);
    if (this.#people.delete(id) && person) this.#report({ kind: 'left', person });
  }
}
