import { packetsOf } from '../../../test/support/meetings/packets-of.ts';
import { sentencesOf } from '../sentences.ts';

const TURNS = 80; // more than anybody has in a run, so that a channel shows each of them once
const SENTENCES = sentencesOf(0, TURNS);
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const BREATH = [SILENCE, SILENCE, SILENCE];
const FRAME_MS = 20;

/** What the person in a meeting says in a turn. Nobody says the same in another meeting or turn. */
export function textOf(meeting: number, turn: number): string {
  return `m${meeting} ${SENTENCES[turn % TURNS]}`;
}

/**
 * The same as 20 ms Opus packets. The number of the meeting is coded apart from the sentence, as coding every sentence of
 * every meeting would take a minute.
 */
export function spokenBy(meeting: number, turn: number): readonly Buffer[] {
  return [...packetsOf(`m${meeting}`), ...BREATH, ...packetsOf(SENTENCES[turn % TURNS] ?? '')];
}

export function durationMsOf(packets: readonly Buffer[]): number {
  return packets.length * FRAME_MS;
}

/** Codes what is said in so many meetings and turns, before anybody talks. */
export function rehearse(meetings: number, turns: number): void {
  for (const sentence of SENTENCES.slice(0, turns)) packetsOf(sentence);
  for (let meeting = 0; meeting < meetings; meeting++) packetsOf(`m${meeting}`);
}

/** The sentences that a text holds, whole and undamaged. */
export function sentencesIn(text: string): string[] {
  return text.match(/m\d+ p0 says \d+ [a-z ]*? end(?![a-z])/g) ?? [];
}
