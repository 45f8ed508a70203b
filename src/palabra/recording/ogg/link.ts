import { makePage, type OggPage, PAGE_HEADER_BYTES } from '../../packing/ogg-page.ts';
import type { Piece } from '../recording.ts';
import type { OggCodec } from './codec.ts';

const SILENT_OPUS = Uint8Array.of(0xf8, 0xff, 0xfe); // 20 ms
const SILENT_MS = 20;
const PACKETS_PER_PAGE = 16;
const USUAL_BYTES_PER_MS = 16; // for audio of unknown length
const MAX_PAGE_MS = 255 * 120; // the most packets of a page, each as long as Opus allows

/** One logical stream of an Ogg file. A chain has several, one after the other. */
export class OggLink {
  readonly serial: number;
  readonly codec: OggCodec | undefined;
  /** Its end mark was passed on: no page of it may follow. */
  isEnded = false;
  #last: OggPage | undefined;
  #granule = 0n;
  #packets = 0;
  #hasPlayed = false;

  constructor(serial: number, codec: OggCodec | undefined) {
    this.serial = serial;
    this.codec = codec;
  }

  /** Whether it has had more than headers. */
  get hasPlayed(): boolean {
    return this.#hasPlayed;
  }

  get canBeSilent(): boolean {
    return this.codec?.name === 'opus';
  }

  /** How long a page plays. To be called for every page, in order. */
  playedMs(head: OggPage, page: Uint8Array): number {
    const { codec } = this;
    if (codec === undefined || head.serial !== this.serial) return page.length / USUAL_BYTES_PER_MS;
    this.#last = head;
    const ms = codec.packetMs === undefined ? this.#byGranule(head, page, codec) : this.#byPackets(head, page, codec);
    this.#hasPlayed ||= ms > 0;
    return ms;
  }

  /**
   * Counts the packets and not the clock, which may begin late or jump. A packet counts for the page that it begins on.
   */
  #byPackets({ bodyAt, isContinued }: OggPage, page: Uint8Array, { packetMs = () => 0 }: OggCodec): number {
    let ms = 0;
    let start = isContinued ? -1 : bodyAt;
    let at = bodyAt;
    const hear = () => {
      if (start < 0) return;
      ms += packetMs(page.subarray(start, at), this.#packets);
      this.#packets += 1;
    };
    for (let i = PAGE_HEADER_BYTES; i < bodyAt; i++) {
      const lacing = page[i] ?? 0;
      at += lacing;
      if (lacing === 255) continue;
      hear();
      start = at;
    }
    if (start < at) hear(); // the packet goes on in the next page
    return ms;
  }

  #byGranule({ granule }: OggPage, page: Uint8Array, { rateHz }: OggCodec): number {
    if (granule < 0n) return 0;
    const statedMs = (Number(granule - this.#granule) * 1000) / rateHz;
    this.#granule = granule;
    // A longer page is a jump of the clock and no sound, such as at the beginning of a piece of a broadcast.
    return statedMs > MAX_PAGE_MS ? page.length / USUAL_BYTES_PER_MS : Math.max(0, statedMs);
  }

  /** Silence to follow what was heard of it, with its end mark. Empty where it cannot be made. */
  silence(wantedMs: number): Piece[] {
    if (!this.canBeSilent || this.isEnded || this.#last === undefined) return [];
    const pieces: Piece[] = [];
    const { serial } = this;
    let { granule, sequence } = this.#last;
    const pageMs = PACKETS_PER_PAGE * SILENT_MS;
    for (let doneMs = 0; doneMs < wantedMs; doneMs += pageMs) {
      granule += BigInt((pageMs * (this.codec?.rateHz ?? 0)) / 1000);
      sequence += 1;
      const isLast = doneMs + pageMs >= wantedMs;
      const packets = Array<Uint8Array>(PACKETS_PER_PAGE).fill(SILENT_OPUS);
      pieces.push({ bytes: makePage({ isLast, granule, serial, sequence }, packets), durationMs: pageMs });
    }
    return pieces;
  }
}
