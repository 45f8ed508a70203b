import type { Tape } from './tape/tape.ts';

const PAUSE_MS = 600; // this much silence separates two utterances
const KEPT_MS = 500; // this much of it is sent with the utterance before it

/**
 * Where to stop on a socket that others wait for: in the first pause after which it is another speaker's turn.
 *
 * @param from - where the speech begins that is being sent
 * @param next - everything before this sample was sent, so it is too late to stop there
 * @param isOthersTurn - whether another speaker's speech comes before that which began then, on the meeting's clock
 * @returns a sample of the tape; infinite when there is no such pause yet
 */
export function turnEnd(tape: Tape, from: number, next: number, isOthersTurn: (startMs: number) => boolean): number {
  let speech = tape.speechFrom(from);
  while (speech !== undefined) {
    const following = tape.speechFrom(speech.to);
    if (following === undefined) break;
    const end = speech.to + tape.samplesIn(KEPT_MS);
    const isPause = following.from - speech.to >= tape.samplesIn(PAUSE_MS);
    if (isPause && end >= next && isOthersTurn(tape.msAt(following.from, 'start'))) return end;
    speech = following;
  }
  return Number.POSITIVE_INFINITY;
}
