import type { MeetingId } from '../../src/core/ids.ts';
import { guildWords } from '../../src/discord/formatting/guild-words.ts';
import { MessageEraser } from '../../src/discord/minutes/message-eraser.ts';
import { makeMinutes } from '../../src/minutes/make-minutes.ts';
import { viewOf } from '../../src/minutes/view-of.ts';
import type { CommandContext } from './context.ts';

/** Rewriting that is under way, by meeting: two at once could leave the older text in the message. */
const underWay = new Map<MeetingId, Promise<unknown>>();

/**
 * Makes the posted minutes of a meeting again, from what the archive holds when their turn has come. Never rejects.
 *
 * @returns false when there are none, or they could not be changed
 */
export async function rewriteMinutes(
  id: MeetingId,
  context: CommandContext,
  signal: AbortSignal,
  eraser = new MessageEraser(context.client),
): Promise<boolean> {
  const before = underWay.get(id) ?? Promise.resolve();
  const own = before.then(() => rewriteNow(id, context, signal, eraser)).catch(() => false);
  underWay.set(id, own);
  const isDone = await own;
  if (underWay.get(id) === own) underWay.delete(id);
  return isDone;
}

async function rewriteNow(
  id: MeetingId,
  { client, archive, settings, log }: CommandContext,
  signal: AbortSignal,
  eraser: MessageEraser,
): Promise<boolean> {
  const record = await archive.read(id);
  const places = record?.head.places?.minutes ?? [];
  if (record?.endedMs === undefined || places.length === 0) return false;
  const guild = await settings.guild(record.head.guildId);
  const view = viewOf(guild, guildWords(client, record.head.guildId).locale);
  const minutes = await makeMinutes(record, { ...view, languages: guild.translateTo }, log, signal);
  return await eraser.rewrite(places, minutes, signal);
}
