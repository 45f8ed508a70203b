import type { ByteReader } from './byte-reader.ts';
import { isPage, makePage, notTheLast, type OggPage, PAGE_HEADER_BYTES, readPage } from './ogg-page.ts';
import { type Piece, type Recording, RecordingError } from './recording.ts';

const OPUS_RATE_HZ = 48_000; // of its granules, whatever was recorded
const SILENT_OPUS = Uint8Array.of(0xf8, 0xff, 0xfe); // 20 ms
const SILENT_MS = 20;
const PACKETS_PER_PAGE = 16;
const USUAL_BYTES_PER_MS = 16; // of a codec whose granules nobody here can read

/** Ogg: Opus, as Discord's voice messages are, gets silence at its end; Vorbis and others end as they are. */
export async function oggRecording(reader: ByteReader, durationMs?: number): Promise<Recording> {
  const first = await peekPage(reader);
  if (first === undefined) throw new RecordingError('This is not an Ogg file.');
  const { serial, bodyAt } = readPage(first);
  const codec = codecOf(first.subarray(bodyAt));
  let last: OggPage | undefined;
  return {
    audio: { format: 'ogg' },
    ...(durationMs === undefined ? undefined : { durationMs }),
    async *pieces(): AsyncGenerator<Piece> {
      let granule = 0n;
      for (;;) {
        const whole = await peekPage(reader);
        if (whole === undefined) return; // the end, or cut off
        const bytes = (await reader.take(whole.length)).slice();
        const page = readPage(bytes);
        const isOurs = page.serial === serial;
        if (isOurs) last = page;
        const mayGoOn = isOurs && page.isLast && codec?.name === 'opus';
        let pageMs = 0;
        if (codec === undefined) pageMs = bytes.length / USUAL_BYTES_PER_MS;
        else if (isOurs && page.granule > granule) {
          pageMs = (Number(page.granule - granule) * 1000) / codec.rateHz;
          granule = page.granule;
        }
        yield { bytes: mayGoOn ? notTheLast(bytes) : bytes, durationMs: pageMs };
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
  if (head.length < PAGE_HEADER_BYTES || !isPage(head)) return undefined;
  const segments = head[PAGE_HEADER_BYTES - 1] ?? 0;
  const table = (await reader.peek(PAGE_HEADER_BYTES + segments)).subarray(PAGE_HEADER_BYTES);
  const bytes = PAGE_HEADER_BYTES + segments + table.reduce((sum, length) => sum + length, 0);
  const page = await reader.peek(bytes);
  return page.length === bytes ? page : undefined;
}

/** What is recorded, by the first packet: its name and how fast its granules count. */
function codecOf(packet: Uint8Array): { readonly name: 'opus' | 'vorbis'; readonly rateHz: number } | undefined {
  const text = Buffer.from(packet).toString('latin1');
  if (text.startsWith('OpusHead')) return { name: 'opus', rateHz: OPUS_RATE_HZ };
  if (!text.startsWith('\x01vorbis') || packet.length < 16) return undefined;
  const rateHz = Buffer.from(packet).readUInt32LE(12);
  return rateHz === 0 ? undefined : { name: 'vorbis', rateHz };
}
