import type { SpeakerId } from '../ids.ts';
import type { MeetingStatus, SpeakerStatus } from '../ports/live-meetings.ts';
import type { OwnReason, Unheard } from './unheard.ts';

/** Somebody who is or was in a meeting, as live pages show them. */
export interface LivePerson {
  readonly speakerId: SpeakerId;
  readonly name: string;
  readonly pictureUrl?: string; // at Discord; missing: they have none of their own
  readonly isThere: boolean; // in the voice channel
  readonly isSpeaking: boolean; // their voice came within the last moment
  readonly unheard?: Unheard; // missing: they are heard, or not there
}

type Seen = Pick<MeetingStatus, 'phase' | 'deaf' | 'elapsedMs' | 'speakers'>;

const SPEAKING_MS = 400; // since their last voice: pauses between words are shorter, and turns longer

/** Everybody who is there. */
export function peopleIn(status: Seen): LivePerson[] {
  return status.speakers.map((speaker) => {
    const { id, displayName, avatarUrl, hasOwnAvatar } = speaker.person;
    const unheard = whyUnheard(speaker, status);
    return {
      speakerId: id,
      name: displayName,
      ...(hasOwnAvatar && avatarUrl !== undefined && { pictureUrl: avatarUrl }),
      isThere: true,
      isSpeaking: status.phase === 'running' && unheard === undefined && isSpeaking(speaker, status.elapsedMs),
      ...(unheard && { unheard }),
    };
  });
}

/** What somebody chose comes first, then what concerns everybody, then their own voice. */
function whyUnheard(speaker: SpeakerStatus, { phase, deaf }: Seen): Unheard | undefined {
  const own = ownReasonOf(speaker);
  if (speaker.consent !== 'heard') return own;
  if (deaf !== undefined) return deaf === 'deafened' ? 'deafened' : 'voiceLost';
  return phase === 'paused' ? 'paused' : own;
}

/** Why one person is not heard, as far as that concerns them alone; `undefined` when they are. */
export function ownReasonOf({
  consent,
  isUnreadable,
  isTooQuiet,
  reception,
  stt,
}: SpeakerStatus): OwnReason | undefined {
  if (consent === 'opted out') return 'optedOut';
  if (consent === 'not opted in') return 'notOptedIn';
  if (consent === 'not informed') return 'notInformed';
  if (isUnreadable) return 'unreadable';
  if (stt?.state === 'stopped') return 'stopped';
  if (stt?.state === 'retrying') return 'retrying';
  if (stt?.state === 'waiting for a free socket') return 'waiting';
  if (isTooQuiet) return 'tooQuiet';
  const isUnspoken = stt?.state === 'idle' && stt.sentMs === 0; // noise alone is no voice
  return reception?.lastHeardMs === undefined || isUnspoken ? 'notYetHeard' : undefined;
}

/** Their packets come, and are not of the noise that an open microphone sends between sentences. */
function isSpeaking({ reception, stt }: SpeakerStatus, nowMs: number): boolean {
  const { lastHeardMs } = reception ?? {};
  return lastHeardMs !== undefined && nowMs - lastHeardMs < SPEAKING_MS && (stt?.quietMs ?? 0) === 0;
}

/**
 * What has changed between two looks at everybody who is there: whoever left is not there any more, and not unheard.
 *
 * @returns the people who came, changed or left
 */
export function changesBetween(
  before: ReadonlyMap<SpeakerId, LivePerson>,
  now: ReadonlyMap<SpeakerId, LivePerson>,
): LivePerson[] {
  const changed = [...now.values()].filter((person) => !isSame(before.get(person.speakerId), person));
  const left = [...before.values()].filter(({ speakerId }) => !now.has(speakerId));
  return [...changed, ...left.map(gone)];
}

/** Somebody who is not in the voice channel any more. */
function gone({ unheard: _, ...person }: LivePerson): LivePerson {
  return { ...person, isThere: false, isSpeaking: false };
}

function isSame(one: LivePerson | undefined, other: LivePerson): boolean {
  return (
    one !== undefined &&
    one.name === other.name &&
    one.pictureUrl === other.pictureUrl &&
    one.isThere === other.isThere &&
    one.isSpeaking === other.isSpeaking &&
    one.unheard === other.unheard
  );
}
