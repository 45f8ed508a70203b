import { parentPort, workerData } from 'node:worker_threads';
import type { DocumentTask } from './aside.ts';

// The body of the thread that `aside.ts` starts: one task in, its bytes out.
const { model, format }: DocumentTask = workerData;
const bytes = await render();
parentPort?.postMessage(bytes);

/** Only the library that is needed is loaded: that is half of the time of a short meeting. */
async function render(): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await rendered()); // its own memory, not a part of Node's shared pool
}

async function rendered(): Promise<Buffer> {
  switch (format) {
    case 'pdf':
      return await (await import('./pdf.ts')).renderPdf(model);
    case 'docx':
      return await (await import('./docx.ts')).renderDocx(model);
    case 'png':
      return (await import('../picture/png.ts')).pngOfModel(model);
  }
}
