import { parentPort, workerData } from 'node:worker_threads';
import type { DocumentTask } from './aside.ts';

// The body of the thread that `aside.ts` starts: one task in, its bytes out.
const { model, format }: DocumentTask = workerData;
const bytes = await render();
parentPort?.postMessage(bytes);

/** Only the library that is needed is loaded: that is half of the time of a short meeting. */
async function render(): Promise<Uint8Array<ArrayBuffer>> {
  const rendered =
    format === 'pdf'
      ? await (await import('./pdf.ts')).renderPdf(model)
      : await (await import('./docx.ts')).renderDocx(model);
  return Uint8Array.from(rendered); // its own memory, not a part of Node's shared pool
}
