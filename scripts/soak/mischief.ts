import { setTimeout as delay } from 'node:timers/promises';
import { PERFECT } from '../../test/simulators/discord/voice/index.ts';
import type { PalabraSimulator } from '../../test/simulators/palabra/index.ts';
import type { FaultMeeting } from '../../test/support/meetings/fault-meeting.ts';

/** A fault that happens while people talk and must not show in the transcript. */
export interface Mischief {
  readonly name: string;
  act(meeting: FaultMeeting, random: () => number, signal: AbortSignal): Promise<void> | void;
}

const CODES = [1000, 1001, 1008, 1011, 1012, 1013] as const;
const BAD_LINE_MS = 10_000;
const REFUSED_MS = 6_000;
const VISITS = 3;
const VISIT_MS = 2_000;

function pick<T>(among: readonly T[], random: () => number): T | undefined {
  return among[Math.floor(random() * among.length)];
}

let isRefusing = false;

/** One refusal at a time, because two refusals of the same person's token correctly end their transcription. */
async function refuseNext(
  meeting: FaultMeeting,
  random: () => number,
  signal: AbortSignal,
  refuse: (faults: PalabraSimulator['faults']) => void,
): Promise<void> {
  if (isRefusing) return;
  isRefusing = true;
  const { faults } = meeting.stage.palabra;
  refuse(faults);
  pick(meeting.sockets, random)?.reset();
  await delay(REFUSED_MS, undefined, { signal }).finally(() => {
    faults.clear(); // the person whose socket was reset may have said nothing
    isRefusing = false;
  });
}

export const MISCHIEF: readonly Mischief[] = [
  {
    name: 'all sockets reset',
    act(meeting) {
      for (const socket of meeting.sockets) socket.reset();
    },
  },
  {
    name: 'one socket closed',
    act(meeting, random) {
      pick(meeting.sockets, random)?.close(pick(CODES, random) ?? 1011);
    },
  },
  {
    name: 'one socket cut without a close frame',
    act(meeting, random) {
      pick(meeting.sockets, random)?.terminate();
    },
  },
  {
    name: 'garbage',
    act(meeting) {
      for (const garbage of ['malformed JSON', 'unknown message_type', 'not an object', 'binary'] as const) {
        meeting.stage.palabra.faults.sendGarbage(garbage);
      }
    },
  },
  {
    name: 'sessions refused with 500 after a reset',
    act: (meeting, random, signal) =>
      refuseNext(meeting, random, signal, (faults) => faults.nextSession({ kind: 'status', status: 500 }, 3)),
  },
  {
    name: 'a token refused after a reset',
    act: (meeting, random, signal) =>
      refuseNext(meeting, random, signal, (faults) => faults.nextUpgrade({ kind: 'status', status: 401 })),
  },
  {
    name: 'a conflict after a reset',
    act: (meeting, random, signal) =>
      refuseNext(meeting, random, signal, (faults) => faults.nextUpgrade({ kind: 'status', status: 409 })),
  },
  {
    name: 'finals 3 s late for a while',
    async act(meeting, _random, signal) {
      const { faults } = meeting.stage.palabra;
      faults.finalDelayMs = 3_000;
      await delay(BAD_LINE_MS, undefined, { signal }).finally(() => {
        faults.finalDelayMs = 0;
      });
    },
  },
  {
    name: 'packets late, swapped and doubled for a while',
    async act(meeting, random, signal) {
      const room = meeting.stage.discord.voiceRoom(meeting.voice);
      room.network = { lossRate: 0, reorderRate: 0.05, duplicateRate: 0.05, jitterMs: 60, random };
      await delay(BAD_LINE_MS, undefined, { signal }).finally(() => {
        room.network = PERFECT;
      });
    },
  },
  {
    name: 'gateway dropped',
    act(meeting) {
      meeting.stage.discord.gateway.drop();
    },
  },
  {
    name: 'voice gateway dropped',
    act(meeting) {
      meeting.botInVoice.drop();
    },
  },
  {
    name: 'somebody comes and goes',
    async act(meeting, _random, signal) {
      const guest = meeting.guild.addMember({ name: 'Guest' });
      for (let visit = 0; visit < VISITS; visit++) {
        guest.join(meeting.voice);
        await delay(VISIT_MS, undefined, { signal });
        guest.leave();
        await delay(VISIT_MS, undefined, { signal });
      }
      guest.quit();
    },
  },
];
