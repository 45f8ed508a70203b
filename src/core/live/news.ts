import type { MeetingId } from '../ids.ts';
import type { BusMessage } from '../ports/cluster/bus.ts';
import type { PublishedSegment } from '../ports/live-meetings.ts';
import type { LivePerson } from './people.ts';

/** People of a meeting who have come, changed or left. */
export interface PeopleNews {
  readonly people: readonly LivePerson[];
  readonly targets?: readonly string[]; // the languages that it is translated into; missing: as before
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
  return { kind: 'people', from, people: message.people, targets: message.targets, isEverybody };
}
