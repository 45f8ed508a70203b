import { describe, expect, it } from 'vitest';
import { usageText } from '../../commands/usage.ts';
import { quiet } from '../../src/core/log.ts';
import type { DayOfUse } from '../../src/core/ports/usage-book.ts';
import { Budget } from '../../src/core/usage/usage.ts';
import { wordsFor } from '../../src/i18n/words.ts';
import { openJournal } from '../../src/storage/journal/journal.ts';
import { office } from './support/office.ts';

const MINUTE_MS = 60_000;
const DAYS: readonly DayOfUse[] = [
  { day: '2026-11-02', kind: 'meetings', sentMs: 40 * MINUTE_MS },
  { day: '2026-11-02', kind: 'files', sentMs: 10 * MINUTE_MS },
  { day: '2026-11-04', kind: 'files', sentMs: 1.26 * MINUTE_MS },
];

describe('/usage', () => {
  it('shows the month so far with a bar for each day, the use by meetings and files, and the budget', () => {
    expect(usageText('2026-11-04', DAYS, 100 * MINUTE_MS, wordsFor('en-US')).split('\n')).toEqual([
      '**What this server used in November 2026** (UTC)',
      '51.3 of 100 minutes of audio (51 %).',
      'Meetings: 40 · audio files: 11.3. Each speaker is counted separately, including pauses while speech recognition is listening.',
      '```',
      'Sun 01   0',
      'Mon 02  50 ████████████████████',
      'Tue 03   0',
      'Wed 04 1.3 █',
      '```',
    ]);
  });

  it('says when there is no limit, in the reader’s language', () => {
    const shown = usageText('2026-11-04', DAYS, undefined, wordsFor('de'));
    expect(shown).toContain('51,3 Minuten Audio; es gibt kein Limit.');
    expect(shown).toContain('November 2026');
  });

  it('fits into a message at the end of the busiest month', () => {
    const days = Array.from({ length: 31 }, (_, n): DayOfUse => {
      return { day: `2026-12-${`${n + 1}`.padStart(2, '0')}`, kind: 'meetings', sentMs: 1e9 + n };
    });
    for (const locale of ['en-US', 'es-ES', 'fr', 'de', 'ja', 'pt-BR']) {
      expect(usageText('2026-12-31', days, 1e10, wordsFor(locale)).length).toBeLessThanOrEqual(2_000);
    }
  });

  it('is allowed to managers only', async () => {
    const { discord, guild, general, ana, boss } = await office();
    expect((await boss.command('usage', {}, { channel: general })).content).toContain('0 minutes of audio');
    const command = discord.world.application.find('usage', 1, guild.id);
    Object.assign(command?.definition ?? {}, { default_member_permissions: null }); // as after an override
    expect((await ana.command('usage', {}, { channel: general })).content).toContain('**Manage Server**');
  });
});

describe('a server that has used up its month', () => {
  it('cannot start a meeting, and learns why', async () => {
    const journal = await openJournal('sqlite://:memory:', quiet);
    const budget = new Budget(journal.usage, 60_000);
    const { guild, general, ana, meetings } = await office({ budget });
    await budget.add(guild.id, 'files', 60_000);
    const { content } = await ana.command('transcribe start', {}, { channel: general });
    expect(content).toContain('has used up its audio minutes for this month');
    expect(meetings.requests).toEqual([]);
    await journal[Symbol.asyncDispose]();
  });
});
