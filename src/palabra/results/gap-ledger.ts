import type { SpeakerId } from '../../core/ids.ts';
import type { Gap, GapReason } from '../../core/record.ts';

const TOGETHER_MS = 2_000; // losses nearer to each other than this are told as one
const LONGEST_MS = 60_000; // a longer one is told in parts, so that people know while it lasts

interface Loss {
  startMs: number;
  endMs: number;
  asOfMs: number;
  readonly reason: GapReason;
}

/** Accounts for one person's audio that could not become text: few notices, nothing left out. */
export class GapLedger {
  readonly #speakerId: SpeakerId;
  readonly #report: (gap: Gap) => void;
  #open: Loss | undefined;
  #unsure: Loss | undefined; // it was sent, so it may yet become text

  constructor(speakerId: SpeakerId, report: (gap: Gap) => void) {
    this.#speakerId = speakerId;
    this.#report = report;
  }

  /** Whether a loss waits to be told. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** @param wasSent - a socket that still lives has it: only when that is lost too is it gone */
  addLoss(startMs: number, endMs: number, reason: GapReason, wasSent: boolean, nowMs: number): void {
    if (wasSent) {
      this.#unsure = { startMs: this.#unsure?.startMs ?? startMs, endMs, asOfMs: nowMs, reason };
      return;
    }
    const open = this.#open;
    const isAnother = open !== undefined && (startMs - open.endMs > TOGETHER_MS || reason !== open.reason);
    if (isAnother || endMs - (open?.startMs ?? startMs) > LONGEST_MS) this.reportOpen();
    this.#open = { startMs: this.#open?.startMs ?? startMs, endMs, asOfMs: nowMs, reason };
  }

  /** The socket that had what was not kept is gone. */
  confirmUnsure(): void {
    const unsure = this.#unsure;
    this.#unsure = undefined;
    if (unsure !== undefined) this.addLoss(unsure.startMs, unsure.endMs, unsure.reason, false, unsure.asOfMs);
  }

  /** All that was sent has become text. */
  markAllText(): void {
    this.#unsure = undefined;
  }

  /** Tells a loss that grows no more. */
  reportSettled(nowMs: number): void {
    if (this.#open !== undefined && nowMs - this.#open.asOfMs > TOGETHER_MS) this.reportOpen();
  }

  reportOpen(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    const { startMs, endMs, reason } = open;
    this.#report({ speakerId: this.#speakerId, startMs, endMs, reason });
  }
}
