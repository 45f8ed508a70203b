import { ownReasonOf } from '../../core/live/people.ts';
import type { OwnReason } from '../../core/live/unheard.ts';
import type { MeetingStatus, SpeakerStatus } from '../../core/ports/live-meetings.ts';
import type { PhraseKey } from '../../i18n/phrases.ts';
import type { Words } from '../../i18n/words.ts';
import { errorText } from '../formatting/error-text.ts';
import { escapeName, escapeNotice } from '../formatting/escape.ts';

const ROOM = 600; // characters for either list, of the 2,000 that a message holds
const SEPARATOR = 2; // `, `

const BECAUSE = {
  optedOut: 'panel.optedOut',
  notOptedIn: 'panel.notOptedIn',
  notInformed: 'panel.notInformed',
  unreadable: 'panel.unreadable',
  retrying: 'panel.retrying',
  waiting: 'panel.waiting',
  tooQuiet: 'panel.tooQuiet',
  notYetHeard: 'panel.notYetHeard',
} as const satisfies Readonly<Record<Exclude<OwnReason, 'stopped'>, PhraseKey>>;

type People = Pick<MeetingStatus, 'speakers' | 'stageAudience'>;

/** Says who is heard, and who is not and why, in two lines at most. */
export function peopleLines({ speakers, stageAudience }: People, words: Words): string[] {
  if (speakers.length === 0) return [words.t(stageAudience ? 'panel.nobodyOnStage' : 'panel.nobody')];
  const heard: string[] = [];
  const unheard: string[] = [];
  for (const speaker of speakers) {
    const name = escapeName(speaker.person.displayName);
    const because = becauseOf(speaker, words);
    if (because === undefined) heard.push(name);
    else unheard.push(words.t('panel.unheardOne', { name, because }));
  }
  return [
    ...(heard.length > 0 ? [words.t('panel.heard', { people: listed(heard, words) })] : []),
    ...(unheard.length > 0 ? [words.t('panel.unheard', { people: listed(unheard, words) })] : []),
  ];
}

/** Says why somebody is not heard; `undefined` when they are. */
function becauseOf(speaker: SpeakerStatus, words: Words): string | undefined {
  const reason = ownReasonOf(speaker);
  if (reason === undefined) return undefined;
  if (reason !== 'stopped') return words.t(BECAUSE[reason]);
  const { error } = speaker.stt ?? {};
  return error
    ? words.t('panel.stopped', { why: escapeNotice(errorText(error, words)) })
    : words.t('panel.stoppedUnexplained');
}

/** As many people as there is room for, and the number of the others. */
function listed(items: readonly string[], words: Words): string {
  let length = 0;
  let count = 0;
  for (const item of items) {
    length += item.length + SEPARATOR;
    if (length > ROOM) break;
    count += 1;
  }
  const fitting = items.slice(0, count);
  const left = items.length - count;
  return words.list(left === 0 ? fitting : [...fitting, words.t('panel.more', { count: left })]);
}
