import { ChannelType, type VoiceState } from 'discord.js';

type Seat = Pick<VoiceState, 'suppress' | 'requestToSpeakTimestamp'> & {
  readonly channel: { readonly type: ChannelType } | null;
};

/**
 * Whether somebody is in the audience of a stage, where nobody can hear them.
 *
 * By Discord's definition a speaker is not suppressed and has no request to speak. Who was invited up has a request until they
 * accept.
 */
export function isInStageAudience({ channel, suppress, requestToSpeakTimestamp }: Seat): boolean {
  if (channel?.type !== ChannelType.GuildStageVoice) return false;
  return suppress === true || requestToSpeakTimestamp !== null;
}
