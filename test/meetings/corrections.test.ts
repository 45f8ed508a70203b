import { describe, expect, it } from 'vitest';
import { minutesJson } from '../../src/minutes/text/minutes-json.ts';
import { freePort } from '../support/free-port.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { follow } from '../web/live/support/served.ts';

const WRONG = 'we ask cuba netties about it';
const RIGHT = 'We ask Kubernetes about it';

/** Ana has said something in a running meeting that was heard wrong, and reads its live page. */
async function heardWrong(stage: Stage) {
  const { guild, voice, text } = stage;
  const ana = guild.addMember({ name: 'Ana' });
  ana.join(voice);
  await stage.command(ana, 'transcribe start');
  await ana.say(WRONG);
  const line = await text.waitFor(({ content }) => content.includes(WRONG) && !content.includes('*…*'), {
    timeoutMs: 15_000,
  });
  return { ana, line };
}

async function exported(stage: Stage) {
  const { moderator, text } = stage;
  const [meeting] = await moderator.autocomplete('minutes export', 'meeting', '', { channel: text });
  const options = { meeting: String(meeting?.value), format: 'json' };
  const { original } = await stage.command(moderator, 'minutes export', options);
  return minutesJson.parse(JSON.parse(Buffer.from(original?.attachments[0]?.bytes ?? []).toString()));
}

describe.concurrent('a line that was heard wrong', inRealTime, () => {
  it('is put right while the meeting runs: in the channel, on the live page, in minutes and exports', async () => {
    const port = `${await freePort()}`;
    const pages = { HTTP_HOST: '127.0.0.1', HTTP_PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` };
    await using stage = await openStage({ environment: pages });
    const { moderator, text, discord } = stage;
    const { ana, line } = await heardWrong(stage);
    const panel = await text.waitFor(({ components }) => JSON.stringify(components).includes('p1:live'));
    const button = /p1:live:[^"]+/.exec(JSON.stringify(panel.components))?.[0] ?? '';
    const url = /"url":"([^"]+)"/.exec(JSON.stringify((await ana.click(panel, button, {})).components))?.[1] ?? '';
    const entered = await fetch(url, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { events } = await follow(`${url.split('?')[0]}/lines`, cookie);
    await expect.poll(() => events.some(({ line }) => line?.text === WRONG), { timeout: 15_000 }).toBe(true);

    const reply = await ana.submit(await ana.useOnMessage('Correct', line), { text: RIGHT });
    expect(reply.content).toContain('Corrected, in the message');
    await text.waitFor(({ content }) => content.includes(`${RIGHT} *(corrected)*`));
    await expect
      .poll(() => events.some(({ line }) => line?.text === RIGHT && line.corrected === true), { timeout: 5_000 })
      .toBe(true);
    await stage.command(moderator, 'transcribe stop');
    const minutes = await text.waitFor(({ attachments }) => attachments.length > 0, { timeoutMs: 15_000 });
    const markdown = Buffer.from(minutes.attachments[0]?.bytes ?? []).toString();
    expect(markdown).toContain(`${RIGHT} *(corrected by Ana, `);
    expect(markdown).not.toContain('cuba');
    const [utterance] = (await exported(stage)).utterances;
    expect(utterance).toMatchObject({ text: RIGHT, corrected: { original: WRONG, by: { name: 'Ana' } } });
    const page = await fetch(url.split('?')[0] ?? '', { headers: { cookie } });
    expect(await page.text()).toMatch(new RegExp(`${RIGHT}</span> <small>\\(corrected by Ana, `));
    expect(discord.violations).toEqual([]);
  });

  it('is put right afterwards as well: its message, the posted minutes and exports', async () => {
    await using stage = await openStage();
    const { moderator, text, discord } = stage;
    const { line } = await heardWrong(stage);
    await stage.command(moderator, 'transcribe stop');
    const minutes = await text.waitFor(({ attachments }) => attachments.length > 0, { timeoutMs: 15_000 });
    const opened = await moderator.useOnMessage('Correct', line);
    const reply = await moderator.submit(opened, { text: RIGHT }, { answerWithinMs: 20_000 });
    expect(reply.content).toContain('Corrected, in the message');
    expect(reply.content).toContain('I heard “cuba netties” and you wrote “Kubernetes”');
    expect(line.content).toContain(`${RIGHT} *(corrected)*`);
    const markdown = () => Buffer.from(minutes.attachments[0]?.bytes ?? []).toString();
    expect(markdown()).toContain(`${RIGHT} *(corrected by Moderator, `);
    expect((await exported(stage)).utterances[0]?.corrected?.original).toBe(WRONG);
    expect(discord.violations).toEqual([]);
  });
});
