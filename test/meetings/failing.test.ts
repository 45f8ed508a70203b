import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTranscript } from '../discord/support/read-transcript.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';

const FAILING = pathToFileURL(`${import.meta.dirname}/../support/failing.mjs`).href;

describe.concurrent('a process that fails in the middle of a meeting', inRealTime, () => {
  it.each([
    ['an exception that nobody caught', 'SIGUSR2'],
    ['a rejection that nobody awaited', 'SIGHUP'],
  ] as const)(
    'by %s writes the last words, ends with 1 within seconds, and goes on at the next start',
    async (_, signal) => {
      await using stage = await openStage({ environment: { NODE_OPTIONS: `--import ${FAILING}` } });
      const ana = stage.guild.addMember({ name: 'Ana' });
      ana.join(stage.voice);
      await stage.command(ana, 'transcribe start');
      await ana.say('Said before.');
      await stage.text.waitFor(({ content }) => content.includes('Said before.'));
      await ana.say('Said just then.'); // heard, and not final yet

      const failedAtMs = performance.now();
      stage.bot.kill(signal);
      expect(await stage.bot.exit()).toBe(1);
      expect(performance.now() - failedAtMs).toBeLessThan(10_000);
      expect(stage.bot.output).toContain('Parley failed and ends');
      expect(stage.bot.output).toContain('wss://api.example.org/stream?(hidden)');
      expect(stage.bot.output).not.toMatch(/hush|Said/u);
      const linesOf = () => readTranscript(stage.text.messages).map(({ text }) => text);
      expect(linesOf()).toEqual(['Said before.', 'Said just then.']);
      expect(stage.text.messages.filter(({ attachments }) => attachments.length > 0)).toEqual([]); // no minutes yet

      const hears = once(stage.discord.voiceServer, 'ready', { signal: AbortSignal.timeout(30_000) });
      stage.bot.restart();
      await hears;
      await stage.text.waitFor(({ content }) => content.includes('I was away'), { timeoutMs: 20_000 });
      await ana.say('Said after.');
      await stage.text.waitFor(({ content }) => content.includes('Said after.'));
      await stage.command(ana, 'transcribe stop');
      const minutes = await stage.text.waitFor(({ attachments }) => attachments.length > 0, { timeoutMs: 20_000 });
      const markdown = Buffer.from(minutes.attachments[0]?.bytes ?? []).toString('utf8');
      expect(markdown).toMatch(/Transcript.*Said before\..*Said just then\..*Said after\./su);
    },
    90_000,
  );
});
