import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { readTranscript } from '../discord/support/read-transcript.ts';
import type { Message } from '../simulators/discord/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage, type Stage } from '../support/stage.ts';

const areMinutes = (message: Message) => message.attachments.length > 0;
const HOSTILE = '# Plan **B** @everyone <@1> [x](https://evil.example)';

function linesIn(stage: Stage): string[] {
  return readTranscript(stage.text.messages.filter((message) => !areMinutes(message))).map(({ text }) => text);
}

/** Ana sits in the voice channel of a server that wants meetings for its events. */
async function waiting(stage: Stage) {
  stage.guild.bot.setRoles([stage.guild.botRole, stage.guild.addRole('Events', ['ManageEvents'])]);
  const chosen = { events: true, 'transcript-channel': stage.text };
  await stage.moderator.command('settings set', chosen, { channel: stage.text });
  const ana = stage.guild.addMember({ name: 'Ana' });
  ana.join(stage.voice);
  const description = `With <@1> & **friends**\n\n${HOSTILE}`;
  const event = stage.guild.addScheduledEvent({
    name: HOSTILE,
    channel: stage.voice,
    startsAt: new Date(),
    description,
  });
  return { ana, event, description };
}

describe.concurrent('an event of the server', inRealTime, () => {
  it('has a meeting while it takes place, with its name and words in the minutes, and links it', async () => {
    await using stage = await openStage();
    const { ana, event, description } = await waiting(stage);
    const hears = once(stage.discord.voiceServer, 'ready', { signal: AbortSignal.timeout(30_000) });
    event.start();
    await hears;
    const panel = await stage.text.waitFor(({ components }) => components.length > 0);
    await ana.say('Welcome to the event.');
    await stage.text.waitFor(({ content }) => content.includes('Welcome to the event.'));
    expect(event.description).toBe(
      `${description}\n\n📝 Transcript: https://discord.com/channels/${stage.guild.id}/${stage.text.id}/${panel.id}`,
    );
    event.end();
    const minutes = await stage.text.waitFor(areMinutes, { timeoutMs: 20_000 });
    expect(linesIn(stage)).toEqual(['Welcome to the event.']);
    expect(minutes.content).toContain('the event was over');
    expect(minutes.content).toContain('Plan \\*\\*B\\*\\*');
    expect(minutes.content).toContain('> With & \\*\\*friends\\*\\* \\# Plan');
    expect(minutes.content).not.toMatch(/@everyone|<@1>|(?<!\\)\[x/);
    expect(minutes.mentions).toEqual({ everyone: false, users: [], roleIds: [] });
    const markdown = Buffer.from(minutes.attachments[0]?.bytes ?? []).toString('utf8');
    expect(markdown).toMatch(/^- About: With & \\\*\\\*friends/m);
    expect(stage.discord.violations).toEqual([]);
  }, 60_000);

  it('has one meeting, although the bot crashes in it, which ends with the event that ended meanwhile', async () => {
    await using stage = await openStage();
    const { ana, event } = await waiting(stage);
    event.start();
    await stage.text.waitFor(({ components }) => components.length > 0, { timeoutMs: 15_000 });
    await ana.say('Before the crash.');
    await stage.text.waitFor(({ content }) => content.includes('Before the crash.'));
    stage.bot.kill('SIGKILL');
    await stage.bot.exit();
    event.end();
    stage.bot.restart();
    const minutes = await stage.text.waitFor(areMinutes, { timeoutMs: 30_000 });
    expect(minutes.content).toContain('the event was over');
    expect(stage.text.messages.filter(({ content }) => content.startsWith('###'))).toHaveLength(1);
    expect(linesIn(stage)).toEqual(['Before the crash.']);
  }, 90_000);

  it('goes on with its meeting after a restart', async () => {
    await using stage = await openStage();
    const { ana, event } = await waiting(stage);
    event.start();
    await stage.text.waitFor(({ components }) => components.length > 0, { timeoutMs: 15_000 });
    await ana.say('Before the restart.');
    stage.bot.kill('SIGTERM');
    expect(await stage.bot.exit()).toBe(0);
    const hears = once(stage.discord.voiceServer, 'ready', { signal: AbortSignal.timeout(30_000) });
    stage.bot.restart();
    await hears;
    await stage.text.waitFor(({ content }) => content.includes('I was away'), { timeoutMs: 20_000 });
    await ana.say('After the restart.');
    await stage.text.waitFor(({ content }) => content.includes('After the restart.'));
    event.end();
    await stage.text.waitFor(areMinutes, { timeoutMs: 20_000 });
    expect(linesIn(stage)).toEqual(['Before the restart.', 'After the restart.']);
    expect(stage.text.messages.filter(areMinutes)).toHaveLength(1);
    expect(stage.text.messages.filter(({ content }) => content.startsWith('###'))).toHaveLength(1);
  }, 90_000);
});
