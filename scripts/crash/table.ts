import { describeStall } from '../../test/support/real-time/stalls.ts';
import type { Sitting } from './sitting.ts';

/** The kills as a Markdown table, then the results of the meetings. */
export function showSitting({ rounds, verdicts, complaints, stall }: Sitting): string {
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  return [
    '| killed | away | back after |',
    '|---|---|---|',
    ...rounds.map(
      ({ moment, awayMs, backMs }) =>
        `| ${moment} | ${seconds(awayMs)} s | ${backMs === undefined ? '(killed before)' : `${seconds(backMs)} s`} |`,
    ),
    ...verdicts.map(
      ({ said, finals, unconfirmed, damaged, gapsS, flaws }) =>
        `${said} sentences said, ${finals} finals kept (${unconfirmed} not confirmed), ${damaged} damaged by stalls, ${gapsS.toFixed(1)} s of stated gaps: ` +
        (flaws.length === 0 ? 'complete' : `${flaws.length} defects`),
    ),
    stall ? `${describeStall(stall)}, at most.` : 'No process stalled.',
    ...[...complaints, ...verdicts.flatMap(({ flaws }) => flaws)].map((flaw) => `✗ ${flaw}`),
    '',
  ].join('\n');
}
