import type { SpeakerId } from '../../core/ids.ts';
import type { Gap, GapReason } from '../../core/record.ts';

const TOGETHER_MS = 2_000; // losses nearer to each other than this are reported as one
const LONGEST_MS = 60_000; // a longer one is reported in parts, so that people know while it lasts

interface Loss {
  startMs: number;
  endMs: number;
  asOfMs: number;
  readonly reason: GapReason;
}

/** Collects the losses of one speaker's audio, and reports them as few gaps, without leaving any out. */
export class GapLedger {
  readonly #speakerId: SpeakerId;
  readonly #report: (gap: Gap) => void;
  #open: Loss | undefined;
  #unsure: Loss | undefined; // dropped from memory after it was sent: it may yet become text

  constructor(speakerId: SpeakerId, report: (gap: Gap) => void) {
    this.#speakerId = speakerId;
    this.#report = report;
  }

  /** Whether a loss waits to be reported. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** @param wasSent - the socket in use has this audio: it is lost only when that socket is lost, too */
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

  /** The socket in use is lost, and with it the audio that was sent and not kept. */
  confirmUnsure(): void {
    const unsure = this.#unsure;
    this.#unsure = undefined;
    if (unsure !== undefined) this.addLoss(unsure.startMs, unsure.endMs, unsure.reason, false, unsure.asOfMs);
  }

  /** All audio that was sent has become text. */
  markAllText(): void {
    this.#unsure = undefined;
  }

  /** Reports the open loss when it has stopped growing. */
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
