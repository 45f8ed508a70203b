import type { GuildSettings } from '../../src/core/settings.ts';
import { isWorthSummingUp } from '../../src/core/text/worth-summing-up.ts';
import type { Words } from '../../src/i18n/words.ts';
import { buildMinutes } from '../../src/minutes/model/build-minutes.ts';
import type { SummaryModel } from '../../src/minutes/model/minutes-model.ts';
import { viewOf } from '../../src/minutes/view-of.ts';
import type { CommandContext } from '../shared/context.ts';
import type { MissedPart } from './missed-part.ts';

/** The members who wait for a summary: each summary costs money, so nobody gets two at a time. */
const waiting = new Set<string>();

/** The member had several summaries in a short time: the lines are shown instead. */
export interface SummaryLater {
  readonly againMs: number; // when the next one is possible, in milliseconds since 1970
}

/** Asks the model for a summary of the part; `undefined` when there is no model, or too little was said. */
export async function summaryOf(
  { record }: MissedPart,
  language: string | undefined,
  guild: GuildSettings,
  userId: string,
  words: Words,
  { summariser, coolDowns }: CommandContext,
): Promise<SummaryModel | SummaryLater | undefined> {
  if (!summariser || !isWorthSummingUp(record.finals) || waiting.has(userId)) return undefined;
  const againMs = coolDowns.take('summary', record.head.guildId, userId);
  if (againMs !== undefined) return { againMs };
  waiting.add(userId);
  try {
    const languages = language === undefined ? [] : [language];
    const summary = await summariser.summarise(record, languages, guild.timeZone, guild.summary);
    const view = { ...viewOf(guild, words.locale), ...(language !== undefined && { language }) };
    return buildMinutes({ ...record, summary }, view).summary;
  } finally {
    waiting.delete(userId);
  }
}
