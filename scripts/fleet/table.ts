import type { Fleet, Member } from './fleet.ts';

const HEAD = ['process', 'version', 'address', 'state', 'serves', 'heir to', 'meetings', 'writing up'];

/** The fleet as a table, and below it what is wrong. */
export function tableOf({ members, shards, unserved, withoutHeir, next }: Fleet): string {
  if (members.length === 0) return 'No process has joined: nothing runs with CLUSTER=on on this database.';
  const rows = [HEAD, ...members.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const remarks = [
    shards === 0 ? 'There are no shards yet.' : '',
    unserved.length > 0 ? `Nobody serves ${named(unserved)}.` : '',
    withoutHeir.length > 0 ? `No process is ready to take over ${named(withoutHeir)}.` : '',
    next ? `${next.shards} shards follow: ${next.ready} are ready, and all meetings move when all are.` : '',
  ];
  return [...lines, ...remarks.filter((remark) => remark !== '')].join('\n');
}

function cellsOf(member: Member): string[] {
  const { name, version, address, serves, heirTo, meetings, writingUp } = member;
  const heirs = heirTo.map(({ shardId, isReady }) => (isReady ? `${shardId}` : `${shardId} (not ready)`));
  return [
    ...[name, version, address ?? '–', stateOf(member)],
    ...[serves.join(' ') || '–', heirs.join(' ') || '–', `${meetings}`, `${writingUp}`],
  ];
}

function stateOf({ leftMs, isDraining }: Member): string {
  if (leftMs <= 0) return `dead for ${(-leftMs / 1_000).toFixed(0)} s`;
  return isDraining ? 'drains' : 'alive';
}

function named(shards: readonly number[]): string {
  return `${shards.length === 1 ? 'shard' : 'shards'} ${shards.join(', ')}`;
}
