import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTranscript } from '../discord/support/read-transcript.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage, type Stage } from '../support/stage.ts';

function filesOf({ bot }: Stage): { name: string; bytes: number }[] {
  return readdirSync(bot.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => ({ name, bytes: statSync(join(parentPath, name)).size }));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('whether people are heard', inRealTime, () => {
  it('is theirs to say: nobody before they said yes, nothing in a pause, nothing after they said no, nothing at all once it is forgotten, and never a sound', {
    timeout: 60_000,
  }, async () => {
    await using stage = await openStage();
    const { guild, voice, text, palabra, moderator } = stage;
    // So that lines can be written as the speaker, which has to be erased, too.
    guild.bot.setRoles([...guild.bot.roles, guild.addRole('hooks', ['ManageWebhooks'])]);
    const ana = guild.addMember({ name: 'Ana' });
    const said = () => palabra.finals.map((final) => final.text);
    const chosen = { 'opt-in': true, 'transcript-channel': text, 'auto-start': voice, 'auto-start-people': 1 };
    await moderator.command('settings set', chosen, { channel: text });
    ana.join(voice); // and the meeting begins by itself
    const ask = await text.waitFor(({ content }) => content.includes('I only hear people who say yes'));
    await expect.poll(() => guild.bot.nick).toBe('[transcribing] Parley');

    await ana.say('Nobody hears.');
    expect(palabra.sockets).toEqual([]);
    await ana.click(ask, 'c1:hear-me:');
    await ana.say('Now I am heard.');
    await palabra.until(() => said().length === 1);

    await stage.command(ana, 'transcribe pause');
    await ana.say('Keep this.');
    await stage.command(ana, 'transcribe resume');
    const before = filesOf(stage);
    await ana.say('And this is on it.');
    await palabra.until(() => said().length === 2);

    const socketsBefore = palabra.sockets.length;
    const speaking = ana.say('I begin to say something that nobody should hear.');
    await palabra.until(() => palabra.openSockets.some(({ receivedMs }) => receivedMs > 0));
    await stage.command(ana, 'privacy opt-out');
    await palabra.until(() => palabra.openSockets.length === 0, AbortSignal.timeout(2_000));
    await speaking;
    expect(palabra.openSockets).toEqual([]);
    expect(palabra.sockets.length).toBeLessThanOrEqual(socketsBefore + 1);

    await stage.command(moderator, 'transcribe stop');
    const heard = ['Now I am heard.', 'And this is on it.'];
    expect(said()).toEqual(heard);
    expect(readTranscript(text.messages).map((line) => line.text)).toEqual(expect.arrayContaining(heard));
    expect(text.messages.map(({ content }) => content).join('\n')).not.toMatch(/Nobody hears|Keep this|I begin to/);
    await expect.poll(() => guild.bot.nick).toBeNull();
    expect(guild.bot.voice).toBeUndefined(); // it does not begin again while the same people are there

    const after = filesOf(stage);
    expect(after.map(({ name }) => name).filter((name) => !/^parley\.db(-wal|-shm)?$/.test(name))).toEqual([]);
    const growth = sum(after.map(({ bytes }) => bytes)) - sum(before.map(({ bytes }) => bytes));
    expect(growth).toBeLessThan(sum(palabra.sockets.map(({ receivedBytes }) => receivedBytes)) / 4);

    const minutes = text.messages.find(({ attachments }) => attachments.length > 0);
    const written = () => Buffer.from(minutes?.attachments[0]?.bytes ?? []).toString();
    expect(written()).toContain('Now I am heard.');
    const { original: question } = await stage.command(ana, 'privacy forget-me');
    if (!question) throw new Error('Nothing was asked');
    const receipt = await (await ana.click(question, 'c1:erase:')).until(({ content }) => content.includes('Receipt'));
    expect(receipt.content).toContain('0 already gone, 0 left');
    expect(receipt.content).toContain('1 rewritten without you, 0 left');
    expect(readTranscript(text.messages)).toEqual([]);
    expect(written()).not.toMatch(/Now I am|this is on it|Ana/);
    expect(stage.discord.violations).toEqual([]);
  });
});
