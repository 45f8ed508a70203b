import type { Channel } from './channel.ts';
import type { Json } from './events.ts';
import type { Member } from './member.ts';

/** Where somebody sits in voice. */
export interface VoiceState {
  readonly channel: Channel;
  readonly sessionId: string;
  readonly selfMute: boolean;
  readonly selfDeaf: boolean;
  readonly suppress: boolean; // in the audience of a stage
  readonly requestToSpeakAt: Date | null; // on a stage: a raised hand, or an invitation that is not answered yet
}

export interface SeatWish {
  readonly sessionId: string;
  readonly selfMute?: boolean;
  readonly selfDeaf?: boolean;
}

/** Whoever comes to a stage is in its audience, and so is a session that takes another's seat there. */
export function seatOf(channel: Channel, how: SeatWish, before: VoiceState | undefined): VoiceState {
  const isStage = channel.kind === 'stage';
  const stays = before?.channel === channel && before.sessionId === how.sessionId;
  return {
    channel,
    sessionId: how.sessionId,
    selfMute: how.selfMute ?? false,
    selfDeaf: how.selfDeaf ?? false,
    suppress: isStage && (stays ? before.suppress : true),
    requestToSpeakAt: isStage && stays ? before.requestToSpeakAt : null,
  };
}

/** @param lastSessionId - of somebody who has just left */
export function voiceStateJson(member: Member, lastSessionId: string): Json {
  const { voice } = member;
  return {
    guild_id: member.guild.id,
    channel_id: voice?.channel.id ?? null,
    user_id: member.id,
    member: member.json(),
    session_id: voice?.sessionId ?? lastSessionId,
    deaf: member.isDeafened,
    mute: false,
    self_deaf: voice?.selfDeaf ?? false,
    self_mute: voice?.selfMute ?? false,
    self_video: false,
    suppress: voice?.suppress ?? false,
    request_to_speak_timestamp: voice?.requestToSpeakAt?.toISOString() ?? null,
  };
}
