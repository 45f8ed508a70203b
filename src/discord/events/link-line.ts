import type { GuildId } from '../../core/ids.ts';

const MAX_DESCRIPTION = 1_000; // Discord's, in UTF-16 units
const MARK = '📝 ';

/**
 * The description of an event with the bot's line at its end, instead of the line that was there before.
 *
 * @param sentence - what the line says, with a link to a message of this server
 * @returns `undefined` when there is no room beside what the author wrote
 */
export function withLink(description: string, sentence: string, guildId: GuildId): string | undefined {
  const own = withoutLink(description, guildId);
  const linked = `${own}${own === '' ? '' : '\n\n'}${MARK}${sentence}`;
  return linked.length <= MAX_DESCRIPTION ? linked : undefined;
}

/** What the author wrote: a line of the bot, which an event that comes again brings along, is none of it. */
export function withoutLink(description: string, guildId: GuildId): string {
  const at = description.lastIndexOf('\n') + 1;
  const url = new RegExp(`^${MARK}[^\\n]{1,80} https://discord\\.com/channels/${guildId}/\\d+/\\d+$`, 'u');
  return url.test(description.slice(at)) ? description.slice(0, at).replace(/\n{1,2}$/, '') : description;
}
