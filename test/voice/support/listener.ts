import { once } from 'node:events';
import { quiet } from '../../../src/core/log.ts';
import { durationMs, type PcmFrame } from '../../../src/core/pcm.ts';
import type { MayHear, SpeakerStream, VoiceRoom, VoiceRoomEvent } from '../../../src/core/ports/voice.ts';
import { type MeetingClock, startClock } from '../../../src/core/time/clock.ts';
import { DiscordVoiceRooms, type VoiceRoomsOptions } from '../../../src/voice/index.ts';
import { type EndedEvent, SpeechReader } from '../../simulators/speech/index.ts';
import { FrameDecoder } from '../../support/decoded.ts';
import { native } from '../../support/native.ts';
import { CHANNEL, type Gateway } from './gateway.ts';

/** What one person said, as far as it was heard. */
class HeardPerson {
  readonly frames: PcmFrame[] = [];
  streams = 0;
  stream: SpeakerStream | undefined; // the newest

  /** The frames on a timeline of their own, silence in between, read like a recogniser would. */
  read(): EndedEvent[] {
    const { sampleRateHz = 48_000 } = this.frames[0] ?? {};
    const reader = new SpeechReader(sampleRateHz);
    const ended: EndedEvent[] = [];
    let endMs = this.frames[0]?.startMs ?? 0;
    const push = (samples: Int16Array) => {
      for (const event of reader.push(samples)) if (event.kind === 'ended') ended.push(event);
    };
    for (const frame of this.frames) {
      push(new Int16Array(Math.round(((frame.startMs - endMs) * sampleRateHz) / 1000)));
      push(frame.samples);
      endMs = frame.startMs + durationMs(frame);
    }
    return [...ended, ...reader.flush()];
  }

  /** The first frames of talk spurts: those that do not begin where the one before ended. */
  spurts(): PcmFrame[] {
    return this.frames.filter((frame, i) => {
      const before = this.frames[i - 1];
      return !before || frame.startMs - before.startMs - durationMs(before) > 1;
    });
  }

  text(): string {
    return this.read()
      .map(({ text }) => text)
      .join(' ');
  }
}

/** A joined room and everything that is heard in it. */
export interface Listener extends AsyncDisposable {
  readonly room: VoiceRoom;
  readonly clock: MeetingClock;
  readonly events: VoiceRoomEvent[];
  person(id: string): HeardPerson;
  /** Resolves when no frames have come for a while: everything that was on its way has arrived. */
  quiet(): Promise<void>;
  /** Resolves when this many frames have come. */
  heard(frames: number): Promise<void>;
  /** Resolves when such an event has come. */
  event(kind: VoiceRoomEvent['kind']): Promise<VoiceRoomEvent>;
}

export interface ListenOptions extends Partial<VoiceRoomsOptions> {
  readonly mayHear?: MayHear;
  readonly signal?: AbortSignal;
}

const QUIET_MS = 250; // longer than the longest patience of a jitter buffer

/** Joins the guild's room with the real client and listens to everybody. */
export async function listen(gateway: Gateway, options: ListenOptions = {}): Promise<Listener> {
  const clock = startClock();
  const rooms = new DiscordVoiceRooms({
    adapterOf: gateway.adapterOf,
    sampleRateHz: 48_000,
    native,
    log: quiet,
    random: () => 0.5,
    ...options,
  });
  const stop = new AbortController();
  const room = await rooms.join(
    gateway.guildId,
    CHANNEL,
    clock,
    options.mayHear ?? (() => true),
    options.signal ?? stop.signal,
  );
  const people = new Map<string, HeardPerson>();
  const events: VoiceRoomEvent[] = [];
  const changed = new EventTarget();
  const tell = () => changed.dispatchEvent(new Event('change'));
  const person = (id: string) => {
    const known = people.get(id) ?? new HeardPerson();
    people.set(id, known);
    return known;
  };
  const follow = async () => {
    for await (const stream of room.speakers(stop.signal)) {
      person(stream.speakerId).streams++;
      person(stream.speakerId).stream = stream;
      const decoder = new FrameDecoder();
      running.push(
        (async () => {
          await stream.listen((frame) => {
            person(stream.speakerId).frames.push(decoder.decode(frame));
            tell();
          }, stop.signal);
        })(),
      );
    }
  };
  const watch = async () => {
    for await (const event of room.events(stop.signal)) {
      events.push(event);
      tell();
    }
  };
  const running = [follow(), watch()];
  return {
    room,
    clock,
    events,
    person,
    quiet: async () => {
      let isQuiet = false;
      while (!isQuiet) {
        const pause = AbortSignal.timeout(QUIET_MS);
        await once(changed, 'change', { signal: pause }).catch(() => {
          isQuiet = true; // the pause was over before anything came
        });
      }
    },
    heard: async (frames) => {
      while ([...people.values()].reduce((sum, { frames }) => sum + frames.length, 0) < frames)
        await once(changed, 'change', { signal: AbortSignal.timeout(15_000) });
    },
    event: async (kind) => {
      for (;;) {
        const found = events.find((event) => event.kind === kind);
        if (found) return found;
        await once(changed, 'change', { signal: AbortSignal.timeout(15_000) });
      }
    },
    [Symbol.asyncDispose]: async () => {
      await room.leave();
      await Promise.all(running);
    },
  };
}
