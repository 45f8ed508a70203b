import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);
const QUIET = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--remote-debugging-port=0'],
];

/** A page as a streaming program shows it: 1920 by 1080 pixels of Chromium without any background of its own. */
export class BrowserSource implements AsyncDisposable {
  readonly #socket: WebSocket;
  readonly #end: () => Promise<void>;
  readonly #waiting = new Map<number, (answer: { result?: unknown; error?: unknown }) => void>();
  #asked = 0;

  private constructor(socket: WebSocket, end: () => Promise<void>) {
    this.#socket = socket;
    this.#end = end;
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(`${data}`) as { id?: number; result?: unknown; error?: unknown }; // of Chromium's own protocol
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  static async open(url: string): Promise<BrowserSource> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-chromium-'));
    const child = spawn(CHROMIUM, [...QUIET, `--user-data-dir=${folder}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const exited = once(child, 'exit');
    const end = async () => {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    };
    let port = '';
    for await (const line of createInterface({ input: child.stderr })) {
      port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1] ?? '';
      if (port !== '') break;
    }
    child.stderr.resume();
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
      type: string;
      webSocketDebuggerUrl: string;
    }[];
    const page = targets.find(({ type }) => type === 'page');
    const socket = new WebSocket(page?.webSocketDebuggerUrl ?? '');
    await once(socket, 'open');
    const source = new BrowserSource(socket, end);
    await source.#ask('Emulation.setDeviceMetricsOverride', {
      width: 1920,
      height: 1080,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await source.#ask('Emulation.setDefaultBackgroundColorOverride', { color: { r: 0, g: 0, b: 0, a: 0 } });
    await source.#ask('Page.navigate', { url });
    return source;
  }

  /** The value of an expression in the page. */
  async valueOf(expression: string): Promise<unknown> {
    const { result } = (await this.#ask('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as {
      result: { value?: unknown };
    };
    return result.value;
  }

  /** @returns a PNG */
  async picture(): Promise<Buffer> {
    const { data } = (await this.#ask('Page.captureScreenshot', { format: 'png' })) as { data: string };
    return Buffer.from(data, 'base64');
  }

  /** How opaque a row of the picture is at its middle and at its edge, from 0 to 255. */
  async alphaOf(picture: Buffer): Promise<{ least: number; most: number; below: number; above: number }> {
    // Chromium itself reads the picture, in a page that may: the overlay allows no pictures.
    await this.#ask('Page.navigate', { url: 'about:blank' });
    return (await this.valueOf(`(async () => {
      const bytes = Uint8Array.from(atob('${picture.toString('base64')}'), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      canvas.drawImage(bitmap, 0, 0);
      const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
      const half = data.length / 2;
      let [least, most, above, below] = [255, 0, 0, 0];
      for (let at = 3; at < data.length; at += 4) {
        least = Math.min(least, data[at]);
        most = Math.max(most, data[at]);
        if (data[at] > 0) at < half ? above++ : below++;
      }
      return { least, most, above, below };
    })()`)) as { least: number; most: number; below: number; above: number };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.#end();
  }

  async #ask(method: string, params: object): Promise<unknown> {
    this.#asked += 1;
    const id = this.#asked;
    const { promise, resolve } = Promise.withResolvers<{ result?: unknown; error?: unknown }>();
    this.#waiting.set(id, resolve);
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await promise;
    this.#waiting.delete(id);
    if (error !== undefined) throw new Error(`${method} failed: ${JSON.stringify(error)}`);
    return result;
  }
}
