import type { ChannelId } from '../../core/ids.ts';
import type { GuildSettings } from '../../core/settings.ts';
import type { Words } from '../../i18n/words.ts';

/** Whether voices may be transcribed in this channel. */
export function allowsTranscription(
  voiceChannelId: ChannelId,
  { allowedChannelIds = [] }: Pick<GuildSettings, 'allowedChannelIds'>,
): boolean {
  return allowedChannelIds.length === 0 || allowedChannelIds.includes(voiceChannelId);
}

/** Says in a sentence why voices may not be transcribed in this channel; `undefined` when they may. */
export function allowanceProblem(
  voiceChannelId: ChannelId,
  guild: Pick<GuildSettings, 'allowedChannelIds'>,
  words: Words,
): string | undefined {
  if (allowsTranscription(voiceChannelId, guild)) return undefined;
  const { allowedChannelIds = [] } = guild;
  const allowed = words.list(allowedChannelIds.map((id) => `<#${id}>`));
  return words.t('consent.notAllowed', { voice: `<#${voiceChannelId}>`, allowed });
}
