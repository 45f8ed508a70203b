import { createHmac, randomBytes } from 'node:crypto';
import type { SpeakerId } from '../../../core/ids.ts';
import type { LivePerson } from '../../../core/live/people.ts';
import type { PublishedSegment } from '../../../core/ports/live-meetings.ts';
import type { MeetingRecord } from '../../../core/record.ts';
import { namesIn } from '../../../core/text/names.ts';
import type { ShownAudience, ShownPerson } from '../../browser/wire.ts';

/** How many colours pages have for people. */
const COLOURS = 12;
const KEY_BYTES = 9;
const AUDIENCE = 'the audience'; // no person has this key

interface Known {
  readonly person: LivePerson;
  readonly isSeen: boolean; // whether the meeting itself has told of them, whose names come first
  readonly shown: ShownPerson;
  readonly bytes: Buffer;
}

/** Gets each person's news as an event, rendered once for all pages. */
type Watcher = (key: string, bytes: Buffer) => void;

/**
 * The people of one meeting as all of its pages show them, whatever their language: those who are there, and those who have
 * said something. Nothing is left of somebody who has gone and whose words were erased.
 */
export class ShownPeople {
  readonly #meetingId: string;
  readonly #secret: string;
  readonly #known = new Map<SpeakerId, Known>();
  readonly #byKey = new Map<string, SpeakerId>();
  readonly #speakers = new Map<string, SpeakerId>(); // by utterance
  readonly #said = new Map<SpeakerId, number>(); // utterances
  readonly #watchers = new Set<Watcher>();
  #everybody: Buffer | undefined;
  #isTold = false;
  #audience: Buffer | undefined; // of a stage; the event

  /** @param secret - of the bot: without it nobody can tell whose key it is */
  constructor(meetingId = '', secret = randomBytes(16).toString('hex')) {
    this.#meetingId = meetingId;
    this.#secret = secret;
  }

  /** The events of all people, and of the audience of a stage. */
  get everybody(): Buffer {
    const people = [...this.#known.values()].map(({ bytes }) => bytes);
    this.#everybody ??= Buffer.concat([...people, ...(this.#audience ? [this.#audience] : [])]);
    return this.#everybody;
  }

  keyOf(speakerId: SpeakerId): string {
    return this.#known.get(speakerId)?.shown.key ?? this.#digestOf(speakerId).key;
  }

  /** Whether the meeting itself has told of anybody. */
  get isTold(): boolean {
    return this.#isTold;
  }

  /** Where Discord has the picture of somebody; `undefined`: nobody knows of any. */
  pictureOf(key: string): string | undefined {
    return this.#known.get(this.#byKey.get(key) ?? '')?.person.pictureUrl;
  }

  /** Calls back with each person's news from now on. @returns what ends that */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** Takes the people whom the meeting itself tells of. */
  takePeople(people: readonly LivePerson[]): void {
    this.#isTold = true;
    for (const person of people) {
      if (person.isThere || this.#said.has(person.speakerId)) this.#put(person, true);
      else this.#forget(person.speakerId);
    }
  }

  /** Takes how many listen to the stage. @param audience - `null`: there is no stage (any more) */
  takeAudience(audience: ShownAudience | null): void {
    this.#audience = Buffer.from(`event: audience\ndata: ${JSON.stringify(audience)}\n\n`);
    this.#everybody = undefined;
    for (const watcher of this.#watchers) watcher(AUDIENCE, this.#audience);
  }

  /** Takes everybody who was there or spoke, in the order in which they came. */
  takeRecord(record: Pick<MeetingRecord, 'attendance' | 'finals' | 'translations' | 'gaps'>): void {
    const there = new Set(
      record.attendance.flatMap(({ speakerId, leftMs }) => (leftMs === undefined ? speakerId : [])),
    );
    const spoke = new Set(record.finals.map(({ speakerId }) => speakerId));
    for (const [speakerId, name] of namesIn(record)) {
      if (there.has(speakerId) || spoke.has(speakerId)) this.#meet(speakerId, name, there.has(speakerId));
    }
  }

  /** Somebody says something, whom perhaps nobody has told of, or it is taken back. */
  takeWords({ segment: { utteranceId, speakerId, text }, name }: PublishedSegment): void {
    if (text === '') {
      this.#takeBack(utteranceId);
      return;
    }
    if (!this.#speakers.has(utteranceId)) this.#said.set(speakerId, (this.#said.get(speakerId) ?? 0) + 1);
    this.#speakers.set(utteranceId, speakerId);
    this.#meet(speakerId, name, this.#known.get(speakerId)?.person.isThere ?? !this.#isTold);
  }

  #takeBack(utteranceId: string): void {
    const speakerId = this.#speakers.get(utteranceId);
    if (speakerId === undefined) return;
    this.#speakers.delete(utteranceId);
    const said = (this.#said.get(speakerId) ?? 1) - 1;
    if (said > 0) {
      this.#said.set(speakerId, said);
      return;
    }
    this.#said.delete(speakerId);
    if (!this.#known.get(speakerId)?.person.isThere) this.#forget(speakerId);
  }

  #forget(speakerId: SpeakerId): void {
    const known = this.#known.get(speakerId);
    if (!known) return;
    const { key, colour } = known.shown;
    this.#known.delete(speakerId);
    this.#byKey.delete(key);
    this.#tell({ key, name: '', colour, isThere: false, isSpeaking: false });
  }

  #meet(speakerId: SpeakerId, name: string, isThere: boolean): void {
    const known = this.#known.get(speakerId);
    if (known?.isSeen || (known?.person.name === name && known.person.isThere === isThere)) return;
    this.#put({ speakerId, name, isThere, isSpeaking: false }, false);
  }

  #put(person: LivePerson, isSeen: boolean): void {
    const { speakerId, name, pictureUrl, isThere, isSpeaking, unheard } = person;
    const before = this.#known.get(speakerId);
    const { key, colour } = before?.shown ?? this.#newcomer(speakerId);
    const shown = {
      ...{ key, name, colour, isThere, isSpeaking },
      ...(pictureUrl !== undefined && { picture: this.#addressOf(key, pictureUrl) }),
      ...(unheard && { unheard }),
    };
    const bytes = eventOf(shown);
    this.#known.set(speakerId, { person, isSeen, shown, bytes });
    if (!before?.bytes.equals(bytes)) this.#tell(shown, bytes);
  }

  #tell(shown: ShownPerson, bytes = eventOf(shown)): void {
    this.#everybody = undefined;
    for (const watcher of this.#watchers) watcher(shown.key, bytes);
  }

  /** A colour that depends on the person, and no colour twice while there are others. */
  #newcomer(speakerId: SpeakerId): Pick<ShownPerson, 'key' | 'colour'> {
    const { key, number } = this.#digestOf(speakerId);
    this.#byKey.set(key, speakerId);
    const taken = new Set([...this.#known.values()].map(({ shown }) => shown.colour));
    const free = Array.from({ length: COLOURS }, (_, step) => (number + step) % COLOURS).find((one) => !taken.has(one));
    return { key, colour: free ?? number % COLOURS };
  }

  #digestOf(speakerId: SpeakerId): { readonly key: string; readonly number: number } {
    const digest = createHmac('sha256', this.#secret).update(`${this.#meetingId} ${speakerId}`).digest();
    return { key: digest.toString('base64url', 0, KEY_BYTES), number: digest.readUInt32BE(KEY_BYTES) };
  }

  /** It changes with the picture, so that browsers ask for the new one. */
  #addressOf(key: string, pictureUrl: string): string {
    const version = createHmac('sha256', this.#secret).update(pictureUrl).digest('base64url').slice(0, 8);
    return `${encodeURIComponent(this.#meetingId)}/pictures/${key}?${version}`;
  }
}

function eventOf(shown: ShownPerson): Buffer {
  return Buffer.from(`event: person\ndata: ${JSON.stringify(shown)}\n\n`);
}
