import { InteractionContextType, PermissionFlagsBits, SlashCommandBuilder } from 'discord.js';
import type { DayOfUse } from '../src/core/ports/usage-book.ts';
import { mayManage } from '../src/discord/permissions/steering.ts';
import type { Words } from '../src/i18n/words.ts';
import type { ParleyCommand } from './shared/context.ts';

const MINUTE_MS = 60_000;
const BAR_CELLS = 20;
const DAY_MS = 86_400_000;

const definition = new SlashCommandBuilder()
  .setName('usage')
  .setDescription('See how many audio minutes this server has used this month')
  .setContexts(InteractionContextType.Guild)
  .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild) // servers can show it to others, under Integrations
  .toJSON();

/** `/usage`: shows how much audio was sent to the recogniser this month, and what is left of the budget. */
export const usage: ParleyCommand = {
  definition,
  async run(ask, { budget, settings }, words) {
    if (!(await mayManage(ask.member, settings))) return words.t('access.notManager');
    const { today, days } = await budget.thisMonth(ask.guildId);
    return usageText(today, days, budget.limitMs, words);
  },
};

/** The month so far, with a bar for each day. @param today - like 2026-11-23 */
export function usageText(today: string, days: readonly DayOfUse[], limitMs: number | undefined, words: Words): string {
  const month = new Date(`${today}T00:00:00Z`).toLocaleDateString(words.locale, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const usedMs = sumOf(days);
  const used = minutes(usedMs, words);
  const total =
    limitMs === undefined
      ? words.t('usage.total', { used })
      : words.t('usage.totalOf', {
          used,
          limit: minutes(limitMs, words),
          percent: Math.floor((100 * usedMs) / limitMs),
        });
  const kinds = words.t('usage.kinds', {
    meetings: minutes(sumOf(days.filter(({ kind }) => kind === 'meetings')), words),
    files: minutes(sumOf(days.filter(({ kind }) => kind === 'files')), words),
  });
  return [words.t('usage.head', { month }), total, kinds, '```', ...bars(today, days, words), '```'].join('\n');
}

function bars(today: string, days: readonly DayOfUse[], words: Words): string[] {
  const dates = Array.from(
    { length: Number(today.slice(8)) },
    (_, n) => `${today.slice(0, 8)}${`${n + 1}`.padStart(2, '0')}`,
  );
  const byDay = dates.map((day) => ({ day, usedMs: sumOf(days.filter((use) => use.day === day)) }));
  const mostMs = Math.max(1, ...byDay.map(({ usedMs }) => usedMs));
  const values = byDay.map(({ usedMs }) => minutes(usedMs, words));
  const width = Math.max(...values.map((value) => value.length));
  return byDay.map(({ day, usedMs }, n) => {
    // Any use at all gets at least one cell.
    const cells = usedMs === 0 ? 0 : Math.max(1, Math.round((BAR_CELLS * usedMs) / mostMs));
    return `${weekday(day, words)} ${day.slice(8)} ${(values[n] ?? '').padStart(width)} ${'█'.repeat(cells)}`.trimEnd();
  });
}

function weekday(day: string, words: Words): string {
  const at = new Date(Date.parse(day) + DAY_MS / 2);
  return at.toLocaleDateString(words.locale, { weekday: 'short', timeZone: 'UTC' });
}

function sumOf(days: readonly DayOfUse[]): number {
  return days.reduce((sum, { sentMs }) => sum + sentMs, 0);
}

function minutes(ms: number, words: Words): string {
  return (ms / MINUTE_MS).toLocaleString(words.locale, { maximumFractionDigits: 1 });
}
