import { describe, expect, it } from 'vitest';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';

describe('a bot whose servers have a budget', inRealTime, () => {
  it('ends a running meeting at its limit, with a sentence and its minutes, and starts no other', async () => {
    await using stage = await openStage({ environment: { BUDGET_MINUTES_PER_GUILD: '0.02' } });
    const { guild, voice, text } = stage;
    const ana = guild.addMember({ name: 'Ana' });
    ana.join(voice);
    await stage.command(ana, 'transcribe start');
    await ana.say('We have talked for too long.');
    await text.waitFor(({ content }) => content.includes('has used up its audio minutes for this month'), {
      timeoutMs: 15_000,
    });
    const minutes = await text.waitFor(({ attachments }) => attachments.length > 0, { timeoutMs: 15_000 });
    expect(minutes.content).toContain('the server had used up its audio minutes for the month');
    expect(text.messages.some(({ content }) => content.includes('too long'))).toBe(true);
    const refused = await stage.command(ana, 'transcribe start');
    expect(refused.content).toContain('has used up its audio minutes for this month');
  }, 40_000);
});
