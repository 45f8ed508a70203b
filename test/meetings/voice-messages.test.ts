import { expect, it } from 'vitest';
import { oggSpeech } from '../scripts/support/audio-files.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';

it('turns voice messages into text by themselves, and says so when it ends in the middle of one', {
  ...inRealTime,
  timeout: 40_000,
}, async () => {
  await using stage = await openStage({
    discord: { privilegedIntents: ['messageContent'] },
    environment: { DISCORD_MESSAGE_CONTENT: 'on' },
  });
  const { bot, discord, guild, moderator, palabra, text } = stage;
  const ana = guild.addMember({ name: 'Ana' });
  const set = await stage.command(moderator, 'settings set', { 'audio-channel': text });
  expect(set.content).not.toContain('DISCORD_MESSAGE_CONTENT');
  const first = ana.writeVoiceMessage(text, oggSpeech('the whole of it'), 1);
  const whole = await text.waitFor(({ content }) => content.endsWith('\nthe whole of it'), { timeoutMs: 20_000 });
  expect(whole.replyTo).toBe(first.id);

  ana.writeVoiceMessage(text, oggSpeech('only the beginning of this long sentence can be heard in time'), 6);
  await palabra.until(({ sockets }) => (sockets[1]?.partialsSent ?? 0) >= 3);
  bot.kill('SIGTERM');
  const cut = await text.waitFor(({ content }) => content.endsWith('I was shut down before the end.'));
  expect(cut.content).toMatch(/\nonly the/u);
  expect(await bot.exit()).toBe(0);
  expect([...discord.violations, ...palabra.violations]).toEqual([]);
  for (const word of ['whole', 'beginning']) expect(bot.output).not.toContain(word);
});
