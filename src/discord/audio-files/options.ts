import type { SttOptions } from '../../core/ports/speech-to-text.ts';
import type { GuildSettings, MemberSettings } from '../../core/settings.ts';
import { sameLanguage } from '../../core/text/language.ts';

/** The languages of somebody's file, spoken and translated: the same as if they spoke in a meeting. */
export function audioOptions(guild: GuildSettings, author: MemberSettings): SttOptions {
  const language = author.spoken ?? guild.spoken;
  return { language, translateTo: guild.translateTo.filter((target) => !sameLanguage(target, language)) };
}
