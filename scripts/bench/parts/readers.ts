import { setTimeout as delay } from 'node:timers/promises';
import { Helper } from '../contestants/helper.ts';
import type { BrowsersCalls } from '../readers/browsers.ts';
import type { PagesCalls } from '../readers/pages.ts';
import type { Readers } from '../report/figures.ts';
import { percentile } from '../report/statistics.ts';

const WORD_MS = 300; // as people talk: 200 words a minute
const FAST_WORD_MS = 5; // for readers who take nothing: so much that no buffer of the system holds it
const WARM_UP_MS = 3_000;
const ARRIVING_MS = 500;

/** One live page of a meeting in which four people talk, read by many browsers: first by quick ones, then by ones that take nothing. */
export async function measureReaders(readers: number, measuredMs: number): Promise<Readers> {
  const quick = await watched(readers, measuredMs, { wordMs: WORD_MS, isSlow: false });
  const slow = await watched(readers, measuredMs, { wordMs: FAST_WORD_MS, isSlow: true });
  return {
    readers,
    texts: quick.said.texts,
    arrivedP50Ms: percentile(quick.latenciesMs, 50),
    arrivedP95Ms: percentile(quick.latenciesMs, 95),
    arrivedMaxMs: percentile(quick.latenciesMs, 100),
    lost: quick.said.finals * readers - quick.finals,
    cpuPercent: quick.cpuPercent,
    loopP99Ms: quick.loopP99Ms,
    memoryMb: quick.memoryMb,
    grownMb: quick.grownMb,
    slowTexts: slow.said.texts,
    slowCpuPercent: slow.cpuPercent,
    slowGrownMb: slow.grownMb,
  };
}

async function watched(
  readers: number,
  measuredMs: number,
  talk: { readonly wordMs: number; readonly isSlow: boolean },
) {
  await using pages = new Helper<PagesCalls>(new URL('../readers/pages.ts', import.meta.url));
  await using browsers = new Helper<BrowsersCalls>(new URL('../readers/browsers.ts', import.meta.url));
  const { wordMs, isSlow } = talk;
  await browsers.ask('open', { ...(await pages.ask('open', { readers })), isSlow });
  await pages.ask('talk', { forMs: WARM_UP_MS, wordMs });
  await delay(ARRIVING_MS);
  await browsers.ask('received', undefined);
  const before = await pages.ask('cost', undefined);
  const beganMs = performance.now();
  const said = await pages.ask('talk', { forMs: measuredMs, wordMs });
  await delay(ARRIVING_MS);
  const wholeMs = performance.now() - beganMs;
  const after = await pages.ask('cost', undefined);
  const { latenciesMs, finals, ended } = await browsers.ask('received', undefined);
  if (after.open < readers || ended > 0) throw new Error(`${readers - after.open} of ${readers} pages were closed`);
  return {
    ...{ said, finals, latenciesMs },
    cpuPercent: ((after.cpuMs - before.cpuMs) / wholeMs) * 100,
    loopP99Ms: after.loop.p99Ms,
    memoryMb: after.memoryMb,
    grownMb: after.memoryMb - before.memoryMb,
  };
}
