import { randomBytes } from 'node:crypto';
import { noteAccess } from '../../src/core/access-log.ts';
import { escapeInline } from '../../src/discord/escape.ts';
import type { SettingsPart } from './part.ts';

const SECRET_BYTES = 32; // as long as the digest that it is used with

/** Where minutes are sent on to when a meeting ends. */
export const webhook: SettingsPart = {
  name: 'webhook',
  addTo: (subcommand) =>
    subcommand
      .setDescription('Show or set where minutes are sent on to when a meeting ends')
      .addStringOption((url) => url.setName('url').setDescription('An https address that takes JSON').setMaxLength(500))
      .addBooleanOption((off) => off.setName('off').setDescription('Send minutes nowhere')),
  async run(ask, { settings, log, allowsPrivateWebhooks = false }, words) {
    if (ask.options.getBoolean('off') === true) {
      await settings.changeGuild(ask.guildId, { webhook: undefined });
      noteAccess(log, { what: 'webhook', outcome: 'changed', guildId: ask.guildId, userId: ask.user.id });
      return words.t('ofMinutes.webhookOff');
    }
    const typed = ask.options.getString('url')?.trim();
    if (typed === undefined) return this.show(await settings.guild(ask.guildId), words);
    const url = URL.canParse(typed) ? new URL(typed) : undefined;
    const isTaken = url?.protocol === 'https:' || (allowsPrivateWebhooks && url?.protocol === 'http:');
    if (!url || !isTaken || url.username !== '') return words.t('ofMinutes.noWebhook');
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64url')}`;
    await settings.changeGuild(ask.guildId, { webhook: { url: url.href, secret } });
    noteAccess(log, { what: 'webhook', outcome: 'changed', guildId: ask.guildId, userId: ask.user.id });
    return words.t('ofMinutes.webhookSet', { host: escapeInline(url.host), secret });
  },
  /** The host only: the rest of an address may be a key. */
  show: ({ webhook: chosen }, words) =>
    chosen
      ? words.t('ofMinutes.webhook', { host: escapeInline(new URL(chosen.url).host) })
      : words.t('ofMinutes.webhookNone'),
};
