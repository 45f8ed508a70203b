import { noteAccess } from '../../src/core/access-log.ts';
import { MOST_KEYS, USUAL_KEY_DAYS } from '../../src/core/programs/keys.ts';
import { isSeen, oneLine } from '../../src/core/text/plain-text.ts';
import { escapeInline } from '../../src/discord/formatting/escape.ts';
import type { Ask } from '../../src/discord/interactions/command.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../shared/context.ts';
import { onDay } from './moments.ts';

const LONGEST_NAME = 40;

/** `/api key`: makes a key, and shows it this once. Only its hash is kept. */
export async function makeKey(
  { guildId, user, options }: Ask,
  { apiKeys, settings, publicUrl, log }: CommandContext,
  words: Words,
): Promise<string> {
  if (publicUrl === undefined) return words.t('api.noPages');
  const { api: isOn = true } = await settings.guild(guildId);
  if (!isOn) return words.t('api.off');
  const name = oneLine(options.getString('name', true)).slice(0, LONGEST_NAME).toWellFormed();
  if (!isSeen(name)) return words.t('api.needName');
  const days = options.getInteger('days') ?? USUAL_KEY_DAYS;
  const key = await apiKeys.make({ guildId, userId: user.id, name, days });
  if (key === 'too many') return words.t('api.tooMany', { most: MOST_KEYS });
  noteAccess(log, { what: 'api key', outcome: 'allowed', guildId, userId: user.id });
  const address = publicUrl.replace(/\/+$/, '');
  return words.t('api.made', {
    ...{ name: escapeInline(name), key: key.secret, until: onDay(key.untilMs) },
    ...{ api: `${address}/api/v1`, mcp: `${address}/mcp` },
  });
}
