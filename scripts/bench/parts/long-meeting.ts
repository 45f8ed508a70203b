import { shippedOptions } from '../../../test/support/shipped-options.ts';
import type { ContestantCalls } from '../contestants/contestant.ts';
import { Helper } from '../contestants/helper.ts';
import type { SinkCalls } from '../contestants/sink.ts';
import type { TalkersCalls } from '../contestants/talkers.ts';
import type { LongMeeting } from '../report/figures.ts';
import type { Speech } from '../speech.ts';

const BOT = '83000000000000001';
const FRAMES_PER_MINUTE = 3_000;
const WARM_UP_FRAMES = 150; // in real time, until the speaker has a socket
const BYTES_PER_MB = 1e6;

export interface LongMeetingPlan {
  readonly minutes: number; // of talk without a pause
  readonly partMinutes: number; // the length of each measured part
}

/**
 * Measures one person who talks for hours, in a time that advances with the packets: the cost of a frame in each part,
 * and the memory in use at its end.
 */
export async function measureLongMeeting(
  { minutes, partMinutes }: LongMeetingPlan,
  { recordings }: Speech,
): Promise<LongMeeting[]> {
  await using sink = new Helper<SinkCalls>(new URL('../contestants/sink.ts', import.meta.url));
  await using talkers = new Helper<TalkersCalls>(new URL('../contestants/talkers.ts', import.meta.url));
  await using bot = new Helper<ContestantCalls>(new URL('../contestants/ours.ts', import.meta.url), shippedOptions());
  const addresses = await sink.ask('open', { partials: false });
  const call = await talkers.ask('open', { speakers: 1, bots: [BOT], recordings });
  await bot.ask('join', { bot: BOT, call, ...addresses, time: 'by packets' });
  await talkers.ask('settled', undefined);
  const talk = async (frames: number, how: 'speak' | 'rush') => {
    const sent = await talkers.ask('prepare', { bot: BOT, coding: 'stereo', frames });
    await bot.ask('begin', { frames: sent });
    await talkers.ask(how, undefined);
    return await bot.ask('finished', undefined);
  };
  await talk(WARM_UP_FRAMES, 'speak');
  await talk(FRAMES_PER_MINUTE, 'rush'); // not counted: V8 compiles the code meanwhile
  const parts: LongMeeting[] = [];
  for (let minute = partMinutes; minute <= minutes; minute += partMinutes) {
    const { cpuUs, frames } = await talk(partMinutes * FRAMES_PER_MINUTE, 'rush');
    const rssBytes = await bot.ask('rssBytes', undefined);
    await sink.ask('arrivals', undefined); // discarded, as the sink would keep them all
    parts.push({ minute, usPerFrame: cpuUs / frames, rssMb: rssBytes / BYTES_PER_MB });
  }
  return parts;
}
