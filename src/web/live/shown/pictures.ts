import type { Log } from '../../../core/log.ts';

/** A picture as Discord has it. */
export interface Picture {
  readonly type: string; // of its content
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Kept {
  readonly picture: Promise<Picture | undefined>;
  bytes: number; // 0 while it is being fetched, and when there is none
}

/** What cannot hold any script; SVG can. */
const TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];
const MOST_BYTES = 256 << 10; // of one: at 128 px they have some ten thousand
const MOST_KEPT_BYTES = 16 << 20;
const MOST_KEPT = 2_000;
const MOST_AT_ONCE = 50;
const LIMIT_MS = 5_000;
const AGAIN_AFTER_MS = 60_000;
const DISCORDS_CDN = 'https://cdn.discordapp.com';

/**
 * Fetches people's pictures from Discord, so that browsers of readers need not, and keeps those asked for last.
 *
 * The address of a picture changes with the picture, so what was fetched stays right.
 */
export class Pictures {
  readonly #cdnUrl: string;
  readonly #log: Log;
  readonly #kept = new Map<string, Kept>(); // by address; asked for longest ago first
  #bytes = 0;
  #fetching = 0;

  /** @param cdnUrl - where Discord has pictures: nothing is fetched from elsewhere */
  constructor(log: Log, cdnUrl = DISCORDS_CDN) {
    this.#cdnUrl = cdnUrl;
    this.#log = log;
  }

  /** @returns `undefined` when there is none, or none that may be shown; asked again at once, the answer is the same */
  async pictureAt(address: string): Promise<Picture | undefined> {
    if (!isAt(address, this.#cdnUrl)) return undefined;
    const kept = this.#kept.get(address) ?? this.#fetch(address);
    if (!kept) return undefined;
    this.#kept.delete(address);
    this.#kept.set(address, kept);
    return await kept.picture;
  }

  #fetch(address: string): Kept | undefined {
    if (this.#fetching >= MOST_AT_ONCE) return undefined;
    this.#fetching += 1;
    const kept: Kept = {
      bytes: 0,
      picture: fetchPicture(address).catch((error: unknown) => this.#fail(address, error)),
    };
    void kept.picture.then((picture) => {
      this.#fetching -= 1;
      if (this.#kept.get(address) !== kept) return;
      if (picture) this.#keep(kept, picture);
      else setTimeout(() => this.#drop(address, kept), AGAIN_AFTER_MS).unref();
    });
    return kept;
  }

  #keep(kept: Kept, { bytes }: Picture): void {
    kept.bytes = bytes.length;
    this.#bytes += bytes.length;
    for (const [address, oldest] of this.#kept) {
      if (this.#bytes <= MOST_KEPT_BYTES && this.#kept.size <= MOST_KEPT) break;
      this.#drop(address, oldest);
    }
  }

  #drop(address: string, kept: Kept): void {
    if (this.#kept.get(address) !== kept) return;
    this.#kept.delete(address);
    this.#bytes -= kept.bytes;
  }

  #fail(address: string, error: unknown): undefined {
    // The path holds the ids of people.
    this.#log.debug({ err: error, host: URL.parse(address)?.host }, 'A picture could not be fetched');
  }
}

function isAt(address: string, base: string): boolean {
  const [url, root] = [URL.parse(address), URL.parse(base)];
  return url !== null && root !== null && url.origin === root.origin && url.username === '' && url.password === '';
}

/** @throws when it is no picture, is too large, or does not come in time */
async function fetchPicture(address: string): Promise<Picture> {
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(LIMIT_MS) });
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!response.ok || response.body === null || !TYPES.includes(type)) {
    await response.body?.cancel();
    throw new Error(`Cannot show what came in place of a picture: ${response.status}, ${type}`);
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body) {
    length += piece.length;
    if (length > MOST_BYTES) throw new Error(`Cannot show a picture of more than ${MOST_BYTES} bytes`);
    pieces.push(piece);
  }
  return { type, bytes: new Uint8Array(Buffer.concat(pieces)) };
}
