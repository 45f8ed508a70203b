import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quiet } from '../../../src/core/log.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import type { Cluster } from '../../../test/support/cluster/cluster.ts';
import type { ClusterRound } from './sitting.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000; // ids of interactions hold their time, since then

/**
 * Writes down what happened in a sitting: logs, owners and seats, what was said, heard, recognised, posted and asked for.
 *
 * Every table is a file of JSON lines, whose times are of one clock.
 */
export async function keepTraces(cluster: Cluster, folder: string, rounds: readonly ClusterRound[]): Promise<void> {
  const { leases, voice, palabra, discord, meetings, nodes, databaseUrl } = cluster;
  await mkdir(folder, { recursive: true });
  const write = (name: string, rows: readonly unknown[]) =>
    writeFile(join(folder, `${name}.jsonl`), rows.map((row) => `${JSON.stringify(row, plainly)}\n`).join(''));
  const nameAt = (address: string) => cluster.nodeAt(address)?.name;
  await write(
    'faults',
    rounds.map(({ fault, atMs, node }) => ({ at: new Date(atMs).toISOString(), fault, node })),
  );
  await write('owners', await leases.read());
  await write('seats', await leases.readSeats());
  await write('voice', voice.arrivals);
  await write('recogniser', palabra.finals);
  await write('sockets', palabra.sockets.map(ofSocket));
  await write(
    'asked',
    discord.seats.asked.map((one) => ({ ...one, node: nameAt(one.address) })),
  );
  await write(
    'requests',
    discord.rest.seen.map((one) => ({ ...one, node: nameAt(one.address) })),
  );
  await write(
    'clicks',
    [...discord.world.interactions.values()].map(({ id, member, acknowledgedAfterMs }) => ({
      askedAtMs: Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS,
      server: member.guild.name,
      acknowledgedAfterMs,
    })),
  );
  await using journal = await openJournal(databaseUrl, quiet);
  for (const { guild, said, text } of meetings) {
    const [head] = await journal.archive.list(guild.id, 1);
    const record = head && (await journal.archive.read(head.id));
    await write(guild.name, [record, ...said, ...text.messages.map(ofMessage)]);
  }
  for (const { name, output } of nodes.values()) await writeFile(join(folder, `${name}.log`), output);
}

/** JSON has no bigint. */
function plainly(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value;
}

/** What can be written down of a socket. */
function ofSocket({ index, credential, query, openedAt, closedAt, closeCode, closedBy, receivedMs }: Socket) {
  return { index, credential, query, openedAt, closedAt, closeCode, closedBy, receivedMs };
}

function ofMessage({ content, authorName }: { readonly content: string; readonly authorName: string }) {
  return { authorName, content };
}

type Socket = Cluster['palabra']['sockets'][number];
