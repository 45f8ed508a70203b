import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationMs, type PcmFrame } from '../../src/core/pcm.ts';
import { decodingOf } from '../../src/voice/decoding/choose-decoding.ts';
import type { Decoding } from '../../src/voice/decoding/decoding.ts';
import type { FrameQueue } from '../../src/voice/frame-queue.ts';
import { passingOn, type Sound } from '../../src/voice/passing-on/passing-on.ts';
import { Speaker, type VoicePacket } from '../../src/voice/speaker.ts';
import { seededRandom } from '../simulators/discord/voice/index.ts';
import { characterErrors, encodeSpeech, SpeechReader } from '../simulators/speech/index.ts';
import { FrameDecoder } from '../support/decoded.ts';
import { sentences } from '../support/meetings/sentences.ts';
import { WAYS_TO_HEAR } from '../support/native.ts';

const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const TEXTS = sentences(16, 7); // some 430 characters, 1,500 packets

function speakerMaker({ native, isPassedOn }: Pick<(typeof WAYS_TO_HEAR)[number], 'native' | 'isPassedOn'>) {
  return () =>
    makeSpeaker(isPassedOn ? passingOn(decodingOf(48_000, native), 48_000, () => true) : decodingOf(48_000, native));
}

function makeSpeaker(decoding: Decoding<Sound>) {
  const streams: FrameQueue[] = [];
  const losses: { startMs: number; endMs: number }[] = [];
  const speaker = new Speaker('100', 48_000, decoding, () => undefined, {
    heard: (stream) => streams.push(stream),
    frameOpened: () => {},
    missed: (_, startMs, endMs) => losses.push({ startMs, endMs }),
    frameSealed: () => {},
  });
  /** Everything that was heard so far; ends the streams. */
  const heard = async () => {
    const frames: PcmFrame[] = [];
    speaker.finish();
    for (const stream of streams) {
      const decoder = new FrameDecoder();
      await stream.listen((frame) => void frames.push(decoder.decode(frame)), AbortSignal.timeout(1_000));
    }
    return frames;
  };
  const missed = () => {
    decoding.settle();
    return losses;
  };
  return { speaker, heard, missed };
}

/** One packet every 20 ms from `startMs` on, numbered from `sequence`. */
function packetsOf(payloads: readonly Buffer[], { startMs = 0, sequence = 65_530 } = {}): VoicePacket[] {
  return payloads.map((payload, i) => ({
    payload,
    sequence: (sequence + i) & 0xffff,
    timestamp: ((startMs + i * 20) * 48) >>> 0,
    arrivedMs: startMs + i * 20,
  }));
}

function textOf(frames: readonly PcmFrame[]): string {
  const reader = new SpeechReader(48_000);
  const events = frames.flatMap(({ samples }) => reader.push(samples));
  return [...events, ...reader.flush()].map((event) => (event.kind === 'ended' ? event.text : '')).join('');
}

const lengthMs = (frames: readonly PcmFrame[]) => frames.reduce((sum, frame) => sum + durationMs(frame), 0);

const speech = encodeSpeech('Hello you');
const sentencesSpoken = TEXTS.map((text) => ({ text, speech: encodeSpeech(text) }));

describe.each(WAYS_TO_HEAR)('a speaker, heard $way', ({ native, isPassedOn }) => {
  const makeSpeaker = speakerMaker({ native, isPassedOn });

  it('keeps the packet of each frame, even while the timeline follows the sender’s clock', async () => {
    const { speaker, heard } = makeSpeaker();
    const payloads = Array.from({ length: 600 }, (_, i) => speech[i % speech.length] ?? SILENCE);
    for (const [i, packet] of packetsOf(payloads).entries()) {
      speaker.receivePacket({ ...packet, arrivedMs: packet.arrivedMs + (i === 0 ? 8 : 0) }); // began too late
    }
    const frames = await heard();
    const lengths = new Set(frames.map(({ samples }) => samples.length));
    expect(lengths).toEqual(new Set(isPassedOn ? [960] : [960, 959])); // nobody can squeeze a packet
    expect(frames.map(({ packet }) => packet)).toEqual(payloads.slice(-frames.length));
  });

  it('is heard as 20 ms of timeline for each packet, in any order, with copies and losses', async () => {
    const fate = fc.record({ delayMs: fc.integer({ min: 0, max: 59 }), copies: fc.constantFrom(1, 1, 1, 2, 0) });
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: speech.length, maxLength: speech.length }), async (fates) => {
        fc.pre(fates[0]?.copies !== 0 && fates.at(-1)?.copies !== 0); // else the speech is shorter, and nobody can know
        const { speaker, heard } = makeSpeaker();
        const arrivals = packetsOf(speech).flatMap((packet, i) =>
          Array.from({ length: fates[i]?.copies ?? 0 }, (_, copy) => ({
            ...packet,
            arrivedMs: packet.arrivedMs + (fates[i]?.delayMs ?? 0) + copy * 5,
          })),
        );
        for (const packet of arrivals.toSorted((a, b) => a.arrivedMs - b.arrivedMs)) speaker.receivePacket(packet);
        const frames = await heard();
        expect(lengthMs(frames)).toBeCloseTo(speech.length * 20, 1);
        for (const [i, frame] of frames.entries()) {
          const before = frames[i - 1];
          if (before) expect(frame.startMs).toBeCloseTo(before.startMs + durationMs(before), 2);
        }
      }),
      { numRuns: 15 }, // each decodes the whole speech
    );
  });

  it('rests from the first frame of silence until the next packet of sound, also while that is held back', () => {
    const { speaker, missed } = makeSpeaker();
    const packets = packetsOf([...speech, SILENCE, SILENCE, ...speech]);
    const isResting: boolean[] = [];
    for (const [i, packet] of packets.entries()) {
      if (i === speech.length + 2) continue; // lost: those behind it wait
      speaker.receivePacket(packet);
      missed(); // waits for what is being decoded
      isResting.push(speaker.isResting);
    }
    expect(isResting.indexOf(true)).toBe(speech.length);
    expect(isResting.filter(Boolean)).toHaveLength(2);
  });

  it('does not rest while nothing comes, unless its client has said so', () => {
    const { speaker, missed } = makeSpeaker();
    for (const packet of packetsOf(speech)) speaker.receivePacket(packet);
    speaker.releaseHeld(10_000);
    missed();
    expect(speaker.isResting).toBe(false);
  });

  it('is understood word for word when nothing is lost', async () => {
    const { speaker, heard } = makeSpeaker();
    for (const packet of packetsOf(speech)) speaker.receivePacket(packet);
    expect(textOf(await heard())).toBe('Hello you');
  });

  it.each([
    [0.01, 0],
    [0.05, 0.1],
    [0.1, 0.1],
  ])(
    'is understood when %f of the packets are lost: at most %f times that share of the characters is wrong',
    async (lossRate, part) => {
      const random = seededRandom(3);
      const counts = { sent: 0, lost: 0, characters: 0, wrong: 0 };
      for (const { text, speech } of sentencesSpoken) {
        const { speaker, heard } = makeSpeaker();
        for (const packet of packetsOf(speech)) {
          counts.sent++;
          if (random() < lossRate) counts.lost++;
          else speaker.receivePacket(packet);
        }
        counts.characters += text.length;
        counts.wrong += characterErrors(text, textOf(await heard()));
      }
      expect(Math.abs(counts.lost / counts.sent - lossRate)).toBeLessThan(0.6 * lossRate);
      expect(counts.wrong / counts.characters).toBeLessThanOrEqual((part * counts.lost) / counts.sent);
    },
  );

  it('keeps the time of packets that are garbage', async () => {
    const { speaker, heard } = makeSpeaker();
    const garbage = Buffer.from([0xfb, 0x00, 1, 2, 3]);
    for (const packet of packetsOf(speech.map((opus, i) => (i % 10 === 5 ? garbage : opus))))
      speaker.receivePacket(packet);
    expect(lengthMs(await heard())).toBeCloseTo(speech.length * 20, 1);
    expect(speaker.reception()).toMatchObject({ corrupt: 4, concealedFrames: 4, packets: speech.length });
  });

  it('is heard for at most 2 s more than the time that passed, however fast packets come; the rest is counted', async () => {
    const { speaker, heard } = makeSpeaker();
    const [opus = SILENCE] = speech.slice(10);
    const sixFold = Buffer.concat([Buffer.of((opus[0] ?? 0) | 3, 6), ...Array<Buffer>(6).fill(opus.subarray(1))]); // 120 ms
    const packets = Array.from({ length: 1_500 }, (_, i) => ({
      payload: sixFold,
      sequence: i,
      timestamp: i * 120 * 48,
      arrivedMs: i * 0.2,
    }));
    for (const packet of packets) speaker.receivePacket(packet);
    const frames = await heard();
    expect(lengthMs(frames)).toBeGreaterThan(1_800);
    expect(lengthMs(frames)).toBeLessThanOrEqual(2_300);
    expect(speaker.reception()).toMatchObject({ packets: 1_500, corrupt: 1_500 - frames.length });
  });

  it('is not heard at all when they send only garbage', async () => {
    const { speaker, heard } = makeSpeaker();
    for (const packet of packetsOf(speech.map(() => Buffer.from([0xfb, 0x00])))) speaker.receivePacket(packet);
    expect(await heard()).toEqual([]);
  });

  it('says nothing for silence and for near-empty packets', async () => {
    const { speaker, heard } = makeSpeaker();
    const nothing = [SILENCE, Buffer.from([0, 0, 0, 1]), SILENCE];
    for (const packet of packetsOf([...nothing, ...speech, ...nothing])) speaker.receivePacket(packet);
    const frames = await heard();
    expect(lengthMs(frames)).toBeCloseTo(speech.length * 20, 1);
    expect(frames[0]?.startMs).toBeCloseTo(60, 1);
  });

  it('writes the held frames when the stream is finished', async () => {
    const { speaker, heard } = makeSpeaker();
    const packets = packetsOf(speech);
    for (const packet of packets.filter((_, i) => i !== 3)) if (packet.sequence !== 3) speaker.receivePacket(packet);
    expect(lengthMs(await heard())).toBeCloseTo(speech.length * 20, 1);
  });

  it('goes on with new numbers after a restart, never before the audio that was written', async () => {
    const { speaker, heard } = makeSpeaker();
    for (const packet of packetsOf(speech)) speaker.receivePacket(packet);
    speaker.restartStream(speech.length * 20);
    const again = packetsOf(speech, { startMs: 9_000_000, sequence: 77 });
    const startMs = speech.length * 20 - 10; // a little early
    for (const packet of again) speaker.receivePacket({ ...packet, arrivedMs: packet.arrivedMs - 9_000_000 + startMs });
    const frames = await heard();
    expect(frames[speech.length]?.startMs).toBeCloseTo(speech.length * 20, 1);
    expect(lengthMs(frames)).toBeCloseTo(speech.length * 40, 1);
  });

  it('reports a loss that is too long to conceal', () => {
    const { speaker, missed } = makeSpeaker();
    const packets = packetsOf([...speech, ...speech, ...speech]);
    const before = speech.length;
    const after = packets.length - 5;
    for (const [i, packet] of packets.entries()) if (i < before || i >= after) speaker.receivePacket(packet);
    speaker.releaseHeld(packets.length * 20 + 200);
    expect(missed()).toEqual([{ startMs: before * 20, endMs: after * 20 }]);
  });

  it('reports no loss of packets that were ignored on purpose', () => {
    const { speaker, missed } = makeSpeaker();
    const packets = packetsOf([...speech, ...speech, ...speech]);
    for (const [i, packet] of packets.entries()) {
      if (i < speech.length || i >= packets.length - 5) speaker.receivePacket(packet);
      else speaker.ignorePacket(packet.arrivedMs);
    }
    speaker.releaseHeld(packets.length * 20 + 200);
    expect(missed()).toEqual([]);
  });

  it('reports no loss where the endless silence of a video user may be missing', () => {
    const { speaker, missed } = makeSpeaker();
    const packets = packetsOf([...speech, ...Array<Buffer>(120).fill(SILENCE), ...speech]);
    const lost = (i: number) => i > speech.length + 20 && i < speech.length + 122; // to the first of the next speech
    for (const [i, packet] of packets.entries()) if (!lost(i)) speaker.receivePacket(packet);
    speaker.releaseHeld(packets.length * 20 + 200);
    expect(missed()).toEqual([]);
  });
});
