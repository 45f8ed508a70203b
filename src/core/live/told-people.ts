import type { SpeakerId } from '../ids.ts';
import type { StageAudience } from '../ports/live-meetings.ts';
import { isSameAudience, type PeopleNews, type WordsMessage } from './news.ts';
import { changesBetween, type LivePerson } from './people.ts';

const STALE_MS = 15_000; // everybody is told of every five seconds

/** The people of a meeting that runs in another process, as that process tells of them. */
export class ToldPeople {
  #there: ReadonlyMap<SpeakerId, LivePerson> = new Map();
  #targets: readonly string[] | undefined;
  #stageAudience: StageAudience | undefined;
  #toldMs = 0;

  /** Whoever is there, for those who begin to listen; `undefined`: nobody has told. */
  get everybody(): PeopleNews | undefined {
    if (!this.#targets) return undefined;
    const stageAudience = this.#stageAudience;
    return { people: [...this.#there.values()], targets: this.#targets, ...(stageAudience && { stageAudience }) };
  }

  /** @returns what is new */
  take({
    people,
    targets,
    isEverybody,
    stageAudience,
  }: Extract<WordsMessage, { readonly kind: 'people' }>): PeopleNews {
    this.#toldMs = performance.now();
    const now = new Map(isEverybody ? [] : this.#there);
    for (const person of people) {
      if (person.isThere) now.set(person.speakerId, person);
      else now.delete(person.speakerId);
    }
    const isTranslated = this.#targets?.join(' ') !== targets.join(' ');
    this.#targets = targets;
    const isCounted = !isSameAudience(stageAudience, this.#stageAudience);
    this.#stageAudience = stageAudience;
    return {
      people: this.#change(now),
      ...(isTranslated && { targets }),
      ...(isCounted && { stageAudience: stageAudience ?? null }),
    };
  }

  /** Nobody knows who speaks, as messages are lost. @returns whoever is not said to speak any more */
  hush(): readonly LivePerson[] {
    return this.#change(new Map([...this.#there].map(([id, person]) => [id, { ...person, isSpeaking: false }])));
  }

  /** The same when nobody has told of anybody for too long. */
  hushWhenStale(): readonly LivePerson[] {
    return performance.now() - this.#toldMs > STALE_MS ? this.hush() : [];
  }

  #change(now: ReadonlyMap<SpeakerId, LivePerson>): readonly LivePerson[] {
    const changes = changesBetween(this.#there, now);
    this.#there = now;
    return changes;
  }
}
