import type { Attendee, Line, Loss, MinutesModel, TalkTime } from './minutes-model.ts';
import { asDate, asDuration, asOffset, asTimeOfDay } from './times.ts';
import { inWords, languageName, reasonInWords } from './words.ts';

/** What a document says about a meeting, in sentences that hold no markup: names and codes still need escaping. */

export function factsOf({
  beganAt,
  timeZone,
  durationMs,
  ending,
  channelName,
  shownIn,
}: MinutesModel): [string, string][] {
  return [
    ['Date', `${asDate(beganAt, timeZone)}, ${asTimeOfDay(beganAt, timeZone)} ${timeZone}`],
    ['Duration', asDuration(durationMs)],
    ['Voice channel', channelName],
    ['Ended', inWords(ending)],
    ...(shownIn === undefined ? [] : [['Transcript in', languageName(shownIn)] satisfies [string, string]]),
  ];
}

/** `10:00:00 (00:00:00) to the end`, for each stay. */
export function staysOf({ stays }: Attendee, model: MinutesModel): string {
  const end = model.ending === undefined ? 'now' : 'the end';
  const told = stays.map(({ joinedMs, leftMs }) => {
    const until = leftMs === undefined ? end : momentOf(model, leftMs);
    return `${momentOf(model, joinedMs)} to ${until}`;
  });
  return told.join('; ');
}

export function talkTimeOf({ talkMs, share }: TalkTime): string {
  return `${asDuration(talkMs)} (${Math.round(share * 100)} %)`;
}

export function lossOf({ startMs, endMs, reason }: Loss, model: MinutesModel): string {
  return `${momentOf(model, startMs)}, ${asDuration(endMs - startMs)}: ${reasonInWords(reason)}`;
}

/** What a reader has to know about a line besides its words; empty as a rule. */
export function remarksOn({ isConfirmed, isUntranslated, language = '' }: Line): string[] {
  const remarks = isUntranslated ? [`in ${languageName(language)}`] : [];
  return isConfirmed ? remarks : [...remarks, 'unconfirmed'];
}

export function noteOnTimes({ timeZone }: MinutesModel): string {
  return `Times of day are in ${timeZone}; times in brackets count from the beginning`;
}

function momentOf({ beganAt, timeZone }: MinutesModel, ms: number): string {
  return `${asTimeOfDay(new Date(beganAt.getTime() + ms), timeZone)} (${asOffset(ms)})`;
}

/** Packets that never came, each too short a loss to stop the recogniser. */
export function filledIn(lengthMs: number): string {
  return `${asDuration(lengthMs)} of lost packets, filled in with near-silence`;
}
