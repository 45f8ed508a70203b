import { setTimeout as delay } from 'node:timers/promises';
import {
  makeCertificate,
  type Room,
  type SimulatedVoice,
  startVoiceServer,
  type VoiceServer,
} from '../../../test/simulators/discord/voice/index.ts';
import { serve } from '../contestants/serve.ts';
import { type LoopDelay, watchLoop } from './loop-watch.ts';
import type { SeatOrder } from './remote-seats.ts';
import { durationMsOf, rehearse, spokenBy, textOf } from './script.ts';

/** Where the person of a meeting sits. */
export interface Seat {
  readonly guildId: string;
  readonly channelId: string;
  readonly userId: string;
}

/** One sentence, as it left. Times in ms since 1970. */
export interface Said {
  readonly text: string;
  readonly endedAtMs: number;
}

export type VoicesCalls = {
  readonly open: (input: undefined) => Promise<{ readonly endpoint: string; readonly caFile: string }>;
  readonly seat: (plan: { readonly seats: readonly Seat[]; readonly talkMs: number }) => void; // how long in all
  readonly obey: (orders: readonly SeatOrder[]) => void;
  /** Resolves when everybody in the first so many meetings has the keys to be heard. */
  readonly settled: (meetings: number) => Promise<void>;
  /** One person in each of the first so many meetings talks; resolves when they are all through. */
  readonly talk: (plan: { readonly meetings: number; readonly durationMs: number }) => Promise<readonly Said[]>;
  readonly loop: (input: undefined) => LoopDelay;
};

const PAUSE_MS = 1_000; // between two sentences, long enough to end an utterance
const SHORTEST_MS = 3_000; // that a sentence and its pause take
const EACH_MS = 4_000; // about what a sentence and its pause take: people do not all begin at once

interface Talker {
  readonly room: Room;
  readonly voice: SimulatedVoice;
  turn: number;
}

const talkers: Talker[] = [];
const look = watchLoop();
let server: VoiceServer | undefined;

serve({
  async open() {
    const certificate = await makeCertificate();
    process.once('exit', () => void certificate[Symbol.asyncDispose]());
    server = await startVoiceServer({ certificate });
    return { endpoint: server.endpoint, caFile: certificate.caFile };
  },
  seat({ seats, talkMs }) {
    rehearse(seats.length, Math.ceil(talkMs / SHORTEST_MS));
    for (const { guildId, channelId, userId } of seats) {
      const room = opened().room(guildId, channelId);
      talkers.push({ room, voice: room.addHuman(userId), turn: 0 });
    }
  },
  obey(orders) {
    for (const order of orders) {
      if (order.kind === 'allow') opened().allow(order);
      else opened().remove(order.guildId, order.userId, order.code);
    }
  },
  async settled(meetings) {
    await Promise.all(talkers.slice(0, meetings).map(({ room }) => room.settled()));
  },
  async talk({ meetings, durationMs }) {
    const untilMs = performance.now() + durationMs;
    const talking = talkers.slice(0, meetings).map(async (talker, meeting) => {
      await delay((meeting / meetings) * EACH_MS);
      const said: Said[] = [];
      while (performance.now() < untilMs) {
        const packets = spokenBy(meeting, talker.turn);
        const startedAtMs = await talker.voice.sayPackets(packets);
        said.push({ text: textOf(meeting, talker.turn), endedAtMs: startedAtMs + durationMsOf(packets) });
        talker.turn += 1;
        await delay(PAUSE_MS);
      }
      return said;
    });
    return (await Promise.all(talking)).flat();
  },
  loop: () => look(),
} satisfies VoicesCalls);

function opened(): VoiceServer {
  if (server === undefined) throw new Error('The voice server is not open');
  return server;
}
