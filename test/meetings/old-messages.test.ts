import { describe, expect, it } from 'vitest';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';

const HOURS_MS = 3 * 3_600_000;

describe('where Discord takes no edit of a message that is older than an hour', inRealTime, () => {
  it('text comes as soon as ever, the panel is true, and the bot goes down in time', async () => {
    await using stage = await openStage();
    const { limits } = stage.discord.rest;
    const ana = stage.guild.addMember({ name: 'Ana' });
    ana.join(stage.voice);
    await stage.command(ana, 'transcribe start');
    const panel = await stage.text.waitFor(({ components }) => components.length > 0);
    await ana.say('One.');
    await stage.text.waitFor(({ content }) => content.endsWith('One.')); // it is final
    limits.age(HOURS_MS);
    limits.oldEdits = { count: 0, perMs: 30_000 };

    await stage.command(ana, 'transcribe pause');
    await stage.text.waitFor(({ content }) => content.includes('paused, nothing is heard'), { timeoutMs: 10_000 });
    expect(limits.refusedAsOld).toBeGreaterThan(0);
    await stage.command(ana, 'transcribe resume');
    await ana.say('Two is a sentence that grows while it is spoken.');
    const endedMs = performance.now();
    await stage.text.waitFor(({ content }) => content.includes('grows while it is spoken.'), { timeoutMs: 20_000 });
    expect(performance.now() - endedMs).toBeLessThan(2_000);
    const panels = () => stage.text.messages.filter(({ content }) => content.startsWith('###'));
    await expect.poll(() => panels()[0]?.content, { timeout: 10_000 }).toContain('is being transcribed');
    expect([panels().length, panels().includes(panel)]).toEqual([1, false]);

    limits.age(HOURS_MS);
    const beganMs = performance.now();
    stage.bot.kill('SIGTERM');
    expect(await stage.bot.exit()).toBe(0);
    expect(performance.now() - beganMs).toBeLessThan(15_000);
  }, 90_000);
});
