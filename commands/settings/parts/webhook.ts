import { randomBytes } from 'node:crypto';
import { noteAccess } from '../../../src/core/access-log.ts';
import type { GuildSettings } from '../../../src/core/settings.ts';
import { escapeInline } from '../../../src/discord/formatting/escape.ts';
import { mayLetWordsLeave } from '../../../src/discord/permissions/where-words-go.ts';
import type { SettingsPart } from './part.ts';

const SECRET_BYTES = 32; // as long as the digest of the HMAC

/** The webhook to which minutes are sent when a meeting ends, and each line as it becomes final where that is chosen. */
export const webhook: SettingsPart = {
  name: 'webhook',
  addTo: (subcommand) =>
    subcommand
      .setDescription('Show or set where minutes are also sent when a meeting ends')
      .addStringOption((url) =>
        url.setName('url').setDescription('An https address that accepts JSON').setMaxLength(500),
      )
      .addBooleanOption((lines) =>
        lines.setName('lines').setDescription('Also send each line and translation as soon as it is final'),
      )
      .addBooleanOption((off) => off.setName('off').setDescription('Send minutes nowhere else')),
  async run(ask, { settings, log, allowsPrivateWebhooks = false }, words) {
    const isOff = ask.options.getBoolean('off') === true;
    const typed = ask.options.getString('url')?.trim();
    const lines = ask.options.getBoolean('lines') ?? undefined;
    const guild = await settings.guild(ask.guildId);
    const { webhook: before } = guild;
    if (!isOff && typed === undefined && lines === undefined) return this.show(guild, words);
    const access = { what: 'webhook', guildId: ask.guildId, userId: ask.user.id } as const;
    if (!mayLetWordsLeave(ask.member)) {
      noteAccess(log, { ...access, outcome: 'refused' });
      return words.t('minutes.serverManagers');
    }
    const change = async (chosen: GuildSettings['webhook']) => {
      await settings.changeGuild(ask.guildId, { webhook: chosen }); // a running meeting informs its people
      noteAccess(log, { ...access, outcome: 'changed' });
    };
    if (isOff) {
      await change(undefined);
      return words.t('ofMinutes.webhookOff');
    }
    if (typed === undefined) {
      if (!before) return words.t('ofMinutes.linesNowhere');
      await change({ url: before.url, secret: before.secret, ...(lines === true && { lines }) });
      const host = escapeInline(new URL(before.url).host);
      return words.t(lines === true ? 'ofMinutes.linesSet' : 'ofMinutes.linesOff', { host });
    }
    const url = URL.canParse(typed) ? new URL(typed) : undefined;
    const isTaken = url?.protocol === 'https:' || (allowsPrivateWebhooks && url?.protocol === 'http:');
    const hasCredentials = url?.username !== '' || url.password !== '';
    if (!url || !isTaken || hasCredentials) return words.t('ofMinutes.noWebhook');
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64url')}`;
    await change({ url: url.href, secret, ...(lines === true && { lines }) });
    const host = escapeInline(url.host);
    const saysLines = lines === true ? [words.t('ofMinutes.linesSet', { host })] : [];
    return [words.t('ofMinutes.webhookSet', { host, secret }), ...saysLines].join('\n');
  },
  /** Shows the host only, as the rest of an address may be a key. */
  show: ({ webhook: chosen }, words) =>
    chosen
      ? words.t(chosen.lines === true ? 'ofMinutes.webhookLines' : 'ofMinutes.webhook', {
          host: escapeInline(new URL(chosen.url).host),
        })
      : words.t('ofMinutes.webhookNone'),
};
