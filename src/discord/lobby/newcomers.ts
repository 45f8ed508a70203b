import type { SpeakerId } from '../../core/ids.ts';
import type { Person } from '../../core/ports/people.ts';

/** People often come together: a greeting waits so long for more of them. */
const GATHER_MS = 2_000;
/** The time between two greetings, so that a stream of people does not push the transcript out of sight. */
const APART_MS = 20_000;

/** The people who have come to a meeting, until they are greeted: those who come together are greeted together. */
export class Newcomers {
  readonly #greetAll: (people: readonly Person[]) => void;
  readonly #aside = new Map<SpeakerId, Person>(); // they came when the bot could not post
  readonly #beingGreeted = new Set<SpeakerId>(); // the message is on its way
  #gathered: Person[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastMs = Number.NEGATIVE_INFINITY;
  #isOver = false;

  /** @param greetAll - is to greet each of them, or to set them aside */
  constructor(greetAll: (people: readonly Person[]) => void) {
    this.#greetAll = greetAll;
  }

  add(person: Person): void {
    this.#gathered.push(person);
    const dueMs = Math.max(GATHER_MS, this.#lastMs + APART_MS - performance.now());
    if (!this.#isOver) this.#timer ??= setTimeout(() => this.#greetGathered(), dueMs);
  }

  /** Nothing that somebody reads can be written to yet. */
  setAside(person: Person): void {
    this.#aside.set(person.id, person);
  }

  /** Somebody can read by now: if they were set aside, they are greeted like those who come at this moment. */
  bringBack(id: SpeakerId): void {
    const person = this.#aside.get(id);
    if (!person) return;
    this.#aside.delete(id);
    this.add(person);
  }

  /** A greeting is on its way until `said` resolves, which must not reject. */
  noteGreeting(people: readonly Person[], said: Promise<void>): void {
    for (const { id } of people) this.#beingGreeted.add(id);
    void said.then(() => {
      for (const { id } of people) this.#beingGreeted.delete(id);
    });
  }

  /** Whom nobody has greeted yet, as far as is known. */
  ungreeted(): readonly SpeakerId[] {
    return [...this.#gathered.map(({ id }) => id), ...this.#aside.keys(), ...this.#beingGreeted];
  }

  /** Nobody is greeted any more. */
  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #greetGathered(): void {
    this.#timer = undefined;
    this.#lastMs = performance.now();
    this.#greetAll(this.#gathered.splice(0));
  }
}
