import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../support/cluster/cluster.ts';
import { missingForCluster } from '../../support/cluster/missing.ts';
import type { Node } from '../../support/cluster/node.ts';
import { ClusterPlay } from '../../support/cluster/play.ts';
import type { FaultMeeting } from '../../support/meetings/fault-meeting.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { follow } from '../../web/live/support/served.ts';

const READERS = 20; // an address may have fifty connections
const AGAIN_MS = 500;
const missing = await missingForCluster();

describe.skipIf(missing.length > 0)('readers of a live page in a process that does not run the meeting', () => {
  it('get every final once when the process of the meeting is killed, and then their own', {
    ...inRealTime,
    timeout: 150_000,
  }, async () => {
    await using play = await ClusterPlay.begin({
      processes: 3,
      meetings: 1,
      takeover: { closesWith: 'nothing', tells: 'all' },
      environment: { HTTP_HOST: '127.0.0.1', PUBLIC_URL: 'http://127.0.0.1:1' },
    });
    const { cluster } = play;
    const [meeting] = cluster.meetings;
    if (!meeting) throw new Error('There is no meeting');
    const { owner } = await play.someOwner();
    const [seat] = await cluster.leases.seats();
    const third = [...cluster.nodes.values()].find((node) => node !== owner && node.name !== seat?.readyHeir);
    if (!third) throw new Error('There is no third process');
    const { path, cookie } = await enter(meeting, third);
    const readers = Array.from({ length: READERS }, () => new Reader(cluster, third, path, cookie));
    await play.talkFor(4_000);
    await play.kill(owner);
    await play.talkFor(4_000);
    await play.startAgain(owner);
    await play.kill(third);
    await play.talkFor(4_000);
    const { flaws, meetings } = await play.finish();
    expect(flaws).toEqual([]);
    const seen = await Promise.all(readers.map((reader) => reader.end()));
    for (const { connections } of readers) expect(connections).toBeGreaterThan(1); // the first ended with its process
    expect(seen.map(({ size }) => size)).toEqual(readers.map(() => meetings[0]?.finals));
  });
});

/** Presses the link to the live page, in a process of one's choice. */
async function enter({ text, people: [ana] }: FaultMeeting, node: Node): Promise<{ path: string; cookie: string }> {
  const panel = await text.waitFor(({ components }) => JSON.stringify(components).includes('Live page'));
  const id = /p1:live:([\w-]+)/.exec(JSON.stringify(panel.components))?.[1] ?? '';
  const reply = await ana?.click(panel, `p1:live:${id}`);
  const { pathname, search } = new URL(/http:\/\/127[^"]*/.exec(JSON.stringify(reply?.components))?.[0] ?? '');
  const entered = await fetch(`http://127.0.0.1:${portOf(node)}${pathname}${search}`, { redirect: 'manual' });
  return { path: `${pathname}/lines`, cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

function portOf({ output }: Node): string {
  return [...output.matchAll(/"port":(\d+)/g)].at(-1)?.[1] ?? '';
}

/** A page in a browser: when its connection ends, it connects to whichever process answers. */
class Reader {
  readonly #finals = new Map<string, string>(); // texts by the id of their line
  readonly #reading: Promise<void>;
  connections = 0;

  constructor(cluster: Cluster, first: Node, path: string, cookie: string) {
    this.#reading = this.#read(cluster, first, path, cookie);
    this.#reading.catch(() => {}); // `end` rejects with it
  }

  async #read({ nodes }: Cluster, first: Node, path: string, cookie: string): Promise<void> {
    for (let node: Node | undefined = first; node; node = [...nodes.values()].find(({ isRunning }) => isRunning)) {
      const page = await follow(`http://127.0.0.1:${portOf(node)}${path}`, cookie).catch(() => undefined);
      if (page) this.connections += 1; // else it has just begun, and does not answer yet
      await page?.ended.catch(() => {}); // it was cut off
      for (const { line } of page?.events ?? []) if (line?.state === 'final') this.#finals.set(line.id, line.text);
      if (page?.events.some(({ event }) => event === 'over')) return;
      await delay(AGAIN_MS);
    }
  }

  /** @returns the finals that it has by the end of the meeting, by the id of their line */
  async end(): Promise<ReadonlyMap<string, string>> {
    await this.#reading;
    return this.#finals;
  }
}
