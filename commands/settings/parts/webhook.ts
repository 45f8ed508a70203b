import { randomBytes } from 'node:crypto';
import { noteAccess } from '../../../src/core/access-log.ts';
import type { GuildSettings } from '../../../src/core/settings.ts';
import { escapeInline } from '../../../src/discord/formatting/escape.ts';
import { mayLetWordsLeave } from '../../../src/discord/permissions/where-words-go.ts';
import type { SettingsPart } from './part.ts';

const SECRET_BYTES = 32; // as long as the digest of the HMAC

/** The webhook to which minutes are sent when a meeting ends. */
export const webhook: SettingsPart = {
  name: 'webhook',
  addTo: (subcommand) =>
    subcommand
      .setDescription('Show or set where minutes are also sent when a meeting ends')
      .addStringOption((url) =>
        url.setName('url').setDescription('An https address that accepts JSON').setMaxLength(500),
      )
      .addBooleanOption((off) => off.setName('off').setDescription('Send minutes nowhere else')),
  async run(ask, { settings, log, allowsPrivateWebhooks = false }, words) {
    const isOff = ask.options.getBoolean('off') === true;
    const typed = ask.options.getString('url')?.trim();
    if (!isOff && typed === undefined) return this.show(await settings.guild(ask.guildId), words);
    const access = { what: 'webhook', guildId: ask.guildId, userId: ask.user.id } as const;
    if (!mayLetWordsLeave(ask.member)) {
      noteAccess(log, { ...access, outcome: 'refused' });
      return words.t('minutes.serverManagers');
    }
    const change = async (chosen: GuildSettings['webhook']) => {
      await settings.changeGuild(ask.guildId, { webhook: chosen }); // a running meeting informs its people
      noteAccess(log, { ...access, outcome: 'changed' });
    };
    if (isOff || typed === undefined) {
      await change(undefined);
      return words.t('ofMinutes.webhookOff');
    }
    const url = URL.canParse(typed) ? new URL(typed) : undefined;
    const isTaken = url?.protocol === 'https:' || (allowsPrivateWebhooks && url?.protocol === 'http:');
    const hasCredentials = url?.username !== '' || url.password !== '';
    if (!url || !isTaken || hasCredentials) return words.t('ofMinutes.noWebhook');
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64url')}`;
    await change({ url: url.href, secret });
    return words.t('ofMinutes.webhookSet', { host: escapeInline(url.host), secret });
  },
  /** Shows the host only, as the rest of an address may be a key. */
  show: ({ webhook: chosen }, words) =>
    chosen
      ? words.t('ofMinutes.webhook', { host: escapeInline(new URL(chosen.url).host) })
      : words.t('ofMinutes.webhookNone'),
};
