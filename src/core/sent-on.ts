import type { GuildSettings } from './settings.ts';

/** To which host a server's minutes are sent on, as people are told of it: the rest of the address may be a secret. */
export function sentOnTo({ webhook }: Pick<GuildSettings, 'webhook'>): string | undefined {
  return webhook && new URL(webhook.url).host;
}
