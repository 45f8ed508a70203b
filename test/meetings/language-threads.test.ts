import { expect, it } from 'vitest';
import { readTranscript } from '../discord/support/read-transcript.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';

it('a meeting is read in one language’s thread each, which may be chosen while it runs, and search leads there', {
  ...inRealTime,
  timeout: 60_000,
}, async () => {
  await using stage = await openStage();
  const { guild, voice, text, moderator } = stage;
  const ana = guild.addMember({ name: 'Ana' });
  const threadIn = (language: string) =>
    [...guild.threads.values()].find(({ name }) => name === `Meeting · ${language}`);
  const linesOf = (language: string) => readTranscript(threadIn(language)?.messages ?? []).map((line) => line.text);
  ana.join(voice);
  await stage.command(moderator, 'translate', { languages: 'es' });
  await moderator.command('settings set', { 'language-threads': true }, { channel: text });
  await stage.command(ana, 'transcribe start');
  await ana.say('The budget is first.');
  await expect.poll(() => linesOf('Español'), { timeout: 15_000 }).toEqual(['es:The budget is first.']);
  await stage.command(ana, 'translate', { languages: 'fr' });
  await ana.say('Then the garden.');
  await expect.poll(() => linesOf('Français'), { timeout: 15_000 }).toEqual(['fr:Then the garden.']);
  await stage.command(moderator, 'transcribe stop');
  const minutes = await text.waitFor((message) => message.attachments.length > 0);

  expect(linesOf('Español')).toEqual(['es:The budget is first.']);
  const said = readTranscript(text.messages.filter((message) => message !== minutes));
  expect(said.map((line) => [line.text, line.translations])).toEqual([
    ['The budget is first.', {}],
    ['Then the garden.', {}],
  ]);
  expect(minutes.content).toContain(`<#${threadIn('Español')?.id}> <#${threadIn('Français')?.id}>`);
  const found = await stage.command(ana, 'minutes search', { query: 'garden', language: 'fr' });
  const place = `/${threadIn('Français')?.id}/${threadIn('Français')?.messages[0]?.id}`;
  await found.until(({ content }) => content.includes(place));
  expect(stage.discord.violations).toEqual([]);
});
