import { together } from '../../concurrency/together.ts';
import type { SttStream } from '../../ports/speech-to-text.ts';
import type { SpeakerStream } from '../../ports/voice.ts';
import type { TranscriptSegment } from '../../segment.ts';

/** Carries one person's voice to text until they leave. Throws when either direction fails. */
export async function followSpeaker(
  speaker: SpeakerStream,
  stt: Pick<SttStream, 'send' | 'finish' | 'segments'>,
  take: (segment: TranscriptSegment) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  await together(signal, [
    async (signal) => {
      await speaker.listen((frame) => stt.send(frame), signal);
      await stt.finish(signal);
    },
    async (signal) => {
      for await (const segment of stt.segments(signal)) await take(segment);
    },
  ]);
}
