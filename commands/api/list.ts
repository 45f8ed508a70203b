import { ComponentType } from 'discord.js';
import { noteAccess } from '../../src/core/access-log.ts';
import type { GuildId } from '../../src/core/ids.ts';
import type { ApiKey } from '../../src/core/programs/keys.ts';
import { escapeInline } from '../../src/discord/formatting/escape.ts';
import type { Answer } from '../../src/discord/interactions/command.ts';
import { customId } from '../../src/discord/interactions/control.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext, ParleyControl } from '../shared/context.ts';
import { sentences } from '../shared/wording.ts';
import { ago, onDay } from './moments.ts';

interface Owner {
  readonly guildId: GuildId;
  readonly user: { readonly id: string };
}

/** `/api keys`: a member's keys in this server, with a menu that revokes one. */
export async function listKeys(
  { guildId, user }: Owner,
  { apiKeys, settings }: Pick<CommandContext, 'apiKeys' | 'settings'>,
  words: Words,
  before = '',
): Promise<Answer> {
  const keys = await apiKeys.listOf(guildId, user.id);
  const { api: isOn = true } = await settings.guild(guildId);
  const off = isOn ? '' : words.t('api.off');
  if (keys.length === 0) return { content: sentences(before, off, words.t('api.none')), components: [] };
  const menu = {
    type: ComponentType.StringSelect as const,
    custom_id: customId(revokeMenu, ''),
    placeholder: words.t('api.revoke'),
    options: keys.map(({ id, name }) => ({ label: name, value: id })),
  };
  return {
    content: sentences(before, off, words.t('api.keys'), ...keys.map((key) => lineOf(key, words))),
    components: [{ type: ComponentType.ActionRow, components: [menu] }],
  };
}

/** Revokes the key that its member picked, at once and for good. */
const revokeMenu: ParleyControl = {
  kind: 'menu',
  id: 'k1:revoke',
  answers: 'in place',
  async run(picked, _concerns, context, words) {
    const { guildId, user } = picked;
    const [id = ''] = picked.values;
    const isRevoked = await context.apiKeys.revoke({ id, guildId, userId: user.id });
    if (isRevoked) noteAccess(context.log, { what: 'api key', outcome: 'ended', guildId, userId: user.id });
    return await listKeys(picked, context, words, isRevoked ? words.t('api.revoked') : '');
  },
};

export const apiControls: readonly ParleyControl[] = [revokeMenu];

function lineOf({ name, untilMs, usedAtMs }: ApiKey, words: Words): string {
  const used = usedAtMs === undefined ? words.t('api.unused') : words.t('api.used', { when: ago(usedAtMs) });
  return `• ${words.t('api.line', { name: escapeInline(name), until: onDay(untilMs), used })}`;
}
