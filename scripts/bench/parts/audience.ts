import { setTimeout as delay } from 'node:timers/promises';
import type { Member } from '../../../test/simulators/discord/index.ts';
import { packetsOf } from '../../../test/support/meetings/packets-of.ts';
import { openStage, type Stage } from '../../../test/support/stage.ts';
import { costOf } from '../process-cost.ts';
import { sentencesOf } from '../sentences.ts';

const SETTLING_MS = 5_000;
const PAUSE_MS = 1_000;
const SENTENCES = 200;

/** The cost of the whole bot, in percent of a core, while some people in a channel talk and the others listen. */
export async function measureAudience(people: number, talking: number, measuredMs: number): Promise<number> {
  await using stage = await openStage();
  const members = Array.from({ length: people }, (_, i) => stage.guild.addMember({ name: `Person${i}` }));
  for (const member of members) member.join(stage.voice);
  await stage.command(stage.moderator, 'transcribe start', { 'voice-channel': stage.voice });
  await stage.discord.voiceRoom(stage.voice).settled();
  const over = new AbortController();
  const talk = members.slice(0, talking).map((member, i) => talkOn(stage, member, i, over.signal));
  await delay(SETTLING_MS);
  const before = costOf(stage.bot.pid);
  const beganMs = performance.now();
  await delay(measuredMs);
  const cpuMs = costOf(stage.bot.pid).cpuMs - before.cpuMs;
  const percent = (cpuMs / (performance.now() - beganMs)) * 100;
  over.abort();
  await Promise.all(talk);
  return percent;
}

async function talkOn(stage: Stage, member: Member, index: number, over: AbortSignal): Promise<void> {
  for (const text of sentencesOf(index, SENTENCES)) {
    if (over.aborted) return;
    await stage.discord.voiceOf(member).sayPackets(packetsOf(text));
    await delay(PAUSE_MS);
  }
}
