import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { readTranscript } from '../discord/support/read-transcript.ts';
import type { Member, Message } from '../simulators/discord/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** A running meeting that Ana sits in. */
async function running(stage: Stage): Promise<Member> {
  const ana = stage.guild.addMember({ name: 'Ana' });
  ana.join(stage.voice);
  await stage.command(ana, 'transcribe start');
  return ana;
}

const areMinutes = (message: Message) => message.attachments.length > 0;

function linesIn(stage: Stage): string[] {
  return readTranscript(stage.text.messages.filter((message) => !areMinutes(message))).map(({ text }) => text);
}

async function told(stage: Stage, text: string): Promise<void> {
  await stage.text.waitFor(({ content }) => content.includes(text), { timeoutMs: 15_000 });
}

describe.concurrent('a meeting ends with its minutes', inRealTime, () => {
  it('when a moderator disconnects the bot', async () => {
    await using stage = await openStage();
    const ana = await running(stage);
    await ana.say('Before the end.');
    stage.guild.disconnectBot();
    await stage.text.waitFor(areMinutes, { timeoutMs: 15_000 });
    expect(linesIn(stage)).toEqual(['Before the end.']);
  }, 40_000);

  it('when the voice channel is deleted', async () => {
    await using stage = await openStage();
    const ana = await running(stage);
    await ana.say('Who deletes this?');
    stage.voice.delete();
    await stage.text.waitFor(areMinutes, { timeoutMs: 15_000 });
    expect(linesIn(stage)).toEqual(['Who deletes this?']);
  }, 40_000);

  it('when the bot is told to go down for good, with the last words', async () => {
    await using stage = await openStage({ environment: { SHUTDOWN: 'end' } });
    const ana = await running(stage);
    await ana.say('Last words.');
    stage.bot.kill('SIGTERM');
    expect(await stage.bot.exit()).toBe(0);
    expect(linesIn(stage)).toEqual(['Last words.']);
    expect(stage.text.messages.filter(areMinutes)).toHaveLength(1);
  }, 40_000);
});

describe.concurrent('a meeting goes on', inRealTime, () => {
  it('when the gateway session is lost', async () => {
    await using stage = await openStage();
    const ana = await running(stage);
    await ana.say('One.');
    await told(stage, 'One.');
    const voiceIsBack = once(stage.discord.voiceServer, 'ready', { signal: AbortSignal.timeout(20_000) });
    stage.discord.gateway.invalidateSession(false);
    await voiceIsBack;
    await ana.say('Two.');
    await told(stage, 'Two.');
    expect(linesIn(stage)).toEqual(['One.', 'Two.']);
    expect(stage.text.messages.filter(areMinutes)).toEqual([]);
  }, 60_000);

  it('when the voice server changes', async () => {
    await using stage = await openStage();
    const ana = await running(stage);
    await ana.say('One.');
    await stage.discord.voiceServerChange(stage.guild);
    await ana.say('Two.');
    await told(stage, 'Two.');
    expect(linesIn(stage).join(' ')).toBe('One. Two.'); // one utterance or two, as the change took more or less time
  }, 60_000);

  it('when the bot is moved to another channel, and hears the people there', async () => {
    await using stage = await openStage();
    const ana = await running(stage);
    const other = stage.guild.addVoiceChannel('Other room');
    const ben = stage.guild.addMember({ name: 'Ben' });
    ben.join(other);
    stage.guild.moveBot(other);
    await told(stage, 'Other room');
    await ben.say('Welcome here.');
    await told(stage, 'Welcome here.');
    ana.move(other);
    await ana.say('I came along.');
    await told(stage, 'I came along.');
  }, 60_000);
});
