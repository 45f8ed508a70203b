import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readTranscript } from '../discord/support/read-transcript.ts';
import type { Message } from '../simulators/discord/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';

const LISTENERS = 300;

describe('a meeting on a stage', inRealTime, () => {
  it('hears whoever is on it, names them alone, and never asks to speak', { timeout: 90_000 }, async () => {
    await using stage = await openStage();
    const { discord, guild, palabra, moderator } = stage;
    const hall = guild.addVoiceChannel('Hall', { type: 'stage' });
    const ana = guild.addMember({ name: 'Ana' });
    const ben = guild.addMember({ name: 'Ben' });
    const listeners = Array.from({ length: LISTENERS }, (_, index) => guild.addMember({ name: `Listener ${index}` }));
    const robot = guild.addMember({ name: 'Music', bot: true });
    for (const person of [ana, ben, robot]) person.join(hall);
    ana.stage.goUp();
    const said = () => palabra.finals.map(({ text }) => text);
    const panel = () => hall.messages.find(({ content }) => content.startsWith('###'));

    const fromBelow = await ben.command('transcribe start', {}, { channel: hall });
    expect(fromBelow.content).toContain(`You are not on the stage of <#${hall.id}>`);
    await ana.command('transcribe start', {}, { channel: hall }); // from the stage's own chat
    expect(guild.bot.voice).toMatchObject({ channel: hall, suppress: true, requestToSpeakAt: null });
    await Promise.all([ana.say('Good evening, everybody.'), ben.say('Nobody hears me down here.')]);
    await palabra.until(() => said().length === 1);

    const before = discord.rest.seen.length;
    for (const listener of listeners) await soon(() => listener.join(hall));
    await ana.say('Ben, please come up.');
    for (const listener of listeners) await soon(() => listener.leave());
    await palabra.until(() => said().length === 2);
    const requests = discord.rest.seen.slice(before).map(({ method, route }) => `${method} ${route}`);
    expect(requests.length).toBeLessThan(10); // the words, and perhaps one edit of the panel

    ben.stage.invite();
    ben.stage.goUp();
    ana.stage.goDown();
    await hall.waitFor(({ content }) => content.startsWith('Welcome, Ben.'));
    await Promise.all([ben.say('This is my first talk.'), ana.say('He cannot hear me now.')]);
    await palabra.until(() => said().length === 3);
    guild.bot.stage.invite(); // a moderator takes it up: it stays as silent as it was
    await ben.say('And the bot is up here, too.');
    await palabra.until(() => said().length === 4);
    const fromAna = await listeners[0]?.command('transcribe stop', {}, { channel: hall });
    expect(fromAna?.content).toContain('Somebody else started that meeting');
    const status = await ben.command('transcribe status', {}, { channel: hall });
    expect(status.content).toContain('**not end-to-end encrypted**');
    expect(status.content).toContain(`Audience: 1 (${LISTENERS + 1} at most)`);
    expect(panel()?.content).toContain('**not end-to-end encrypted**');

    await moderator.command('transcribe stop', {}, { channel: hall });
    const heard = ['Good evening, everybody.', 'Ben, please come up.', 'This is my first talk.'];
    expect(said()).toEqual([...heard, 'And the bot is up here, too.']);
    expect(readTranscript(hall.messages).map(({ text }) => text)).toEqual(expect.arrayContaining(heard));
    const minutes = hall.messages.find(({ attachments }) => attachments.length > 0);
    expect(minutes?.content).toContain(`Audience: ${LISTENERS + 1} people at most`);
    const written = textOf(minutes);
    expect(written).toContain(`- Audience: ${LISTENERS + 1} people at most`);
    expect(written).toMatch(/\*\*Ana\*\*: .*\n- \*\*Ben\*\*: /);
    expect([minutes?.content, written].join()).not.toContain('Listener');
    expect(
      discord.rest.seen.filter(({ method, route }) => method === 'PATCH' && route.includes('voice-states')),
    ).toEqual([]);
    expect([...discord.violations, ...palabra.violations]).toEqual([]);
  });

  it('goes on in the next process, which sits in the audience again', { timeout: 60_000 }, async () => {
    await using stage = await openStage();
    const { guild, palabra } = stage;
    const hall = guild.addVoiceChannel('Hall', { type: 'stage' });
    const [ana, ben, cleo] = ['Ana', 'Ben', 'Cleo'].map((name) => guild.addMember({ name }));
    if (!ana || !ben || !cleo) throw new Error('Nobody is there');
    for (const person of [ana, ben, cleo]) person.join(hall);
    ana.stage.goUp();
    await ana.command('transcribe start', {}, { channel: hall });
    guild.bot.stage.invite();
    await ana.say('Before the crash.');
    await palabra.until(() => palabra.finals.length === 1);
    cleo.leave();
    stage.bot.kill('SIGKILL');
    await stage.bot.exit();
    ana.stage.goDown();
    ben.stage.goUp();
    stage.bot.restart();
    await hall.waitFor(({ content }) => content.includes('I was away'), { timeoutMs: 20_000 });
    expect(guild.bot.voice).toMatchObject({ channel: hall, suppress: true });
    await ben.say('After the crash.');
    await palabra.until(() => palabra.finals.length === 2);
    await stage.moderator.command('transcribe stop', {}, { channel: hall });
    const minutes = hall.messages.find(({ attachments }) => attachments.length > 0);
    expect(minutes?.content).toContain('Audience: 2 people at most');
    expect(textOf(minutes)).toMatch(/\*\*Ana\*\*: .*\n- \*\*Ben\*\*: /);
    expect(stage.discord.violations).toEqual([]);
  });
});

/** People come one after the other, so that nothing stands still. */
async function soon(act: () => void): Promise<void> {
  await setImmediate();
  act();
}

function textOf(message: Message | undefined): string {
  return Buffer.from(message?.attachments[0]?.bytes ?? []).toString();
}
