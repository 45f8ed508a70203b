import { quiet } from '../../../src/core/log.ts';
import { SpeakerChain } from '../../../src/core/meeting/hearing/speaker-chain.ts';
import type { SttStream } from '../../../src/core/ports/speech-to-text.ts';
import type { SpeakerStream, VoiceRoom } from '../../../src/core/ports/voice.ts';
import { startClock } from '../../../src/core/time/clock.ts';
import { spareMemory } from '../../../src/memory.ts';
import { PalabraTranscriber } from '../../../src/palabra/transcriber.ts';
import { DiscordVoiceRooms, decodersOf, loadNative } from '../../../src/voice/index.ts';
import { adapterTo } from './adapter.ts';
import type { ContestantCalls, Place } from './contestant.ts';
import { PacketTime } from './packet-time.ts';
import { serve } from './serve.ts';
import { Tally } from './tally.ts';
import { settledRssBytes, VitalSigns } from './vital-signs.ts';

const never = new AbortController().signal;
const native = process.env.PARLEY_BENCH_NATIVE === 'off' ? undefined : loadNative(quiet);
spareMemory();
let tally = new Tally(0);
let vitals: VitalSigns | undefined;
const heard: { readonly room: VoiceRoom; readonly speaker: string }[] = [];

/** Parley as released, from the datagram to the recogniser's socket. Only the clock may differ. */
serve({
  async join(place) {
    tally = new Tally(place.call.creditPort);
    const speakers = place.call.rooms.reduce((sum, room) => sum + room.speakers.length, 0);
    const packetTime = place.time === 'by packets' ? new PacketTime(speakers) : undefined;
    const clock = packetTime ?? startClock();
    const transcriber = transcriberFor(place);
    const rooms = new DiscordVoiceRooms({
      adapterOf: adapterTo(place.call, place.bot),
      sampleRateHz: 48_000,
      native,
      takesPackets: () => transcriber.takesPackets,
      log: quiet,
    });
    const mayHear = () => {
      packetTime?.passed(); // called once per packet
      return true;
    };
    for (const { guildId, channelId } of place.call.rooms) {
      const room = await rooms.join(guildId, channelId, clock, mayHear, never);
      void listen(room, (speaker) => {
        const options = { language: speaker.speakerId, translateTo: [] }; // tells the sink whose socket this is
        const stream = transcriber.open(speaker.speakerId, options, clock, () => {});
        stream.watched(place.isWatched === true);
        return stream;
      });
    }
    packetTime?.takeTimers();
  },
  begin: ({ frames }) => tally.begin(frames),
  finished: () => tally.finished(),
  watch() {
    tally.begin(Number.POSITIVE_INFINITY);
    vitals = new VitalSigns();
  },
  async watched() {
    const cost = tally.cost();
    if (vitals === undefined) throw new Error('Cannot report vital signs: nobody called watch');
    return { ...cost, ...vitals.end(), rssBytes: await settledRssBytes() };
  },
  rssBytes: () => settledRssBytes(),
  packets: () => heard.reduce((sum, { room, speaker }) => sum + (room.reception(speaker)?.packets ?? 0), 0),
} satisfies ContestantCalls);

function transcriberFor({ apiUrl, streamUrl, format = 'pcm_s16le' }: Place): PalabraTranscriber {
  return new PalabraTranscriber({
    apiUrl,
    streamUrl,
    format,
    credentials: [{ clientId: 'bench', clientSecret: 'bench' }],
    sampleRateHz: 48_000,
    decoderOf: decodersOf(48_000, native),
    finalize: false,
    log: quiet,
    limits: { dialsPerMinute: 10_000 }, // because everybody begins to talk at the same time
  });
}

async function listen(room: VoiceRoom, open: (speaker: SpeakerStream) => SttStream): Promise<void> {
  for await (const speaker of room.speakers(never)) {
    heard.push({ room, speaker: speaker.speakerId });
    void new SpeakerChain(speaker, counted(open(speaker))).follow(async () => {}, never);
  }
}

/** Counts the frames that a stream receives. */
function counted(stream: SttStream): SttStream {
  const send = stream.send.bind(stream);
  stream.send = (frame) => {
    send(frame);
    tally.count();
  };
  return stream;
}
