import type { GuildId, MeetingId } from './core/ids.ts';
import type { Archive } from './core/ports/archive.ts';
import type { Settings } from './core/ports/settings.ts';
import { lineMessage } from './minutes/text/line-message.ts';
import { minutesMessage } from './minutes/text/minutes-message.ts';
import { viewOf } from './minutes/view-of.ts';
import { keyOf } from './webhook/line-queue.ts';
import type { LineWebhooksOptions } from './webhook/line-webhooks.ts';
import type { WebhooksOptions } from './webhook/webhooks.ts';

/** What is needed of a server's settings and of the archive to send lines to its webhook. */
export function linesOf({ archive, settings }: Pick<Parts, 'archive' | 'settings'>) {
  return {
    bodyOf: lineMessage,
    async webhookOf(guildId: GuildId) {
      const { webhook } = await settings.guild(guildId);
      return webhook?.lines === true ? webhook : undefined;
    },
    async keptLines(meetingId: MeetingId) {
      const record = await archive.read(meetingId);
      return new Set([...(record?.finals ?? []), ...(record?.translations ?? [])].map(keyOf));
    },
  } satisfies Partial<LineWebhooksOptions>;
}

interface Parts {
  readonly localeOf: (guildId: GuildId) => string;
  readonly archive: Pick<Archive, 'read'>;
  readonly settings: Pick<Settings, 'guild'>;
}

/** Makes deliveries to webhooks, each from the record as it is then, and for the webhook that the server has then. */
export function deliveriesOf({ localeOf, archive, settings }: Parts): WebhooksOptions['deliveryOf'] {
  return async (meetingId) => {
    const record = await archive.read(meetingId);
    if (!record) return undefined;
    const { guildId } = record.head;
    const guild = await settings.guild(guildId);
    const view = viewOf(guild, localeOf(guildId));
    return guild.webhook && { webhook: guild.webhook, body: minutesMessage(record, view) };
  };
}
