import type { MinutesModel } from './model/minutes-model.ts';
import { asDate, asTimeOfDay } from './model/times.ts';

const MAX_SLUG_CHARS = 40;

/**
 * A name such as `minutes-2026-11-23-1000-weekly`. Discord removes all but Latin letters and digits from file names.
 */
export function fileStem({ beganAt, timeZone, channelName }: MinutesModel): string {
  const slug = channelName
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_CHARS)
    .replaceAll(/^-+|-+$/g, '');
  const time = asTimeOfDay(beganAt, timeZone).slice(0, 5).replace(':', '');
  return ['minutes', asDate(beganAt, timeZone), time, ...(slug === '' ? [] : [slug])].join('-');
}
