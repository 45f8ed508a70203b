import {
  EndBehaviorType,
  entersState,
  joinVoiceChannel,
  type VoiceConnection,
  VoiceConnectionStatus,
} from '@discordjs/voice';
import prism from 'prism-media';
import { WebSocket } from 'ws';
import { adapterTo } from './adapter.ts';
import type { ContestantCalls } from './contestant.ts';
import { serve } from './serve.ts';
import { Tally } from './tally.ts';
import { settledRssBytes, VitalSigns } from './vital-signs.ts';

const JOIN_LIMIT_MS = 30_000;
const CHUNK_BYTES = 30_720;
let tally = new Tally(0);
let vitals: VitalSigns | undefined;
let packetsHeard = 0;

/**
 * The usual bot, as in tutorials and most public bots. It subscribes, decodes to stereo with prism-media, averages the
 * two channels, concatenates buffers until a chunk is full, and sends the chunk over a socket.
 */
serve({
  async join({ bot, call, streamUrl }) {
    tally = new Tally(call.creditPort);
    const adapterOf = adapterTo(call, bot);
    for (const { guildId, channelId, speakers } of call.rooms) {
      const adapterCreator = adapterOf(guildId);
      const connection = joinVoiceChannel({ guildId, channelId, selfDeaf: false, selfMute: true, adapterCreator });
      await entersState(connection, VoiceConnectionStatus.Ready, JOIN_LIMIT_MS);
      for (const speaker of speakers) await hear(connection, speaker, streamUrl);
    }
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
  packets: () => packetsHeard,
} satisfies ContestantCalls);

async function hear(connection: VoiceConnection, speaker: string, streamUrl: string): Promise<void> {
  const socket = new WebSocket(`${streamUrl}/?language=${speaker}`);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('message', (data) => JSON.parse(String(data)));
  const packets = connection.receiver.subscribe(speaker, { end: { behavior: EndBehaviorType.Manual } });
  const decoder = packets.pipe(new prism.opus.Decoder({ rate: 48_000, channels: 2, frameSize: 960 }));
  packets.on('data', () => {
    packetsHeard += 1;
  });
  let waiting = Buffer.alloc(0);
  decoder.on('data', (stereo: Buffer) => {
    waiting = Buffer.concat([waiting, downmix(stereo)]);
    while (waiting.length >= CHUNK_BYTES) {
      socket.send(waiting.subarray(0, CHUNK_BYTES));
      waiting = waiting.subarray(CHUNK_BYTES);
    }
    tally.count();
  });
  for (const stream of [packets, decoder]) stream.on('error', () => {}); // a bad packet must not end the comparison
}

function downmix(stereo: Buffer): Buffer {
  const mono = Buffer.alloc(stereo.length / 2);
  for (let i = 0; i < mono.length / 2; i++) {
    mono.writeInt16LE((stereo.readInt16LE(i * 4) + stereo.readInt16LE(i * 4 + 2)) >> 1, i * 2);
  }
  return mono;
}
