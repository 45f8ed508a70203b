import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../context.ts';

/** `/privacy policy`: what is heard, sent and kept in this server. */
export async function policy(
  { guildId }: { readonly guildId: string },
  { journal, settings }: CommandContext,
  words: Words,
): Promise<string> {
  const { optInOnly = false } = await settings.guild(guildId);
  const days = (await journal.keepDays(guildId)) ?? 0;
  return [
    [words.t('privacy.policyHeard'), ...(optInOnly ? [words.t('privacy.policyOptIn')] : [])].join(' '),
    words.t('privacy.policyGoes'),
    words.t('privacy.policyKept', { days }),
    words.t('privacy.policyRights'),
  ].join('\n');
}
