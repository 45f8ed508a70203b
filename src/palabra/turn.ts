import type { Tape } from './tape/tape.ts';

const PAUSE_MS = 600; // so much silence parts two utterances
const KEPT_MS = 500; // of it goes out with the utterance before it

/**
 * Where a socket that others wait for stops: in the first pause after which it is somebody else's turn.
 *
 * @param from - the speech that is being carried
 * @param next - everything before this sample was sent: a pause that lies behind it is no place to stop any more
 * @param isOthersTurn - whether speech that began at that time, of the meeting, has to wait for somebody's older speech
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
