import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { readTranscript } from '../discord/support/read-transcript.ts';
import type { Message } from '../simulators/discord/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage, type Stage } from '../support/stage.ts';

const areMinutes = (message: Message) => message.attachments.length > 0;

function linesIn(stage: Stage): string[] {
  return readTranscript(stage.text.messages.filter((message) => !areMinutes(message))).map(({ text }) => text);
}

/** The bot may write the status of the voice channel, where somebody has written one. */
function mayWriteStatus({ guild, voice }: Stage): void {
  voice.setOverwrite({ for: guild.bot, allow: ['SetVoiceChannelStatus'] });
  voice.setStatus('Book of the week');
}

/** Everything that a reader's live page is sent until the meeting is over. */
async function livePage({ bot, guild }: Stage, panel: Message): Promise<Promise<string>[]> {
  const live = JSON.stringify(panel.components).match(/"p1:live:[^"]+"/)?.[0] ?? '';
  const reader = guild.addMember({ name: 'Reader' });
  const reply = await reader.click(panel, live.replaceAll('"', ''));
  const url = new URL(JSON.stringify(reply.components).match(/"url":"([^"]+)"/)?.[1] ?? '');
  const port = /"port":(\d+)/.exec(bot.output)?.[1];
  const at = `http://127.0.0.1:${port}${url.pathname}`;
  const exchanged = await fetch(`${at}${url.search}`, { redirect: 'manual' });
  const [cookie = ''] = exchanged.headers.get('set-cookie')?.split(';') ?? [];
  const response = await fetch(`${at}/lines`, { headers: { cookie } });
  return [response.text()];
}

describe.concurrent('after a restart by the host in the middle of a meeting', inRealTime, () => {
  it('goes on in the same messages, with the last words from before and a word about it', async () => {
    await using stage = await openStage();
    mayWriteStatus(stage);
    const ana = stage.guild.addMember({ name: 'Ana' });
    ana.join(stage.voice);
    await stage.command(ana, 'transcribe start');
    const panel = await stage.text.waitFor(({ components }) => components.length > 0);
    await ana.say('Before the restart.');

    const beganMs = performance.now();
    stage.bot.kill('SIGTERM');
    expect(await stage.bot.exit()).toBe(0);
    expect(performance.now() - beganMs).toBeLessThan(15_000);
    expect(linesIn(stage)).toEqual(['Before the restart.']);
    expect(stage.text.messages.some(({ content }) => content.includes('I am being restarted'))).toBe(true);
    expect([panel.content, panel.components]).toEqual([expect.stringContaining('I am being restarted'), []]);
    expect(stage.text.messages.filter(areMinutes)).toEqual([]);
    expect(stage.voice.status).toBe('Book of the week'); // nobody is transcribed now

    const hears = once(stage.discord.voiceServer, 'ready', { signal: AbortSignal.timeout(30_000) });
    stage.bot.restart();
    await hears;
    await stage.text.waitFor(({ content }) => content.includes('I was away'), { timeoutMs: 20_000 });
    await stage.text.waitFor((message) => message === panel && panel.components.length > 0, { timeoutMs: 20_000 });
    await ana.say('After the restart.');
    expect(stage.voice.status).toBe('transcribed in #transcript');
    await stage.text.waitFor(({ content }) => content.includes('After the restart.'));
    stage.bot.kill('SIGINT'); // somebody pressed Ctrl+C: that ends it
    expect(await stage.bot.exit()).toBe(0);
    expect(stage.voice.status).toBe('Book of the week');
    expect(linesIn(stage)).toEqual(['Before the restart.', 'After the restart.']);
    expect(stage.text.messages.filter(areMinutes)).toHaveLength(1);
  }, 90_000);
});

describe.concurrent('after a crash in the middle of a meeting', inRealTime, () => {
  it('goes on where people are still there, says how long it was away, and the minutes are whole', async () => {
    await using stage = await openStage({ environment: { PUBLIC_URL: 'https://parley.example.org' } });
    mayWriteStatus(stage);
    const ana = stage.guild.addMember({ name: 'Ana' });
    ana.join(stage.voice);
    await stage.command(ana, 'transcribe start');
    const panel = await stage.text.waitFor(({ components }) => components.length > 0);
    await ana.say('Before the crash.');
    await stage.text.waitFor(({ content }) => content.includes('Before the crash.'));

    stage.bot.kill('SIGKILL');
    await stage.bot.exit();
    expect(stage.voice.status).toBe('transcribed in #transcript');
    const editsBefore = panel.edits.length;
    const hears = once(stage.discord.voiceServer, 'ready', { signal: AbortSignal.timeout(30_000) });
    stage.bot.restart();
    await hears;
    await stage.text.waitFor(({ content }) => content.includes('I was away'), { timeoutMs: 20_000 });
    const [page] = await livePage(stage, panel);
    await ana.say('After the crash.');
    await stage.text.waitFor(({ content }) => content.includes('After the crash.'));
    await stage.text.waitFor((message) => message === panel && panel.edits.length > editsBefore);
    await stage.command(ana, 'transcribe stop');
    expect(await page).toMatch(/Before the crash\..*After the crash\..*event: over/s);
    await stage.text.waitFor((message) => message === panel && panel.content.includes('the meeting is over'));
    expect(stage.text.messages.filter(({ content }) => content.startsWith('###'))).toEqual([panel]);
    expect(stage.voice.status).toBe('Book of the week'); // as before the first process

    expect(linesIn(stage)).toEqual(['Before the crash.', 'After the crash.']);
    const [minutes] = stage.text.messages.filter(areMinutes);
    const markdown = Buffer.from(minutes?.attachments[0]?.bytes ?? []).toString('utf8');
    expect(markdown).toMatch(/Not transcribed.*restarted.*Transcript.*Before the crash\..*After the crash\./s);
  }, 90_000);

  it('posts the minutes of what was heard when nobody is left', async () => {
    await using stage = await openStage();
    const ana = stage.guild.addMember({ name: 'Ana' });
    ana.join(stage.voice);
    await stage.command(ana, 'transcribe start');
    await ana.say('I said this.');
    await stage.text.waitFor(({ content }) => content.includes('I said this.'));

    stage.bot.kill('SIGKILL');
    await stage.bot.exit();
    ana.leave();
    stage.bot.restart();
    const minutes = await stage.text.waitFor(areMinutes, { timeoutMs: 20_000 });
    expect(Buffer.from(minutes.attachments[0]?.bytes ?? []).toString('utf8')).toContain('I said this.');
  }, 90_000);

  it('goes on in the same thread, through the same webhook, and under the same names', async () => {
    await using stage = await openStage();
    const { bot, botRole } = stage.guild;
    const more = ['ManageWebhooks', 'CreatePublicThreads'] as const;
    bot.setRoles([botRole, stage.guild.addRole('More', more)]);
    await stage.moderator.command('settings set', { thread: true }, { channel: stage.text });
    const ana = stage.guild.addMember({ name: 'Ana' });
    ana.join(stage.voice);
    await stage.command(ana, 'transcribe start');
    await ana.say('Before the crash.');
    const thread = await vi.waitFor(
      () => {
        const [started] = stage.guild.threads.values();
        if (!started) throw new Error('No thread was started');
        return started;
      },
      { timeout: 15_000 },
    );
    await thread.waitFor(({ content }) => content === 'Before the crash.');

    stage.bot.kill('SIGKILL');
    await stage.bot.exit();
    stage.bot.restart();
    await thread.waitFor(({ content }) => content.includes('I was away'), { timeoutMs: 20_000 });
    await ana.say('After the crash.');
    await thread.waitFor(({ content }) => content.includes('After the crash.'));
    await stage.command(ana, 'transcribe stop');

    expect([...stage.guild.threads.values()]).toEqual([thread]);
    expect([...stage.discord.world.webhooks.values()]).toHaveLength(1);
    const lines = thread.messages.filter(({ webhook }) => webhook !== undefined);
    expect(lines.map(({ authorName, content }) => `${authorName}: ${content}`)).toEqual([
      'Ana: Before the crash.',
      'Ana: After the crash.',
    ]);
  }, 90_000);
});
