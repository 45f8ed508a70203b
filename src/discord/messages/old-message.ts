import { SnowflakeUtil } from 'discord.js';
import type { MessageId } from '../../core/ids.ts';

const OLD_MS = 55 * 60_000;

/** Whether a message is, or soon will be, older than an hour: then Discord takes few edits of it (error 30046). */
export function isOldMessage(id: MessageId): boolean {
  return Date.now() - SnowflakeUtil.timestampFrom(id) >= OLD_MS;
}
