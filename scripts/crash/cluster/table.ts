import { describeStall } from '../../../test/support/real-time/stalls.ts';
import type { ClusterSitting } from './sitting.ts';

/** The faults as a Markdown table, then what came of the meetings. */
export function showClusterSitting({ takeover, rounds, verdict, stall }: ClusterSitting): string {
  const most = (all: readonly number[]) => (all.length === 0 ? '–' : `${(Math.max(...all) / 1_000).toFixed(1)} s`);
  return [
    `A seat that is taken over: the old connection is closed with ${takeover.closesWith}, the new server is told to ${takeover.tells}.`,
    '| fault | of | meetings moved | heard again after | not heard for |',
    '|---|---|---|---|---|',
    ...rounds.map(({ fault, node, crossings }) => {
      const [hears, deaf] = [crossings.map((one) => one.hearsAfterMs), crossings.map((one) => one.deafForMs)];
      return `| ${fault} | ${node} | ${crossings.length} | ${most(hears)} | ${most(deaf)} |`;
    }),
    ...verdict.meetings.map(
      ({ said, finals, unconfirmed, damaged, gapsS, flaws }) =>
        `${said} sentences said, ${finals} finals kept (${unconfirmed} not confirmed), ${damaged} damaged by stalls, ${gapsS.toFixed(1)} s of stated gaps: ` +
        (flaws.length === 0 ? 'complete' : `${flaws.length} defects`),
    ),
    stall ? `${describeStall(stall)}, at most.` : 'No process stalled.',
    ...flawsOfSitting({ rounds, verdict }).map((flaw) => `✗ ${flaw}`),
    '',
  ].join('\n');
}

export function flawsOfSitting({ rounds, verdict }: Pick<ClusterSitting, 'rounds' | 'verdict'>): readonly string[] {
  return [...rounds.flatMap(({ fault, flaws }) => flaws.map((flaw) => `${fault}: ${flaw}`)), ...verdict.flaws];
}
