import { quiet } from '../../src/core/log.ts';
import type { Gap, MeetingRecord } from '../../src/core/record.ts';
import { openJournal } from '../../src/storage/journal/journal.ts';
import { readTranscript } from '../../test/discord/support/read-transcript.ts';
import type { Message } from '../../test/simulators/discord/index.ts';
import type { FaultMeeting } from '../../test/support/meetings/fault-meeting.ts';

const DURABLE_MS = 300; // a final sent this long before the kill must be in the journal, even on a busy machine
const EDGE_MS = 400; // a gap begins and ends between two packets, which can cut letters

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
  readonly gapsS: number; // the sum over all people
  readonly flaws: readonly string[];
}

export const areMinutes = ({ attachments }: Message): boolean => attachments.length > 0;

export async function examine(meeting: FaultMeeting, aways: readonly Away[]): Promise<Verdict> {
  const record = await recordOf(meeting);
  const gaps = record.gaps.filter(({ reason }) => reason === 'restarted');
  return {
    said: meeting.said.length,
    finals: record.finals.length,
    unconfirmed: record.finals.filter(({ confirmed }) => !confirmed).length,
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
function wordFlaws({ text, people, guild }: FaultMeeting, { finals }: MeetingRecord): string[] {
  const nameOf = new Map(people.map(({ id, displayName }) => [id, displayName]));
  const lines = readTranscript(inTranscript(text.messages, guild.bot.displayName));
  const posted = lines.map((line) => `${line.name}: ${line.text.replace(/ \(unconfirmed\)$/, '')}`);
  const kept = finals.map(({ speakerId, text }) => `${nameOf.get(speakerId)}: ${text}`);
  return [
    ...without(kept, posted).map((line) => `not posted: ${line}`),
    ...without(posted, kept).map((line) => `posted too often, or not in the journal: ${line}`),
    ...lines.filter(({ isGrowing }) => isGrowing).map(({ text }) => `left growing: ${text}`),
  ];
}

/** The messages of the transcript. Those under a speaker's own name get the heading that they would have otherwise. */
function inTranscript(messages: readonly Message[], botName: string): { readonly content: string }[] {
  return messages
    .filter((message) => !areMinutes(message) && message.components.length === 0)
    .map(({ content, authorName }) =>
      authorName === botName ? { content } : { content: `**${authorName}** · <t:0:T>\n${content}` },
    );
}

/** Checks that every sentence is in the journal or lies in a stated gap. */
function lossFlaws(
  { said, people }: FaultMeeting,
  { head, finals, endedMs = 0 }: MeetingRecord,
  gaps: readonly Gap[],
): string[] {
  const beganAtMs = head.beganAt.getTime();
  const idOf = new Map(people.map(({ id, displayName }) => [displayName, id]));
  return said.flatMap(({ who, text, startedAtMs, endedAtMs }) => {
    const speakerId = idOf.get(who);
    if (endedAtMs > beganAtMs + endedMs - EDGE_MS) return [];
    const isExcused = gaps.some(
      (gap) =>
        (gap.speakerId === undefined || gap.speakerId === speakerId) &&
        beganAtMs + gap.startMs - EDGE_MS < endedAtMs &&
        beganAtMs + gap.endMs + EDGE_MS > startedAtMs,
    );
    const isKept = finals.some((final) => final.speakerId === speakerId && final.text.includes(text));
    return isExcused || isKept
      ? []
      : [
          `lost without notice: ${who}: ${text} (from ${Math.round(startedAtMs - beganAtMs)} to ${Math.round(endedAtMs - beganAtMs)} ms)`,
        ];
  });
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
    ...finals.filter((final) => !transcript.includes(final.text)).map((final) => `not in the minutes: ${final.text}`),
    ...(gaps.length === 0 || markdown.includes('restarted') ? [] : ['the minutes do not mention the gaps']),
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
