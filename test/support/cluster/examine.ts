import { type Away, examine, type Verdict } from '../../../scripts/crash/examine.ts';
import { quiet } from '../../../src/core/log.ts';
import type { Gap } from '../../../src/core/record.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import type { FaultMeeting } from '../meetings/fault-meeting.ts';
import { logFlaws } from '../meetings/log-flaws.ts';
import type { Cluster } from './cluster.ts';
import { staleFlaws, tokenFlaws } from './owners.ts';

const TOLD_WITHIN_MS = 1_000; // how far the ends of a stated gap may be from when the bot stopped and began to hear

/** A stretch in which nobody heard a meeting, because its process was killed or froze, or handed it over. */
export interface Deafness extends Away {
  readonly guildId: string;
}

interface MeetingVerdict extends Verdict {
  /** By how much each stated gap is longer than the real one. */
  readonly overstatedMs: readonly number[];
}

/** What came of all meetings of a cluster; only `flaws` says whether all is well. */
export interface ClusterVerdict {
  readonly meetings: readonly MeetingVerdict[];
  readonly flaws: readonly string[];
}

/** To be asked when all meetings are over and written up. */
export async function examineCluster(
  cluster: Cluster,
  endedAtMs: number,
  deafness: readonly Deafness[],
): Promise<ClusterVerdict> {
  const owners = await cluster.leases.read();
  const meetings = await Promise.all(cluster.meetings.map((meeting) => examineOne(cluster, meeting, deafness)));
  return {
    meetings,
    flaws: [
      ...meetings.flatMap(({ flaws }, index) => flaws.map((flaw) => `${cluster.meetings[index]?.guild.name}: ${flaw}`)),
      ...tokenFlaws(owners),
      ...staleFlaws(cluster, owners),
      ...seatFlaws(cluster, endedAtMs),
      ...outputFlaws(cluster),
    ],
  };
}

async function examineOne(
  cluster: Cluster,
  meeting: FaultMeeting,
  deafness: readonly Deafness[],
): Promise<MeetingVerdict> {
  const own = deafness.filter(({ guildId }) => guildId === meeting.guild.id);
  const verdict = await examine(meeting, own);
  const gaps = await statedGaps(cluster, meeting);
  const real = own.filter(({ sinceMs, untilMs }) => untilMs - sinceMs > TOLD_WITHIN_MS);
  const gapFlaws = real.flatMap(({ sinceMs, untilMs }) => {
    const told = gaps.find((gap) => gap.sinceMs < untilMs && gap.untilMs > sinceMs);
    const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
    if (!told) return [`a gap of ${seconds(untilMs - sinceMs)} that nobody was told of`];
    const isNear =
      Math.abs(told.untilMs - untilMs) <= TOLD_WITHIN_MS && Math.abs(told.sinceMs - sinceMs) <= TOLD_WITHIN_MS;
    if (isNear) return [];
    return [
      `a gap of ${seconds(untilMs - sinceMs)} was stated as ${seconds(told.untilMs - told.sinceMs)}, ` +
        `from ${Math.round(told.sinceMs - sinceMs)} ms to ${Math.round(told.untilMs - untilMs)} ms off`,
    ];
  });
  const sum = (stretches: readonly Away[]) =>
    stretches.reduce((total, { sinceMs, untilMs }) => total + untilMs - sinceMs, 0);
  return { ...verdict, overstatedMs: [sum(gaps) - sum(own)], flaws: [...verdict.flaws, ...gapFlaws] };
}

/** The gaps that concern everybody, on the clock of the test. */
async function statedGaps({ databaseUrl }: Cluster, { guild }: FaultMeeting): Promise<readonly Away[]> {
  await using journal = await openJournal(databaseUrl, quiet);
  const [head] = await journal.archive.list(guild.id, 1);
  const record = head && (await journal.archive.read(head.id));
  const beganAtMs = record?.head.beganAt.getTime() ?? 0;
  const isEverybodys = ({ speakerId }: Gap) => speakerId === undefined;
  return (record?.gaps ?? [])
    .filter(isEverybodys)
    .map(({ startMs, endMs }) => ({ sinceMs: beganAtMs + startMs, untilMs: beganAtMs + endMs }));
}

/** Checks that nobody ever saw the bot out of the channel of a meeting that went on. */
function seatFlaws({ discord, meetings }: Cluster, endedAtMs: number): string[] {
  return meetings.flatMap(({ guild, voice }) => {
    const seen = discord.seats.seen.filter(({ guildId, atMs }) => guildId === guild.id && atMs < endedAtMs);
    const elsewhere = seen.filter(({ channelId }) => channelId !== voice.id);
    return elsewhere.length === 0 ? [] : [`${guild.name}: the bot left the channel ${elsewhere.length} times`];
  });
}

function outputFlaws({ nodes, palabra, discord }: Cluster): string[] {
  const processes = [...nodes.values()].flatMap(({ name, output }) => {
    const { unspeakable, complaints } = logFlaws(output, [...palabra.secrets, discord.token]);
    return [
      ...unspeakable.map((word) => `the log of ${name} contains: ${word}`),
      ...complaints.map((line) => `the log of ${name} complains: ${line}`),
    ];
  });
  const violations = [...palabra.violations, ...discord.violations].filter((what) => !isExpected(what));
  return [...processes, ...violations.map((what) => `violates the protocol: ${what}`)];
}

/**
 * A killed process closes no socket properly, and a new one learns Discord's rate limits by exceeding them. A process that
 * wakes gives back sessions of the recogniser that others have given back for it.
 */
function isExpected(violation: string): boolean {
  return (
    violation.includes('closed with 1006') ||
    violation.startsWith('Too early') ||
    violation === 'session: deleted twice'
  );
}
