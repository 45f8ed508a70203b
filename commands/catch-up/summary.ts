import type { GuildSettings } from '../../src/core/settings.ts';
import { isWorthSummingUp } from '../../src/core/text/worth-summing-up.ts';
import type { Words } from '../../src/i18n/words.ts';
import { buildMinutes } from '../../src/minutes/model/build-minutes.ts';
import type { SummaryModel } from '../../src/minutes/model/minutes-model.ts';
import { viewOf } from '../../src/minutes/view-of.ts';
import type { CommandContext } from '../shared/context.ts';
import type { Missed } from './missed-part.ts';

/** Who is being summarised for: each summary costs money, so one at a time for each. */
const waiting = new Set<string>();

/** They had several in a short time: the lines are shown instead. */
export interface SummaryLater {
  readonly againMs: number; // when they can have one again, in milliseconds since 1970
}

/** What was important in it, when a model may be asked and there is enough to ask about. */
export async function summaryOf(
  { record }: Missed,
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
    const summary = await summariser.summarise(record, language === undefined ? [] : [language], guild.timeZone);
    const view = { ...viewOf(guild, words.locale), ...(language !== undefined && { language }) };
    return buildMinutes({ ...record, summary }, view).summary;
  } finally {
    waiting.delete(userId);
  }
}
