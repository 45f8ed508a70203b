import type { SpeakerStatus } from '../../core/ports/live-meetings.ts';
import type { Words } from '../../i18n/words.ts';
import { errorText } from '../formatting/error-text.ts';
import { escapeName, escapeNotice } from '../formatting/escape.ts';

const ROOM = 600; // characters for either list, of the 2,000 that a message holds
const SEPARATOR = 2; // `, `

/** Says who is heard, and who is not and why, in two lines at most. */
export function peopleLines(speakers: readonly SpeakerStatus[], words: Words): string[] {
  if (speakers.length === 0) return [words.t('panel.nobody')];
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
function becauseOf(
  { consent, isUnreadable, isTooQuiet, reception, stt }: SpeakerStatus,
  words: Words,
): string | undefined {
  if (consent === 'opted out') return words.t('panel.optedOut');
  if (consent === 'not opted in') return words.t('panel.notOptedIn');
  if (consent === 'not informed') return words.t('panel.notInformed');
  if (isUnreadable) return words.t('panel.unreadable');
  if (stt?.state === 'stopped') {
    return stt.error
      ? words.t('panel.stopped', { why: escapeNotice(errorText(stt.error, words)) })
      : words.t('panel.stoppedUnexplained');
  }
  if (stt?.state === 'retrying') return words.t('panel.retrying');
  if (stt?.state === 'waiting for a free socket') return words.t('panel.waiting');
  if (isTooQuiet) return words.t('panel.tooQuiet');
  const isUnspoken = stt?.state === 'idle' && stt.sentMs === 0; // noise alone is no voice
  return reception?.lastHeardMs === undefined || isUnspoken ? words.t('panel.notYetHeard') : undefined;
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
