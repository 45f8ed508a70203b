import type { ChannelId } from '../../core/ids.ts';
import type { GuildSettings } from '../../core/settings.ts';
import type { Words } from '../../i18n/words.ts';

/** Says in a sentence why voices may not be transcribed in this channel; `undefined` when they may. */
export function allowanceProblem(
  voiceChannelId: ChannelId,
  { allowedChannelIds = [] }: Pick<GuildSettings, 'allowedChannelIds'>,
  words: Words,
): string | undefined {
  if (allowedChannelIds.length === 0 || allowedChannelIds.includes(voiceChannelId)) return undefined;
  const allowed = words.list(allowedChannelIds.map((id) => `<#${id}>`));
  return words.t('consent.notAllowed', { voice: `<#${voiceChannelId}>`, allowed });
}
