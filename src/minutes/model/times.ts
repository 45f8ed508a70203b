import { dayIn, localTime } from '../../core/time/day.ts';
import type { Words } from '../../i18n/words.ts';

/** `01:02:03` since the meeting began. */
export function asOffset(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** `2026-11-23`. @param timeZone - an IANA name */
export function asDate(time: Date, timeZone = 'UTC'): string {
  return dayIn(time, timeZone);
}

/** `10:00:05`. @param timeZone - an IANA name */
export function asTimeOfDay(time: Date, timeZone = 'UTC'): string {
  return localTime(time, timeZone).slice(11, 19);
}

/** `1 h 2 min`, `3 min 20 s`, `45 s`, or `under 1 s`. */
export function asDuration(ms: number, words: Words): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return words.t('document.underSecond');
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (h > 0) return min > 0 ? `${h} h ${min} min` : `${h} h`;
  if (min > 0) return s > 0 ? `${min} min ${s} s` : `${min} min`;
  return `${s} s`;
}

/** `01:02:03.045` since the meeting began, the format of captions. */
export function asTimestamp(ms: number, decimal: '.' | ','): string {
  const wholeMs = Math.max(0, Math.round(ms));
  return `${asOffset(wholeMs)}${decimal}${String(wholeMs % 1000).padStart(3, '0')}`;
}
