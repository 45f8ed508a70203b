import { quiet } from '../../../src/core/log.ts';
import type { MeetingRecord } from '../../../src/core/record.ts';
import type { FinalSegment } from '../../../src/core/segment.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { readTranscript } from '../../discord/support/read-transcript.ts';
import { characterErrors } from '../../simulators/speech/index.ts';
import type { FaultMeeting, SaidBy } from './fault-meeting.ts';

const MOST_SENTENCES = 12; // in one final

/** Everything that one person said, and what was made of it, in the order in which it was spoken. */
interface PersonOutcome {
  readonly name: string;
  readonly said: string;
  readonly posted: string;
  readonly journalled: string;
}

/** What came of a meeting. */
export interface Outcome {
  readonly people: readonly PersonOutcome[];
  /** Characters that are wrong, missing or too many in what was posted, as a part of all that was said. */
  readonly characterErrorRate: number;
  /** How far a segment's start or end is from when the words were spoken; of segments whose text is exact. */
  readonly farthestMs: number;
  readonly finals: number;
  readonly timedFinals: number; // of those, with an exact text
  readonly strangers: readonly string[]; // names in the channel of people who were not there
  readonly missingInMinutes: readonly string[]; // sentences that were posted and are not in the minutes
  readonly notices: readonly string[];
  readonly endedAfterMs: number; // from the command to the minutes
  readonly record: MeetingRecord;
}

export async function outcomeOf(meeting: FaultMeeting, endedAfterMs: number): Promise<Outcome> {
  const { stage, guild, text, people, said } = meeting;
  const minutes = text.messages.find(({ attachments }) => attachments.length > 0);
  const lines = readTranscript(text.messages.filter((message) => message !== minutes));
  const record = await journalOf(stage.databaseUrl, guild.id);
  const outcomes = people.map(({ id, displayName: name }): PersonOutcome => {
    const own = said.filter(({ who }) => who === name).toSorted((a, b) => a.startedAtMs - b.startedAtMs);
    return {
      name,
      said: own.map((one) => one.text).join(' '),
      posted: joined(lines.filter((line) => line.name === name)),
      journalled: joined(record.finals.filter(({ speakerId }) => speakerId === id)),
    };
  });
  const errors = outcomes.map(({ said, posted }) => (said === posted ? 0 : characterErrors(said, posted)));
  const characters = outcomes.map((outcome) => outcome.said.length);
  const offsets = people.flatMap(({ id, displayName }) =>
    offsetsOf(
      record.head.beganAt.getTime(),
      record.finals.filter(({ speakerId }) => speakerId === id),
      said.filter(({ who }) => who === displayName),
    ),
  );
  const markdown = Buffer.from(minutes?.attachments[0]?.bytes ?? []).toString('utf8');
  const transcript = markdown.slice(markdown.lastIndexOf('\n## Transcript'));
  return {
    people: outcomes,
    characterErrorRate: sum(errors) / sum(characters),
    farthestMs: Math.max(0, ...offsets.flat().map(Math.abs)),
    finals: record.finals.length,
    timedFinals: offsets.length,
    strangers: lines.map(({ name }) => name).filter((name) => !people.some(({ displayName }) => displayName === name)),
    missingInMinutes: lines.map((line) => line.text).filter((line) => !transcript.includes(line)),
    notices: text.messages.map(({ content }) => content).filter((content) => content.includes('ℹ️')),
    endedAfterMs,
    record,
  };
}

async function journalOf(url: string, guildId: string): Promise<MeetingRecord> {
  await using journal = await openJournal(url, quiet);
  const [head] = await journal.archive.list(guildId, 1);
  const record = head && (await journal.archive.read(head.id));
  if (!record) throw new Error('The journal holds no meeting');
  return record;
}

/**
 * Start and end of each final against the sentences that it holds: several, when pauses were cut on a replay.
 *
 * Where the same was said more than once, the time decides which it is.
 */
function offsetsOf(beganAtMs: number, finals: readonly FinalSegment[], said: readonly SaidBy[]): [number, number][] {
  const inOrder = said.toSorted((a, b) => a.startedAtMs - b.startedAtMs);
  return finals.flatMap((final) => {
    const matches: [number, number][] = [];
    for (const [from, first] of inOrder.entries()) {
      if (!final.text.startsWith(first.text)) continue;
      for (let to = from + 1; to <= from + MOST_SENTENCES; to++) {
        const last = inOrder[to - 1];
        if (!last || joined(inOrder.slice(from, to)) !== final.text) continue;
        matches.push([beganAtMs + final.startMs - first.startedAtMs, beganAtMs + final.endMs - last.endedAtMs]);
      }
    }
    return matches.sort(([a], [b]) => Math.abs(a) - Math.abs(b)).slice(0, 1);
  });
}

function joined(parts: readonly { readonly text: string }[]): string {
  return parts
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join(' ');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
