import type { ByteReader } from './byte-reader.ts';
import { isPage, makePage, notTheLast, type OggPage, PAGE_HEADER_BYTES, readPage } from './ogg-page.ts';
import { PIECE_MS, type Piece, type Recording, RecordingError, WORTH_SENDING_BYTES } from './recording.ts';

const OPUS_RATE_HZ = 48_000; // of its granules, whatever was recorded
const SILENT_OPUS = Uint8Array.of(0xf8, 0xff, 0xfe); // 20 ms
const SILENT_MS = 20;
const PACKETS_PER_PAGE = 16;
const USUAL_BYTES_PER_MS = 16; // of what has no granules that can be believed
const MAX_PAGE_MS = 255 * 120; // as many packets as a page holds, each as long as Opus has them
const MAX_PAGE_BYTES = PAGE_HEADER_BYTES + 255 + 255 * 255;
const MAX_REWRITTEN = 64; // pages that say they are the last: a file has one, or one for each part that it was joined from

/** Ogg: Opus, as Discord's voice messages are, gets silence at its end; Vorbis and others end as they are. */
export async function oggRecording(reader: ByteReader, durationMs?: number): Promise<Recording> {
  const first = await peekPage(reader);
  if (first === undefined) throw new RecordingError('This is not an Ogg file.');
  const { serial, bodyAt } = readPage(first);
  const codec = codecOf(first.subarray(bodyAt));
  let last: OggPage | undefined;
  return {
    audio: { format: 'ogg' },
    isTimed: codec !== undefined,
    ...(durationMs === undefined ? undefined : { durationMs }),
    async *pieces(): AsyncGenerator<Piece> {
      let granule = 0n;
      let rewritten = 0;
      /** How long a page plays. To be asked of each, in their order. */
      const hear = (page: OggPage, bytes: number): number => {
        if (codec === undefined || page.serial !== serial) return bytes / USUAL_BYTES_PER_MS;
        last = page;
        if (page.granule < 0n) return 0;
        const statedMs = (Number(page.granule - granule) * 1000) / codec.rateHz;
        granule = page.granule;
        // A longer page is no sound but a jump of the clock: in a piece of an endless broadcast the first one.
        return statedMs > MAX_PAGE_MS ? bytes / USUAL_BYTES_PER_MS : Math.max(0, statedMs);
      };
      const mayGoOn = (page: OggPage) =>
        page.serial === serial && page.isLast && codec?.name === 'opus' && rewritten < MAX_REWRITTEN;
      for (;;) {
        const first = await peekPage(reader);
        if (first === undefined) return; // the end, or cut off
        const head = readPage(first);
        if (mayGoOn(head)) {
          rewritten += 1;
          await reader.take(first.length);
          yield { bytes: notTheLast(first), durationMs: hear(head, first.length) };
          continue;
        }
        // All that is here already, without a wait for each page: there may be a million of them.
        const held = await reader.window(first.length);
        let bytes = 0;
        let durationMs = 0;
        while (durationMs < PIECE_MS && bytes < WORTH_SENDING_BYTES) {
          const page = pageAt(held, bytes);
          const next = page && readPage(page);
          if (page === undefined || next === undefined || mayGoOn(next)) break;
          bytes += page.length;
          durationMs += hear(next, page.length);
        }
        yield { bytes: await reader.take(bytes), durationMs };
      }
    },
    silence(wantedMs) {
      if (codec?.name !== 'opus' || last === undefined) return [];
      const pieces: Piece[] = [];
      let { granule, sequence } = last;
      const pageMs = PACKETS_PER_PAGE * SILENT_MS;
      for (let doneMs = 0; doneMs < wantedMs; doneMs += pageMs) {
        granule += BigInt((pageMs * OPUS_RATE_HZ) / 1000);
        sequence += 1;
        const isLast = doneMs + pageMs >= wantedMs;
        const packets = Array<Uint8Array>(PACKETS_PER_PAGE).fill(SILENT_OPUS);
        pieces.push({ bytes: makePage({ isLast, granule, serial, sequence }, packets), durationMs: pageMs });
      }
      return pieces;
    },
  };
}

/** The next page without taking it; `undefined` when there is no whole one. */
async function peekPage(reader: ByteReader): Promise<Uint8Array | undefined> {
  const head = await reader.peek(PAGE_HEADER_BYTES);
  const segments = head[PAGE_HEADER_BYTES - 1];
  if (segments === undefined || !isPage(head)) return undefined;
  const table = await reader.peek(PAGE_HEADER_BYTES + segments);
  return pageAt(await reader.peek(pageBytes(table)), 0);
}

/** The whole page that begins at this place. */
function pageAt(bytes: Uint8Array, at: number): Uint8Array | undefined {
  if (bytes.length < at + PAGE_HEADER_BYTES) return undefined;
  const rest = bytes.subarray(at, at + MAX_PAGE_BYTES);
  const length = pageBytes(rest);
  return isPage(rest) && rest.length >= length ? rest.subarray(0, length) : undefined;
}

/** How long the page is that begins with this header and its table of segments. */
function pageBytes(head: Uint8Array): number {
  const bodyAt = PAGE_HEADER_BYTES + (head[PAGE_HEADER_BYTES - 1] ?? 0);
  let bytes = bodyAt;
  for (let at = PAGE_HEADER_BYTES; at < bodyAt; at++) bytes += head[at] ?? 0;
  return bytes;
}

/** What is recorded, by the first packet: its name and how fast its granules count. */
function codecOf(
  packet: Uint8Array,
): { readonly name: 'opus' | 'vorbis' | 'speex' | 'flac'; readonly rateHz: number } | undefined {
  const bytes = Buffer.from(packet);
  const text = bytes.toString('latin1');
  if (text.startsWith('OpusHead')) return { name: 'opus', rateHz: OPUS_RATE_HZ };
  if (text.startsWith('\x01vorbis') && bytes.length >= 16) return known('vorbis', bytes.readUInt32LE(12));
  if (text.startsWith('Speex   ') && bytes.length >= 40) return known('speex', bytes.readUInt32LE(36));
  if (text.startsWith('\x7fFLAC') && bytes.length >= 30) return known('flac', bytes.readUIntBE(27, 3) >> 4);
  return undefined;
}

function known<Name extends string>(name: Name, rateHz: number): { name: Name; rateHz: number } | undefined {
  return rateHz === 0 ? undefined : { name, rateHz };
}
