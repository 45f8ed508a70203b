import { parentPort, workerData } from 'node:worker_threads';
import type { DocumentTask } from './aside.ts';

// The body of the worker thread that `aside.ts` starts: it receives one task and sends back the bytes of the document.
const { model, format }: DocumentTask = workerData;
const bytes = await render();
parentPort?.postMessage(bytes);

async function render(): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await rendered()); // a copy, as a buffer from Node's pool shares its memory
}

/** Loads only the library that the format needs, which halves the time for a short meeting. */
async function rendered(): Promise<Buffer> {
  switch (format) {
    case 'pdf':
      return await (await import('./pdf.ts')).renderPdf(model);
    case 'docx':
      return await (await import('./docx.ts')).renderDocx(model);
    case 'png':
      return (await import('../picture/png.ts')).pngOfModel(model, 'discord');
  }
}
