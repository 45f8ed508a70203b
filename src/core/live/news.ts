import type { MeetingId } from '../ids.ts';
import type { BusMessage } from '../ports/cluster/bus.ts';
import type { PublishedSegment, StageAudience } from '../ports/live-meetings.ts';
import type { LivePerson } from './people.ts';

/** People of a meeting who have come, changed or left. */
export interface PeopleNews {
  readonly people: readonly LivePerson[];
  readonly targets?: readonly string[]; // the languages that it is translated into; missing: as before
  readonly stageAudience?: StageAudience | null; // null: there is no stage (any more); missing: as before
}

/** What a page is told of a meeting. `lost`: words may be missing for a while; `back`: all are there again. */
export type LiveNews = PublishedSegment | PeopleNews | 'over' | 'lost' | 'back';

/** What the process that runs a meeting sends to those that show it. `from` is another one whenever it begins anew. */
export type WordsMessage =
  | { readonly kind: 'began'; readonly from: string } // words that came before this are in the journal alone
  | { readonly kind: 'words'; readonly from: string; readonly segments: readonly PublishedSegment[] }
  | {
      readonly kind: 'people'; // an earlier version of us sends none
      readonly from: string;
      readonly people: readonly LivePerson[];
      readonly targets: readonly string[]; // the languages that the meeting is translated into
      readonly isEverybody: boolean; // whoever is not among them is not there
      readonly stageAudience?: StageAudience; // missing: there is no stage
    }
  | { readonly kind: 'over'; readonly from: string };

export function channelOf(meetingId: MeetingId): string {
  return `live:${meetingId}`;
}

/** @returns `undefined` for what another version of us may say, which is no reason to fail */
export function readWords(message: BusMessage): WordsMessage | undefined {
  if (!('kind' in message && 'from' in message && typeof message.from === 'string')) return undefined;
  const { kind, from } = message;
  if (kind === 'began' || kind === 'over') return { kind, from };
  if (kind === 'people') return readPeople(message, from);
  if (kind !== 'words' || !('segments' in message && Array.isArray(message.segments))) return undefined;
  return { kind, from, segments: message.segments };
}

function readPeople(message: BusMessage, from: string): WordsMessage | undefined {
  if (!('people' in message && Array.isArray(message.people))) return undefined;
  if (!('targets' in message && Array.isArray(message.targets))) return undefined;
  const isEverybody = 'isEverybody' in message && message.isEverybody === true;
  const stageAudience = 'stageAudience' in message ? readAudience(message.stageAudience) : undefined;
  const { people, targets } = message;
  return { kind: 'people', from, people, targets, isEverybody, ...(stageAudience && { stageAudience }) };
}

function readAudience(value: unknown): StageAudience | undefined {
  if (typeof value !== 'object' || value === null || !('now' in value && 'most' in value)) return undefined;
  const { now, most } = value;
  return typeof now === 'number' && typeof most === 'number' ? { now, most } : undefined;
}

/** Whether two looks at the audience of a stage saw the same. */
export function isSameAudience(one: StageAudience | undefined, other: StageAudience | undefined): boolean {
  return one?.now === other?.now && one?.most === other?.most;
}
