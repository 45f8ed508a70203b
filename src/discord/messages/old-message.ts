import { SnowflakeUtil } from 'discord.js';
import type { MessageId } from '../../core/ids.ts';

const OLD_MS = 55 * 60_000;

/** Whether Discord takes few edits of a message, or soon will: of those older than an hour (error 30046). */
export function isOldMessage(id: MessageId): boolean {
  return Date.now() - SnowflakeUtil.timestampFrom(id) >= OLD_MS;
}
