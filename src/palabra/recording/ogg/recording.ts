import { isPage, notTheLast, type OggPage, PAGE_HEADER_BYTES, readPage } from '../../packing/ogg-page.ts';
import type { ByteReader } from '../byte-reader.ts';
import { PIECE_MS, type Piece, type Recording, RecordingError, WORTH_SENDING_BYTES } from '../recording.ts';
import { codecOf } from './codec.ts';
import { OggLink } from './link.ts';

const BETWEEN_LINKS_MS = 320; // of silence before another stream begins: one page
const MAX_PAGE_BYTES = PAGE_HEADER_BYTES + 255 + 255 * 255;
const MAX_JUNK_BYTES = 256 * 1024; // between pages
const MAX_REWRITTEN = 64; // pages with an end mark: a file has one for each part that it was joined from

/**
 * An Ogg file. Each Opus stream in it, such as a Discord voice message, gets silence at its end; Vorbis and others end
 * as they are.
 */
export async function oggRecording(reader: ByteReader, durationMs?: number): Promise<Recording> {
  const first = await peekPage(reader);
  if (first === undefined) throw new RecordingError('This is not an Ogg file.');
  let link = linkOf(first);
  let isBrokenOff = false;
  return {
    audio: { format: 'ogg' },
    isTimed: link.codec !== undefined,
    ...(durationMs === undefined ? undefined : { durationMs }),
    isBrokenOff: () => isBrokenOff,
    async *pieces(): AsyncGenerator<Piece> {
      let rewritten = 0;
      let isComplete = false; // the last page that was read has the end mark
      const mayGoOn = (head: OggPage) =>
        head.serial === link.serial && head.isLast && link.canBeSilent && rewritten < MAX_REWRITTEN;
      const hear = (head: OggPage, page: Uint8Array): number => {
        if (head.serial === link.serial) isComplete = head.isLast;
        return link.playedMs(head, page);
      };
      for (;;) {
        const page = await peekPage(reader);
        if (page === undefined) {
          if (await skipToPage(reader)) continue;
          isBrokenOff = !isComplete && (await reader.peek(1)).length > 0;
          return;
        }
        const head = readPage(page);
        if (beginsLink(link, head, page)) {
          // The stream before it has to end before another one may begin: its words are over.
          if (link.hasPlayed) yield* link.silence(BETWEEN_LINKS_MS);
          link = linkOf(page);
        }
        if (mayGoOn(head)) {
          rewritten += 1;
          await reader.take(page.length);
          yield { bytes: notTheLast(page), durationMs: hear(head, page) };
          continue;
        }
        // Reads all pages that are here without waiting for each: there may be a million of them.
        const held = await reader.window(page.length);
        let bytes = 0;
        let pieceMs = 0;
        while (pieceMs < PIECE_MS && bytes < WORTH_SENDING_BYTES) {
          const next = pageAt(held, bytes);
          const nextHead = next && readPage(next);
          if (next === undefined || nextHead === undefined || mayGoOn(nextHead)) break;
          if (bytes > 0 && beginsLink(link, nextHead, next)) break;
          bytes += next.length;
          pieceMs += hear(nextHead, next);
          if (nextHead.serial === link.serial && nextHead.isLast) link.isEnded = true;
        }
        yield { bytes: await reader.take(bytes), durationMs: pieceMs };
      }
    },
    silence: (wantedMs) => link.silence(wantedMs),
  };
}

function linkOf(page: Uint8Array): OggLink {
  const { serial, bodyAt } = readPage(page);
  return new OggLink(serial, codecOf(page.subarray(bodyAt)));
}

/** Whether the page begins another stream that replaces this one. Several streams may begin together, side by side. */
function beginsLink(link: OggLink, head: OggPage, page: Uint8Array): boolean {
  if (link.codec !== undefined && !link.hasPlayed) return false;
  return codecOf(page.subarray(head.bodyAt)) !== undefined;
}

/** The next page, which stays unread; `undefined` when there is no whole one. */
async function peekPage(reader: ByteReader): Promise<Uint8Array | undefined> {
  const head = await reader.peek(PAGE_HEADER_BYTES);
  const segments = head[PAGE_HEADER_BYTES - 1];
  if (segments === undefined || !isPage(head)) return undefined;
  const table = await reader.peek(PAGE_HEADER_BYTES + segments);
  return pageAt(await reader.peek(pageBytes(table)), 0);
}

/** Goes to where the next whole page may begin; false when there is none within reach. */
async function skipToPage(reader: ByteReader): Promise<boolean> {
  const window = await reader.window(MAX_JUNK_BYTES);
  const at = Buffer.from(window.buffer, window.byteOffset, Math.min(window.length, MAX_JUNK_BYTES)).indexOf('OggS', 1);
  if (at < 0) return false;
  await reader.take(at);
  return true;
}

/** The whole page that begins at this place. */
function pageAt(bytes: Uint8Array, at: number): Uint8Array | undefined {
  if (bytes.length < at + PAGE_HEADER_BYTES) return undefined;
  const rest = bytes.subarray(at, at + MAX_PAGE_BYTES);
  const length = pageBytes(rest);
  return isPage(rest) && rest.length >= length ? rest.subarray(0, length) : undefined;
}

/** The length of the page with this header and table of segments. */
function pageBytes(head: Uint8Array): number {
  const bodyAt = PAGE_HEADER_BYTES + (head[PAGE_HEADER_BYTES - 1] ?? 0);
  let bytes = bodyAt;
  for (let at = PAGE_HEADER_BYTES; at < bodyAt; at++) bytes += head[at] ?? 0;
  return bytes;
}
