import { runAside } from '../../core/concurrency/aside.ts';
import { type PageTask, renderPage } from './page.ts';

const LONG = 250; // lines: the first page of so many keeps a thread busy for 20 ms, one of three hours for 180
const LIMITS = { maxHeapMb: 256, maxMs: 20_000 };

/**
 * Makes the page of a meeting. A long one is made in a thread of its own, as people are heard meanwhile.
 *
 * @throws {AsideError} when that takes too long
 */
export async function makePage(task: PageTask): Promise<string> {
  if (task.record.finals.length < LONG) return await renderPage(task.record, task.wanted);
  return await runAside<PageTask, string>(new URL('./page-thread.ts', import.meta.url), task, LIMITS);
}
