import { randomInt } from 'node:crypto';
import type { Tape } from '../tape/tape.ts';
import { fitsPage, makePage, segmentsOf } from './ogg-page.ts';
import type { Packing } from './packing.ts';

/** Lengths of Opus frames in samples at 48 kHz, with a packet of silence of each: digital silence by CELT, full band. */
const SILENCES: readonly { readonly count: number; readonly packet: Uint8Array }[] = [
  { count: 960, packet: Uint8Array.of(0xf8, 0xff, 0xfe) },
  { count: 480, packet: Uint8Array.of(0xf0, 0xff, 0xfe) },
  { count: 240, packet: Uint8Array.of(0xe8, 0xff, 0xfe) },
  { count: 120, packet: Uint8Array.of(0xe0, 0xff, 0xfe) },
];

/** Silence comes in multiples of the shortest frame, 2.5 ms. */
export const OGG_GRAIN = 120;

/**
 * Passes packets on as their senders made them, in an Ogg stream (RFC 3533, RFC 7845) that begins with the socket: with
 * headers and a serial number of its own. Each piece leaves as a page at once, however short it is.
 *
 * The tape's samples are the stream's granules: time passes in the stream exactly as on the tape.
 */
export class OggPacking implements Packing {
  readonly #serial = randomInt(2 ** 32);
  readonly #segments = { packets: [] as Uint8Array[], count: 0 }; // of the page that is being filled
  #pages: Uint8Array[] = []; // of the message that is being packed
  #sequence = 0;
  #granule = 0;
  #end = -1; // where the last piece ended: there a piece can begin

  beginOf(tape: Tape, sample: number): number {
    if (sample === this.#end) return sample;
    const [piece] = tape.readPackets(sample, sample + 1);
    return piece === undefined || piece.from >= sample ? inGrains(sample) : piece.to;
  }

  endOf(tape: Tape, from: number, count: number): number {
    return Math.max(from + inGrains(count), tape.readPackets(from, from + count).at(-1)?.to ?? 0);
  }

  packAudio(tape: Tape, from: number, to: number): Uint8Array {
    let at = from;
    for (const piece of tape.readPackets(from, to)) {
      this.#addSilence(piece.from - at);
      this.#addPacket(piece.packet, piece.to - piece.from);
      at = piece.to;
    }
    this.#addSilence(to - at);
    this.#end = to;
    return this.#takeMessage();
  }

  packSilence(count: number): Uint8Array {
    this.#addSilence(count);
    return this.#takeMessage();
  }

  #addSilence(count: number): void {
    let left = count;
    for (const silence of SILENCES) {
      for (; left >= silence.count; left -= silence.count) this.#addPacket(silence.packet, silence.count);
    }
  }

  #addPacket(packet: Uint8Array, count: number): void {
    const segments = segmentsOf(packet.length);
    if (!fitsPage(this.#segments.count + segments)) this.#endPage();
    this.#segments.packets.push(packet);
    this.#segments.count += segments;
    this.#granule += count;
  }

  #endPage(): void {
    if (this.#segments.count === 0) return;
    if (this.#sequence === 0) {
      this.#pages.push(this.#page([opusHead()], 0, true), this.#page([opusTags()], 0));
    }
    this.#pages.push(this.#page(this.#segments.packets, this.#granule));
    this.#segments.packets = [];
    this.#segments.count = 0;
  }

  #page(packets: readonly Uint8Array[], granule: number, isFirst = false): Uint8Array {
    const head = { isFirst, isLast: false, granule: BigInt(granule), serial: this.#serial, sequence: this.#sequence };
    this.#sequence += 1;
    return makePage(head, packets);
  }

  #takeMessage(): Uint8Array {
    this.#endPage();
    const pages = this.#pages;
    this.#pages = [];
    return pages.length === 1 && pages[0] ? pages[0] : Buffer.concat(pages);
  }
}

/** Rounded up to what silence can last. The tape holds whole grains, so that is never beyond its end. */
function inGrains(samples: number): number {
  return Math.ceil(samples / OGG_GRAIN) * OGG_GRAIN;
}

/** RFC 7845, 5.1: one channel, to which a decoder mixes stereo packets down; nothing is left out at the beginning. */
function opusHead(): Uint8Array {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 'latin1');
  head.writeUInt8(1, 8); // version
  head.writeUInt8(1, 9); // channels
  head.writeUInt32LE(48_000, 12); // of the input
  return head;
}

/** RFC 7845, 5.2: a vendor, and no comments. */
function opusTags(): Uint8Array {
  const vendor = 'Parley';
  const tags = Buffer.alloc(8 + 4 + vendor.length + 4);
  tags.write('OpusTags', 'latin1');
  tags.writeUInt32LE(vendor.length, 8);
  tags.write(vendor, 12, 'latin1');
  return tags;
}
