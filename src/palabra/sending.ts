import type { PauseLength } from '../core/settings.ts';
import type { PendingSpeech } from './results/pending-speech.ts';
import type { Shared } from './shared.ts';
import type { Carrier } from './sockets/carrier.ts';
import type { SocketPool } from './sockets/pool.ts';
import { FINALIZE } from './sockets/protocol.ts';
import { closingMs, HEARD_MS, judgePause, PAUSES_MS, type Quiet } from './tape/pause.ts';
import type { Recorder } from './tape/recorder.ts';
import type { Tape } from './tape/tape.ts';
import { turnEnd } from './turn.ts';

const FINALIZE_AFTER_MS = 300; // of silence, where only the network may have stopped

interface SendingParts {
  readonly tape: Tape;
  readonly recorder: Pick<Recorder, 'isSpeaking'>;
  readonly pending: Pick<PendingSpeech, 'unsafeFrom' | 'sinceMs'>;
  readonly shared: Pick<Shared, 'finalize' | 'watchedChunkMs' | 'closingLead' | 'limits'> & {
    readonly pool: Pick<SocketPool, 'crowd'>;
  };
  /** Whether the speaker has stopped on purpose, and nothing of theirs is on its way. */
  readonly isResting: () => boolean;
  /** Whether another speaker's speech comes before that which began then, on the meeting's clock. */
  readonly isOthersTurn: (startMs: number) => boolean;
}

/**
 * Decides what of one person's tape goes over their socket now: speech in whole pieces as it comes, and of silence what a
 * recogniser needs to end a sentence once the pause is long enough, and never before.
 */
export class Sending {
  readonly #parts: SendingParts;
  #finalizedAt = 0; // where the speech ended for which a final was last asked for
  /** Whether somebody watches words grow: then pieces are smaller. */
  isWatched = false;
  /** How long the speaker has to be silent for their sentence to be over. */
  pause: PauseLength = 'normal';

  constructor(parts: SendingParts) {
    this.#parts = parts;
  }

  /** Whether audio may go out before the next tick: asked for every frame, and true for one in sixteen. */
  isDue(carrier: Carrier): boolean {
    const { tape, recorder, shared } = this.#parts;
    return tape.head - carrier.next >= this.#samplesPerPiece || !recorder.isSpeaking || shared.pool.crowd > 0;
  }

  /**
   * Sends the audio that may go out now.
   *
   * @param isCaughtUp - all audio that arrived was recorded: what is missing was not spoken
   * @returns whether the recogniser has all of it, and the closing silence
   */
  carryAudio(carrier: Carrier, nowMs: number, isCaughtUp: boolean): boolean {
    const { tape, recorder, shared } = this.#parts;
    const { isSpeaking } = recorder;
    const pauseMs = PAUSES_MS[this.pause];
    const turn = this.#turnEnd(carrier);
    const quiet = this.#quiet(nowMs, isCaughtUp);
    const pause = isSpeaking ? judgePause(quiet, pauseMs) : 'open'; // a talk ends with its closing silence
    const leadMs = pause === 'over' && this.#mayLead ? closingMs(quiet, pauseMs, shared.limits.trailingSilenceMs) : 0;
    const isShort = leadMs > 0 && tape.msIn(carrier.silenceSince(tape.loudEnd)) < leadMs;
    const until = pause === 'held' ? Math.min(turn, this.#heldFrom) : turn;
    carrier.pump(nowMs, isShort || !isSpeaking, until, this.#samplesPerPiece, pauseMs);
    if (carrier.next >= turn) return carrier.closeUtterance(nowMs);
    const heard = carrier.next - tape.loudEnd;
    if (isShort && carrier.next >= tape.head) carrier.closeUtterance(nowMs, leadMs, heard);
    if (pause === 'over' || (pause === 'open' && heard >= tape.samplesIn(FINALIZE_AFTER_MS)))
      this.#askForFinal(carrier);
    return !isSpeaking && carrier.next >= tape.head;
  }

  /** How many samples are sent at once. */
  get #samplesPerPiece(): number {
    const { tape, shared } = this.#parts;
    return this.isWatched ? tape.samplesIn(shared.watchedChunkMs) : tape.samplesPerChunk;
  }

  /** Where to stop on a socket that others wait for. */
  #turnEnd(carrier: Carrier): number {
    const { tape, pending, shared, isOthersTurn } = this.#parts;
    const from = shared.pool.crowd === 0 ? undefined : pending.unsafeFrom;
    return from === undefined ? Number.POSITIVE_INFINITY : turnEnd(tape, from, carrier.next, isOthersTurn);
  }

  /** Whether silence may be sent ahead of time, and there are words that need it to become final. */
  get #mayLead(): boolean {
    return this.#parts.shared.closingLead && this.#parts.pending.sinceMs !== undefined;
  }

  #quiet(nowMs: number, isCaughtUp: boolean): Quiet {
    const { tape, isResting } = this.#parts;
    const hasStopped = isCaughtUp && isResting();
    const untilMs = hasStopped ? Math.max(tape.headMs, nowMs) : tape.headMs;
    // Who sends silence without end announces nothing: silence that came, and was not made here, is as good.
    const isSilent = isCaughtUp && tape.filler === 0 && tape.head - tape.sounds.end >= tape.sounds.shortest;
    return { forMs: untilMs - tape.msAt(tape.loudEnd, 'end'), isAnnounced: hasStopped || isSilent };
  }

  /** In a pause that is too short so far, whole pieces before this sample may go out. */
  get #heldFrom(): number {
    const { tape } = this.#parts;
    const from = Math.max(tape.sounds.end, tape.loudEnd + tape.samplesIn(HEARD_MS));
    return from - (from % this.#samplesPerPiece);
  }

  #askForFinal(carrier: Carrier): void {
    const end = this.#parts.tape.loudEnd;
    if (!this.#parts.shared.finalize || end <= this.#finalizedAt) return;
    this.#finalizedAt = end;
    carrier.sendText(FINALIZE);
  }
}
