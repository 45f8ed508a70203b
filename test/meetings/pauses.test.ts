import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { PauseLength } from '../../src/core/settings.ts';
import type { Channel, Member } from '../simulators/discord/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';

const MAX_AHEAD_MS = 1_100; // a second, and what the network bunches
const THOUGHT_MS = 850; // longer than recognisers wait, shorter than patience

/** A meeting with Ana, in a server that has chosen a pause, before a recogniser that takes a second ahead of time. */
async function begin(pause: PauseLength, environment: Readonly<Record<string, string>> = {}) {
  const stage = await openStage({ palabra: { maxAheadMs: MAX_AHEAD_MS }, environment });
  const { guild, voice, text, moderator } = stage;
  const ana = guild.addMember({ name: 'Ana' });
  ana.join(voice);
  await stage.command(moderator, 'settings set', { pause });
  await stage.command(ana, 'transcribe start');
  return { stage, ana, text };
}

/** Ana stops to think in the middle of a sentence. Returns what became final. */
async function think({ stage, ana }: Awaited<ReturnType<typeof begin>>): Promise<readonly string[]> {
  await ana.say('so I think');
  await delay(THOUGHT_MS);
  await ana.say('that we should go');
  await stage.palabra.until(({ finals }) => finals.some(({ text }) => text.endsWith('go')));
  expect(stage.palabra.finals.every(({ isIntact, slips }) => isIntact && slips === 0)).toBe(true);
  expect([...stage.discord.violations, ...stage.palabra.violations]).toEqual([]);
  return stage.palabra.finals.map(({ text }) => text);
}

async function choosePatience(ana: Member, text: Channel): Promise<void> {
  const panel = await text.waitFor(({ components }) => JSON.stringify(components).includes('p1:reads:'));
  const asked = await ana.click(panel, /p1:reads:[\w-]+/.exec(JSON.stringify(panel.components))?.[0] ?? '');
  if (!asked.original) throw new Error('There is an answer');
  const chosen = await ana.click(asked.original, 'p1:pausing:me', { values: ['patient'] });
  await chosen.until(({ content }) => content.includes('patient'));
}

describe.concurrent('a pause in a meeting', inRealTime, () => {
  const whole = ['so I think that we should go'];
  const halves = ['so I think', 'that we should go'];

  it.each([
    ['quick', {}, halves],
    ['normal', {}, halves],
    ['patient', {}, whole],
    ['patient', { PALABRA_CLOSING_LEAD: 'off' }, whole],
    ['patient', { PALABRA_FORMAT: 'ogg' }, whole],
    ['normal', { PALABRA_FORMAT: 'ogg' }, halves],
  ] as const)('ends a sentence as the server wants it: %s, with %o', async (pause, environment, finals) => {
    const meeting = await begin(pause, environment);
    await using _stage = meeting.stage;
    expect(await think(meeting)).toEqual(finals);
  });

  it('ends a sentence as its speaker wants it, from the moment of their choice on', async () => {
    const meeting = await begin('normal');
    await using _stage = meeting.stage;
    await choosePatience(meeting.ana, meeting.text);
    expect(await think(meeting)).toEqual(whole);
  });
});
