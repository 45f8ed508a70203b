import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { CONVERSATION } from '../../scripts/demo/conversation.ts';
import { meetingDemo } from '../../scripts/demo/meeting.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { follow } from '../web/live/support/served.ts';

const FIRST_LINE = CONVERSATION.slice(0, 1);
const SAID = FIRST_LINE[0]?.text ?? '';

it('prints a link to the live page while the demo runs, and with --stay keeps the page of the meeting until Ctrl+C', {
  ...inRealTime,
  timeout: 60_000,
}, async () => {
  const filesIn = await mkdtemp(join(tmpdir(), 'demo-'));
  onTestFinished(() => rm(filesIn, { recursive: true }));
  let printed = '';
  const paper = {
    write(text: string) {
      printed += stripVTControlCharacters(text);
    },
  };
  const link = (sentence: RegExp) =>
    vi
      .waitFor(() => expect(sentence.exec(printed)?.[1]).toBeDefined(), { timeout: 30_000 })
      .then(() => sentence.exec(printed)?.[1] ?? '');
  const stop = new AbortController();
  const ended = meetingDemo({ paper, conversation: FIRST_LINE, chloeJoinsMs: 0, filesIn, stays: true }, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });

  const live = await link(/Ana presses “Live page”.* (http:\S+)\n/);
  const entered = await fetch(live, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const [address = ''] = live.split('?');
  const { events } = await follow(`${address}/lines`, cookie);
  await expect.poll(() => events.some(({ line }) => line?.text === SAID), { timeout: 15_000 }).toBe(true);

  expect(await link(/stays open until you press Ctrl\+C: (http:\S+)\n/)).toBe(live);
  const page = await fetch(address, { headers: { cookie } });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(SAID);
  expect(await readdir(filesIn)).toContain('channel.html');
  stop.abort();
  await ended;
  await expect(fetch(address)).rejects.toThrow('fetch failed');
  expect(printed).not.toContain("The bot's log");
});
