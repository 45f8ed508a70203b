import { encodeSpeech } from '../../simulators/speech/index.ts';

const made = new Map<string, readonly Buffer[]>();

/** A text as Opus packets, coded once however many people say it: the loop that paces all packets must not wait. */
export function packetsOf(text: string): readonly Buffer[] {
  const known = made.get(text);
  if (known) return known;
  const packets = encodeSpeech(text);
  made.set(text, packets);
  return packets;
}
