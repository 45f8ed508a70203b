import { randomUUID } from 'node:crypto';
import { type DiscordGatewayAdapterCreator, joinVoiceChannel } from '@discordjs/voice';
import { VoiceError } from '../core/errors.ts';
import type { ChannelId, GuildId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import type { MayHear, VoiceRoom, VoiceRooms } from '../core/ports/voice.ts';
import type { MeetingClock } from '../core/time/clock.ts';
import type { SampleRateHz } from './decoding/decoder.ts';
import type { NativeVoice } from './native/native.ts';
import { DiscordVoiceRoom } from './room.ts';
import type { RoomCounts } from './room-counts.ts';

const JOIN_LIMIT_MS = 15_000;

export interface VoiceRoomsOptions {
  /** Carries our requests to a guild's gateway connection, and its answers back: `guild.voiceAdapterCreator`. */
  readonly adapterOf: (guildId: GuildId) => DiscordGatewayAdapterCreator;
  readonly sampleRateHz: SampleRateHz; // of the frames that come out
  readonly native?: NativeVoice | undefined; // missing: everything is done in JavaScript, at twice the cost
  /** Whether packets are taken as they come, and need not be decoded; asked for each. Missing: they are not. */
  readonly takesPackets?: () => boolean;
  readonly log: Log;
  readonly counts?: RoomCounts; // missing: nobody asks how packets fared
  readonly random?: () => number; // 0 to 1
  readonly joinLimitMs?: number;
}

/** Joins Discord's voice channels, self-muted and listening. */
export class DiscordVoiceRooms implements VoiceRooms {
  readonly #options: VoiceRoomsOptions;
  readonly #group = randomUUID(); // the library keeps connections by group and guild: nobody else uses this group

  constructor(options: VoiceRoomsOptions) {
    this.#options = options;
  }

  async join(
    guildId: GuildId,
    channelId: ChannelId,
    clock: MeetingClock,
    mayHear: MayHear,
    signal: AbortSignal,
  ): Promise<VoiceRoom> {
    signal.throwIfAborted();
    const {
      adapterOf,
      sampleRateHz,
      native,
      takesPackets,
      log,
      counts,
      random = Math.random,
      joinLimitMs = JOIN_LIMIT_MS,
    } = this.#options;
    const connection = joinVoiceChannel({
      guildId,
      channelId,
      group: this.#group,
      selfDeaf: false,
      selfMute: true,
      adapterCreator: adapterOf(guildId),
    });
    const room: DiscordVoiceRoom = new DiscordVoiceRoom(connection, {
      ...{ sampleRateHz, native, takesPackets, clock, mayHear, log, random },
      left: () => counts?.remove(room),
    });
    counts?.add(room);
    const limit = AbortSignal.timeout(joinLimitMs);
    try {
      await room.connected(AbortSignal.any([signal, limit]));
      return room;
    } catch (error) {
      await room.leave();
      if (limit.aborted && !signal.aborted)
        throw new VoiceError('join-timeout', `Cannot join the voice channel: no answer within ${joinLimitMs / 1000} s`);
      throw error;
    }
  }
}
