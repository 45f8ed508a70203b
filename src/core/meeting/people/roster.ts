import type { SpeakerId } from '../../ids.ts';
import type { Person } from '../../ports/people.ts';
import type { MemberSettings } from '../../settings.ts';
import { Names } from '../../text/names.ts';

export interface Attendee {
  readonly person: Person;
  readonly joinedMs: number;
  readonly choices: MemberSettings;
}

/** The humans of one meeting: who is there now, and the names of everybody who ever was. */
export class Roster {
  readonly #present = new Map<SpeakerId, Attendee>();
  readonly #known = new Map<SpeakerId, Person>();
  readonly #names = new Names();

  /** @returns the same person under their name in this meeting */
  enter(person: Person, joinedMs: number, choices: MemberSettings): Person {
    const named = this.remember(person);
    this.#present.set(person.id, { person: named, joinedMs, choices });
    return named;
  }

  /** Reserves the name of somebody who may have left, such as before this process began. */
  remember(person: Person): Person {
    const named = { ...person, displayName: this.#names.nameOf(person.id, person.displayName) };
    this.#known.set(person.id, named);
    return named;
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

  /** Also for people who have left: their last words may still be on the way. */
  person(speakerId: SpeakerId): Person {
    return this.#known.get(speakerId) ?? this.remember({ id: speakerId, displayName: '', isBot: false });
  }
}
