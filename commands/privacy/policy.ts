import { sentOnTo } from '../../src/core/settings.ts';
import { escapeInline } from '../../src/discord/formatting/escape.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../shared/context.ts';

/** `/privacy policy`: explains what is heard, sent and kept in this server. */
export async function policy(
  { guildId }: { readonly guildId: string },
  { archive, settings, publicUrl, hasSignIn = false }: CommandContext,
  words: Words,
): Promise<string> {
  const guild = await settings.guild(guildId);
  const { optInOnly = false, api = true } = guild;
  const host = sentOnTo(guild);
  const sendsLines = guild.webhook?.lines ?? false;
  const days = (await archive.keepDays(guildId)) ?? 0;
  return [
    [words.t('privacy.policyHeard'), ...(optInOnly ? [words.t('privacy.policyOptIn')] : [])].join(' '),
    words.t('privacy.policyGoes'),
    words.t('privacy.policyKept', { days }),
    ...(hasSignIn ? [words.t('privacy.policySignedIn')] : []),
    ...(publicUrl !== undefined && api ? [words.t('privacy.policyKeys')] : []),
    ...(host === undefined
      ? []
      : [words.t(sendsLines ? 'privacy.policyLinesSentOn' : 'privacy.policySentOn', { host: escapeInline(host) })]),
    words.t('privacy.policyRights'),
  ].join('\n');
}
