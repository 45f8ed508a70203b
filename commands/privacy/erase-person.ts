import { randomBytes } from 'node:crypto';
import type { GuildId, SpeakerId } from '../../src/core/ids.ts';
import type { Archive, DiskTrace } from '../../src/core/ports/archive.ts';
import type { MeetingRecord, Mention, MessagePlace } from '../../src/core/record.ts';
import { type TheirMessage, theirMessages } from '../../src/core/their-messages.ts';
import { guildWords } from '../../src/discord/formatting/guild-words.ts';
import { type Erased, MessageEraser } from '../../src/discord/minutes/message-eraser.ts';
import type { CommandContext } from '../shared/context.ts';
import { rewriteMinutes } from '../shared/rewrite-minutes.ts';

/** Discord accepts the answer for fifteen minutes. Messages that are not done by then are reported as left. */
const MESSAGES_LIMIT_MS = 10 * 60_000;

/** The result of an erasure: what was erased, and what could not be. */
export interface Receipt {
  readonly id: string;
  readonly at: Date;
  readonly guildId: GuildId;
  readonly texts: number;
  readonly stays: number;
  readonly meetings: number;
  readonly messages: Readonly<Record<Erased, number>>;
  /** Replies to the person's voice messages, greetings, and notices that name them. */
  readonly mentions: Readonly<Record<Erased, number>>;
  readonly leftMessages: readonly MessagePlace[];
  readonly minutesRewritten: number;
  readonly leftMinutes: readonly MeetingRecord['head'][];
  readonly keys: number; // of their programs, revoked
  readonly browsers: number; // in which they were signed in to pages
  readonly onDisk: DiskTrace;
  readonly isInMeeting: boolean; // the person sits in a running meeting, and is still heard
}

interface Trace {
  readonly record: MeetingRecord;
  readonly messages: readonly TheirMessage[];
  readonly names: readonly string[];
}

/**
 * Erases what a person said in a server: from the journal, then from the bot's messages, then from the posted minutes. It also
 * revokes the keys of their programs there, and signs them out of the bot's pages.
 *
 * The journal comes first, as it need not wait for Discord. The places of the person's words are read before that.
 */
export async function erasePerson(guildId: GuildId, userId: SpeakerId, context: CommandContext): Promise<Receipt> {
  const { archive, meetings, sessions, apiKeys, client, log, signal } = context;
  const keys = await apiKeys.revokeAllOf(guildId, userId);
  let traces: Trace[] = [];
  const mentions = await archive.mentionsOf(guildId, userId);
  const texts = await meetings.whileErasing(guildId, userId, async () => {
    traces = await tracesOf(archive, guildId, userId);
    return await archive.forget(guildId, userId);
  });
  const browsers = await sessions.endAllOf(userId);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(MESSAGES_LIMIT_MS)]);
  const eraser = new MessageEraser(client);
  const outcome = { deleted: 0, edited: 0, gone: 0, left: 0 };
  const leftMessages: MessagePlace[] = [];
  for (const { record, messages, names } of traces) {
    for (const message of messages) {
      const erased = outcomeOf(await eraser.erase(message, names, limit), message, record);
      outcome[erased] += 1;
      if (erased === 'left') leftMessages.push(message);
    }
  }
  const names = new Set(traces.flatMap((trace) => trace.names));
  const nameNow = client.guilds.cache.get(guildId)?.members.cache.get(userId)?.displayName;
  if (nameNow !== undefined) names.add(nameNow);
  const nameless = guildWords(client, guildId).t('privacy.nameless');
  const named = await eraseMentions(mentions, userId, [...names], nameless, eraser, archive, limit);
  const minutes = await rewriteAllMinutes(traces, eraser, context, limit);
  const running = meetings.meetingOf(guildId)?.currentStatus();
  const receipt: Receipt = {
    id: randomBytes(4).toString('hex'),
    at: new Date(),
    guildId,
    texts,
    stays: traces.flatMap(({ record }) => record.attendance.filter(({ speakerId }) => speakerId === userId)).length,
    meetings: traces.length,
    messages: outcome,
    mentions: named.outcome,
    leftMessages: [...leftMessages, ...named.left],
    ...minutes,
    keys,
    browsers,
    onDisk: await archive.wipe(),
    isInMeeting: running?.speakers.some(({ person, consent }) => person.id === userId && consent === 'heard') ?? false,
  };
  log.info({ guild: guildId, receipt: receipt.id, texts, ...outcome }, 'A member had their words erased');
  return receipt;
}

/** Erases other messages that name or quote the person. What is left is tried again next time. */
async function eraseMentions(
  mentions: readonly Mention[],
  userId: SpeakerId,
  names: readonly string[],
  nameless: string,
  eraser: MessageEraser,
  archive: Archive,
  signal: AbortSignal,
): Promise<{ outcome: Record<Erased, number>; left: readonly MessagePlace[] }> {
  const outcome = { deleted: 0, edited: 0, gone: 0, left: 0 };
  const left: MessagePlace[] = [];
  for (const mention of mentions) {
    const erased = await eraser.eraseMention(mention, names, nameless, signal);
    outcome[erased] += 1;
    if (erased === 'left') left.push(mention);
    else await archive.unmention(mention, userId);
  }
  return { outcome, left };
}

/** In a running meeting the transcript itself erases, too: a message that is gone was erased there just now. */
function outcomeOf(erased: Erased, { isTheirsAlone }: TheirMessage, { endedMs }: MeetingRecord): Erased {
  if (erased !== 'gone' || endedMs !== undefined) return erased;
  return isTheirsAlone ? 'deleted' : 'edited';
}

async function tracesOf(archive: Archive, guildId: GuildId, userId: SpeakerId): Promise<Trace[]> {
  const traces: Trace[] = [];
  for (const id of await archive.meetingsOf(guildId, userId)) {
    const record = await archive.read(id);
    if (!record) continue;
    const stays = record.attendance.filter(({ speakerId }) => speakerId === userId);
    const names = [...new Set(stays.map(({ displayName, renamed }) => renamed?.from ?? displayName))];
    traces.push({ record, messages: theirMessages(record, userId), names });
  }
  return traces;
}

/** Makes the posted minutes of finished meetings again, from what the archive still holds. */
async function rewriteAllMinutes(
  traces: readonly Trace[],
  eraser: MessageEraser,
  context: CommandContext,
  signal: AbortSignal,
): Promise<Pick<Receipt, 'minutesRewritten' | 'leftMinutes'>> {
  let minutesRewritten = 0;
  const leftMinutes: MeetingRecord['head'][] = [];
  for (const { record } of traces) {
    if (record.endedMs === undefined) continue;
    const { head } = record;
    const isDone = await rewriteMinutes(head.id, context, signal, eraser);
    if (isDone) minutesRewritten += 1;
    else leftMinutes.push(head);
  }
  return { minutesRewritten, leftMinutes };
}
