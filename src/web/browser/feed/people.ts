import type { LiveLine, ShownPerson } from '../wire.ts';
import { Renewed } from './renewed.ts';

/** How somebody looks beside their words. The same object as long as nothing of it changes. */
export type Look = Pick<ShownPerson, 'name' | 'colour' | 'picture'>;

/** The people of a meeting that a page knows. */
export class People {
  readonly #people = new Renewed<ShownPerson>(); // by key
  readonly #looks = new Map<string, Look>();

  take(person: ShownPerson): void {
    if (person.name === '') this.#people.drop(person.key);
    else this.#people.put(person.key, person);
  }

  beginAnew(): void {
    this.#people.beginAnew();
  }

  settle(): void {
    this.#people.settle();
  }

  /** Those who are in the voice channel, by name: an order that stays, whoever speaks. */
  get there(): ShownPerson[] {
    const there = this.#people.values().filter(({ isThere }) => isThere);
    return there.sort((one, other) => one.name.localeCompare(other.name));
  }

  /** How whoever speaks a line looks: under the name that they have now, if that is known. */
  lookOf({ person, name }: Pick<LiveLine, 'person' | 'name'>): Look {
    const { name: shown, colour, picture } = this.#people.get(person) ?? { name, colour: 0 };
    const before = this.#looks.get(person);
    if (before?.name === shown && before.colour === colour && before.picture === picture) return before;
    const look = { name: shown, colour, ...(picture !== undefined && { picture }) };
    this.#looks.set(person, look);
    return look;
  }
}
