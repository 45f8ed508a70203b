import { quiet } from '../../src/core/log.ts';
import type { Gap, GapReason, MeetingRecord } from '../../src/core/record.ts';
import type { FinalSegment } from '../../src/core/segment.ts';
import { escapeLine } from '../../src/minutes/text/escape.ts';
import { openJournal } from '../../src/storage/journal/journal.ts';
import { readTranscript } from '../../test/discord/support/read-transcript.ts';
import type { Message } from '../../test/simulators/discord/index.ts';
import { characterErrors } from '../../test/simulators/speech/index.ts';
import type { FaultMeeting, SaidBy } from '../../test/support/meetings/fault-meeting.ts';
import { DAMAGING_MS, stalledForMs } from '../../test/support/real-time/stalls.ts';

const DURABLE_MS = 300; // a final sent this long before the kill must be in the journal, even on a busy machine
const NOT_HEARD: readonly GapReason[] = ['restarted', 'voice connection lost']; // nobody received what was said
const EDGE_MS = 400; // a gap begins and ends between two packets, which can cut letters
const MOST_WRONG = 0.5; // of the letters of a sentence that is damaged; with more it is lost
const STALL_SHOWS_MS = 500; // packets that came too early or too late around a stall damage what is said next to it

/** The time between a kill and the next process, in which nobody received anything. In milliseconds since 1970. */
export interface Away {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** The result of one meeting whose bot was killed again and again. */
export interface Verdict {
  readonly said: number;
  readonly finals: number;
  readonly unconfirmed: number;
  readonly damaged: number; // sentences with wrong letters, said while a process stood still
  readonly gapsS: number; // the sum over all people
  readonly flaws: readonly string[];
}

export const areMinutes = ({ attachments }: Message): boolean => attachments.length > 0;

export async function examine(meeting: FaultMeeting, aways: readonly Away[]): Promise<Verdict> {
  const record = await recordOf(meeting);
  const gaps = record.gaps.filter(({ reason }) => NOT_HEARD.includes(reason));
  return {
    said: meeting.said.length,
    finals: record.finals.length,
    unconfirmed: record.finals.filter(({ confirmed }) => !confirmed).length,
    damaged: meeting.said.filter((sentence) => fateOf(sentence, meeting, record, gaps) === 'damaged by a stall').length,
    gapsS: gaps.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs) / 1_000, 0),
    flaws: [
      ...wordFlaws(meeting, record),
      ...lossFlaws(meeting, record, gaps),
      ...finalFlaws(meeting, record, aways),
      ...placeFlaws(meeting),
      ...minutesFlaws(meeting, record),
    ],
  };
}

async function recordOf({ stage, guild }: FaultMeeting): Promise<MeetingRecord> {
  await using journal = await openJournal(stage.databaseUrl, quiet);
  const [head] = await journal.archive.list(guild.id, 1);
  const record = head && (await journal.archive.read(head.id));
  if (!record) throw new Error('The journal contains no meeting');
  if ((await journal.archive.unfinished()).some(({ id }) => id === head.id))
    throw new Error('The meeting is still unfinished in the journal');
  return record;
}

/** Checks that the channel contains exactly the finals of the journal, each once and under the right name. */
function wordFlaws({ text, people }: FaultMeeting, { finals }: MeetingRecord): string[] {
  const nameOf = new Map(people.map(({ id, displayName }) => [id, displayName]));
  const lines = readTranscript(
    text.messages.filter((message) => !areMinutes(message) && message.components.length === 0),
  );
  const posted = lines.map((line) => `${line.name}: ${line.text.replace(/ \(unconfirmed\)$/, '')}`);
  const kept = finals.map(({ speakerId, text }) => `${nameOf.get(speakerId)}: ${text}`);
  return [
    ...without(kept, posted).map((line) => `not posted: ${line}`),
    ...without(posted, kept).map((line) => `posted too often, or not in the journal: ${line}`),
    ...lines.filter(({ isGrowing }) => isGrowing).map(({ text }) => `left growing: ${text}`),
  ];
}

/** Checks that every sentence is in the journal, letter by letter, or lies in a stated gap. */
function lossFlaws(meeting: FaultMeeting, record: MeetingRecord, gaps: readonly Gap[]): string[] {
  const beganAtMs = record.head.beganAt.getTime();
  return meeting.said.flatMap((sentence) => {
    const fate = fateOf(sentence, meeting, record, gaps);
    if (fate !== 'lost' && fate !== 'damaged') return [];
    const { who, text, startedAtMs, endedAtMs } = sentence;
    const [from, to] = [startedAtMs - beganAtMs, endedAtMs - beganAtMs].map(Math.round);
    return [`${fate} without notice: ${who}: ${text} (from ${from} to ${to} ms)`];
  });
}

type Fate = 'kept' | 'in a gap' | 'damaged by a stall' | 'damaged' | 'lost';

/** What became of a sentence. Speech is in real time: whoever stands still meanwhile speaks or hears in fits and starts. */
function fateOf(
  { who, text, startedAtMs, endedAtMs }: SaidBy,
  { people }: FaultMeeting,
  { head, finals, endedMs = 0 }: MeetingRecord,
  gaps: readonly Gap[],
): Fate {
  const beganAtMs = head.beganAt.getTime();
  const speakerId = people.find(({ displayName }) => displayName === who)?.id;
  const own = finals.filter((final) => final.speakerId === speakerId);
  if (own.some((final) => final.text.includes(text))) return 'kept';
  if (endedAtMs > beganAtMs + endedMs - EDGE_MS) return 'in a gap'; // the meeting was over
  const isExcused = gaps.some(
    (gap) =>
      (gap.speakerId === undefined || gap.speakerId === speakerId) &&
      beganAtMs + gap.startMs - EDGE_MS < endedAtMs &&
      beganAtMs + gap.endMs + EDGE_MS > startedAtMs,
  );
  if (isExcused) return 'in a gap';
  const overlaps = ({ startMs, endMs }: FinalSegment) =>
    beganAtMs + startMs < endedAtMs && beganAtMs + endMs > startedAtMs;
  const heard = own
    .filter(overlaps)
    .map((final) => final.text)
    .join('');
  if (characterErrors(text, heard) > MOST_WRONG * text.length) return 'lost';
  const stalledMs = stalledForMs(startedAtMs - STALL_SHOWS_MS, endedAtMs + STALL_SHOWS_MS);
  return stalledMs > DAMAGING_MS ? 'damaged by a stall' : 'damaged';
}

/**
 * Checks that every final that reached a living process is in the journal. Nobody receives those sent right after a
 * kill.
 */
function finalFlaws({ stage, said }: FaultMeeting, { finals }: MeetingRecord, aways: readonly Away[]): string[] {
  const own = new Set(said.map(({ text }) => text));
  const wasHeard = (sentAt: number) =>
    !aways.some(({ sinceMs, untilMs }) => sentAt > sinceMs - DURABLE_MS && sentAt <= untilMs);
  const received = stage.palabra.finals.filter(({ text, sentAt }) => own.has(text) && wasHeard(sentAt));
  const isKept = (text: string) => finals.some((final) => final.text.includes(text));
  return received
    .filter(({ text }) => !isKept(text))
    .map(({ text, sentAt }) => `received but not kept: ${text} (${whenOf(sentAt, aways)})`);
}

/** When this was relative to kills and starts, which helps to find the reason. */
function whenOf(atMs: number, aways: readonly Away[]): string {
  const next = aways.find(({ sinceMs }) => sinceMs > atMs);
  const last = aways.findLast(({ untilMs }) => untilMs < atMs);
  return [next && `${next.sinceMs - atMs} ms before a kill`, last && `${atMs - last.untilMs} ms after a start`]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** Checks that there is one panel and one set of minutes, and at most one thread and one webhook. */
function placeFlaws({ text, guild }: FaultMeeting): string[] {
  const panels = text.history.filter(({ content, components }) => content.startsWith('###') || components.length > 0);
  const isOver = panels[0]?.content.includes('the meeting is over');
  const webhooks = [...text.world.webhooks.values()].filter(({ channel }) => channel === text);
  const minutes = text.history.filter(areMinutes);
  return [
    ...(panels.length === 1 ? [] : [`${panels.length} panels`]),
    ...(isOver ? [] : ['the panel does not say that the meeting is over']),
    ...(guild.threads.size <= 1 ? [] : [`${guild.threads.size} threads`]),
    ...(webhooks.length <= 1 ? [] : [`${webhooks.length} webhooks`]),
    ...(minutes.length === 1 ? [] : [`${minutes.length} minutes`]),
  ];
}

function minutesFlaws({ text }: FaultMeeting, { finals, gaps }: MeetingRecord): string[] {
  const minutes = text.messages.find(areMinutes);
  const markdown = Buffer.from(minutes?.attachments[0]?.bytes ?? []).toString('utf8');
  const transcript = markdown.slice(markdown.lastIndexOf('\n## Transcript'));
  return [
    ...finals
      .filter(({ text }) => !transcript.includes(escapeLine(text)))
      .map(({ text }) => `not in the minutes: ${text}`),
    ...(!gaps.some(({ reason }) => reason === 'restarted') || markdown.includes('restarted')
      ? []
      : ['the minutes do not mention the gaps']),
  ];
}

/** The lines that are in the first list more often than in the second. */
function without(one: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return one.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
