import type { SpeakerId } from './ids.ts';
import type { MemberSettings, Person } from './ports.ts';

export interface Attendee {
  readonly person: Person;
  readonly joinedMs: number;
  readonly choices: MemberSettings;
}

/** The humans of one meeting: who is there now, and what everybody who ever was there is called. */
export class Roster {
  readonly #present = new Map<SpeakerId, Attendee>();
  readonly #names = new Map<SpeakerId, Person>();

  enter(person: Person, joinedMs: number, choices: MemberSettings): void {
    this.#names.set(person.id, person);
    this.#present.set(person.id, { person, joinedMs, choices });
  }

  leave(speakerId: SpeakerId): void {
    this.#present.delete(speakerId);
  }

  choose(speakerId: SpeakerId, choices: MemberSettings): void {
    const attendee = this.#present.get(speakerId);
    if (attendee) this.#present.set(speakerId, { ...attendee, choices });
  }

  present(speakerId: SpeakerId): Attendee | undefined {
    return this.#present.get(speakerId);
  }

  everyone(): readonly Attendee[] {
    return [...this.#present.values()];
  }

  /** Also for those who have left: their last words may still be on the way. */
  person(speakerId: SpeakerId): Person {
    return this.#names.get(speakerId) ?? { id: speakerId, displayName: 'Somebody', isBot: false };
  }
}
