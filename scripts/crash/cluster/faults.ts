import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '@redis/client';
import type { Node } from '../../../test/support/cluster/node.ts';
import type { ClusterPlay, Crossing } from '../../../test/support/cluster/play.ts';
import { Clicks } from './clicks.ts';

const TALK_MS = 2_500;
const FINAL_TO_POST_MS = 60;
const FINAL_LIMIT_MS = 30_000; // people are talking, so one comes within seconds
const SOON_MS = 6_000; // heard again after a crash
const PLANNED_MS = 2_000; // not heard while a meeting is handed over
const FROZEN_MS = 10_000;
const AWAY_MS = 20_000;
const TAKES_OVER = 'Takes over a meeting'; // as a process's log says it

/** What a fault did to the meetings that changed their process, and what was worse than it may be. */
export interface Struck {
  readonly node: string; // or what else was struck
  readonly crossings: readonly Crossing[];
  readonly flaws: readonly string[];
}

/** Something that happens to a cluster. Everything works again when it resolves. */
export interface ClusterFault {
  readonly name: string;
  strike(play: ClusterPlay): Promise<Struck>;
}

function tooLate(crossings: readonly Crossing[], what: 'hearsAfterMs' | 'deafForMs', limitMs: number): string[] {
  return crossings
    .filter((crossing) => crossing[what] > limitMs)
    .map((crossing) => `${crossing.meeting.guild.name}: ${what} ${Math.round(crossing[what])}, more than ${limitMs}`);
}

async function killed(play: ClusterPlay, node: Node): Promise<Struck> {
  const crossings = await play.kill(node);
  await play.startAgain(node);
  return { node: node.name, crossings, flaws: tooLate(crossings, 'hearsAfterMs', SOON_MS) };
}

async function stopped(play: ClusterPlay, node: Node): Promise<Struck> {
  const crossings = await play.stop(node);
  await play.startAgain(node);
  return { node: node.name, crossings, flaws: tooLate(crossings, 'deafForMs', PLANNED_MS) };
}

async function frozen(play: ClusterPlay, node: Node): Promise<Struck> {
  const crossings = await play.freeze(node, FROZEN_MS);
  await play.cluster.untilSpread();
  return { node: node.name, crossings, flaws: tooLate(crossings, 'hearsAfterMs', SOON_MS) };
}

/** A process hands everything over while people click: each of them is answered, once. */
async function clickedAt(play: ClusterPlay): Promise<Struck> {
  const clicks = new Clicks(play);
  const node = await atAnyTime(play);
  const struck = await stopped(play, node);
  const flaws = [...struck.flaws, ...(await clicks.end())];
  return { ...struck, node: `${node.name}, ${clicks.count} clicks`, flaws };
}

/** Nobody may take anything over. One process may give to another, as shards are spread evenly at any time. */
export async function undisturbed(play: ClusterPlay, what: string, meanwhile: () => Promise<void>): Promise<Struck> {
  const taken = () =>
    [...play.cluster.nodes.values()].reduce((sum, { output }) => sum + output.split(TAKES_OVER).length - 1, 0);
  const before = taken();
  await meanwhile();
  const more = taken() - before;
  return { node: what, crossings: [], flaws: more === 0 ? [] : [`${more} meetings were taken over`] };
}

async function atAnyTime(play: ClusterPlay): Promise<Node> {
  await delay(TALK_MS * play.random());
  return (await play.someOwner()).owner;
}

async function afterAFinal(play: ClusterPlay): Promise<Node> {
  const { owner } = await play.someOwner();
  await once(play.cluster.palabra, 'final', { signal: AbortSignal.timeout(FINAL_LIMIT_MS) });
  await delay(FINAL_TO_POST_MS * play.random());
  return owner;
}

/** The network between one process and a server is gone, and nobody is told. The others take its meetings over. */
async function cutOff(play: ClusterPlay): Promise<Struck> {
  const node = await atAnyTime(play);
  const crossings = await play.cutFromDatabase(node, AWAY_MS);
  await play.cluster.untilSpread();
  return { node: node.name, crossings, flaws: tooLate(crossings, 'deafForMs', PLANNED_MS) };
}

async function databaseAway(play: ClusterPlay, forMs: number): Promise<Struck> {
  const relays = [...play.cluster.nodes.values()].map(({ postgres }) => postgres);
  const struck = await undisturbed(play, 'PostgreSQL', async () => {
    for (const relay of relays) relay.refuse();
    await delay(forMs);
    for (const relay of relays) relay.mend();
    await delay(SOON_MS);
  });
  await play.cluster.untilSpread();
  return struck;
}

async function redisAway(play: ClusterPlay): Promise<Struck> {
  const { redis } = play.cluster;
  return undisturbed(play, 'Redis', async () => {
    await redis.stop();
    await delay(SOON_MS);
    await redis.start();
    await delay(TALK_MS);
  });
}

/** Somebody who looks after Redis tells it something. */
async function redisTold(play: ClusterPlay, ...command: readonly string[]): Promise<Struck> {
  return undisturbed(play, 'Redis', async () => {
    const client = createClient({ url: play.cluster.redis.url });
    await client.connect();
    await client.sendCommand(command);
    client.destroy();
    await delay(SOON_MS + TALK_MS);
  });
}

/** The whole server, as a machine's restart or a failover does it: everybody is cut off in the middle of what they wrote. */
async function databaseRestarted(play: ClusterPlay): Promise<Struck> {
  const struck = await undisturbed(play, 'PostgreSQL', async () => {
    await delay(TALK_MS * play.random());
    await play.cluster.postgres?.restart();
    await delay(SOON_MS);
  });
  await play.cluster.untilSpread();
  return struck;
}

/** They need a PostgreSQL of the sitting's own. */
export const RESTARTS: readonly ClusterFault[] = [
  { name: 'PostgreSQL restarted (pg_ctl restart -m immediate)', strike: databaseRestarted },
];

/** In one round each, by chance. */
export const CLUSTER_FAULTS: readonly ClusterFault[] = [
  { name: 'kill -9 at any time', strike: async (play) => killed(play, await atAnyTime(play)) },
  { name: 'SIGTERM at any time', strike: async (play) => stopped(play, await atAnyTime(play)) },
  { name: 'SIGSTOP for 10 s', strike: async (play) => frozen(play, await atAnyTime(play)) },
  { name: 'kill -9, a final has just arrived', strike: async (play) => killed(play, await afterAFinal(play)) },
  { name: 'SIGTERM, a final has just arrived', strike: async (play) => stopped(play, await afterAFinal(play)) },
  { name: 'SIGTERM while people click', strike: clickedAt },
  { name: 'one cut off from PostgreSQL for 20 s', strike: cutOff },
  { name: 'PostgreSQL away for 5 s', strike: (play) => databaseAway(play, 5_000) },
  { name: 'PostgreSQL away for 20 s', strike: (play) => databaseAway(play, AWAY_MS) },
  { name: 'Redis stopped, and started empty', strike: redisAway },
  { name: 'Redis emptied (FLUSHALL)', strike: (play) => redisTold(play, 'FLUSHALL') },
  { name: 'Redis silent for 5 s (CLIENT PAUSE)', strike: (play) => redisTold(play, 'CLIENT', 'PAUSE', '5000', 'ALL') },
];
