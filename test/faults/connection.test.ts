import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../simulators/discord/index.ts';
import { PERFECT } from '../simulators/discord/voice/index.ts';
import type { FaultMeeting } from '../support/meetings/fault-meeting.ts';
import { type FaultStage, SOUND } from '../support/meetings/fault-stage.ts';
import type { Outcome } from '../support/meetings/outcome.ts';
import { type Played, play } from '../support/meetings/play.ts';
import { talkWhile } from '../support/meetings/talk-while.ts';
import { flawsOf, NONE } from '../support/meetings/whole.ts';

async function voiceDrops(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet();
  await talkWhile(faults, meeting, 5_000, () => meeting.botInVoice.drop());
  return await meeting.end('voice gateway cut every 5 s, resumed');
}

/** Somebody comes or goes every 2 s, and everybody's keys change. */
async function keysChange(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet();
  const guest = meeting.guild.addMember({ name: 'Guest' });
  await talkWhile(faults, meeting, 2_000, () => {
    if (guest.voice) guest.leave();
    else guest.join(meeting.voice);
  });
  return await meeting.end('a new DAVE epoch every 2 s, as somebody joins or leaves');
}

async function gatewayDrops(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet();
  await talkWhile(faults, meeting, 4_000, () => faults.stage.discord.gateway.drop());
  return await meeting.end('gateway cut every 4 s, resumed');
}

const TURNS_BETWEEN_LOSSES = 2;
const DEAD_MS = 10_000;
const TURNS_WHILE_DEAD = 3; // about as long

/** Nothing comes through the line for 10 s, and nobody knows; all else works. What is said meanwhile is lost. */
async function lineDies(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet(2);
  const room = faults.stage.discord.voiceRoom(meeting.voice);
  await meeting.talk(faults.scripts(meeting, 1));
  const heard = meeting.said.length;
  room.network = { ...PERFECT, lossRate: 1 };
  await Promise.all([meeting.talk(faults.scripts(meeting, TURNS_WHILE_DEAD, 1)), delay(DEAD_MS)]);
  room.network = PERFECT;
  meeting.said.splice(heard);
  await meeting.talk(faults.scripts(meeting, 1, 1 + TURNS_WHILE_DEAD));
  return await meeting.end('UDP path dead for 10 s');
}

/** Waits until the bot can hear in the channel. */
async function botHears(faults: FaultStage, channel: Channel, botId: string): Promise<void> {
  const room = () => faults.stage.discord.voiceRoom(channel);
  await vi.waitFor(() => expect(room().clients.get(botId)?.state).toBe('ready'), { timeout: 20_000 });
  await room().settled();
}

/** Discord takes the voice server away and names another, while nobody speaks. */
async function serverChanges(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet(2);
  await meeting.talk(faults.scripts(meeting, TURNS_BETWEEN_LOSSES));
  await faults.stage.discord.voiceServerChange(meeting.guild);
  await botHears(faults, meeting.voice, meeting.guild.bot.id);
  await meeting.talk(faults.scripts(meeting, TURNS_BETWEEN_LOSSES, TURNS_BETWEEN_LOSSES));
  return await meeting.end('voice server taken away, another named');
}

/** Everybody goes to another channel, and somebody drags the bot there, too. */
async function isMoved(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet(2);
  const lounge = meeting.guild.addVoiceChannel('Lounge');
  await meeting.talk(faults.scripts(meeting, TURNS_BETWEEN_LOSSES));
  for (const person of meeting.people) person.move(lounge);
  meeting.guild.bot.move(lounge);
  await botHears(faults, lounge, meeting.guild.bot.id);
  await meeting.talk(faults.scripts(meeting, TURNS_BETWEEN_LOSSES, TURNS_BETWEEN_LOSSES));
  return await meeting.end('moved to another channel');
}

/** Says a few sentences, loses the voice connection for good, and resolves when the bot can hear again. */
async function talkAndLose(meeting: FaultMeeting, faults: FaultStage, part: number, lose: () => void): Promise<void> {
  await meeting.talk(faults.scripts(meeting, TURNS_BETWEEN_LOSSES, part * TURNS_BETWEEN_LOSSES));
  const isBack = once(faults.stage.discord.voiceServer, 'ready', { signal: AbortSignal.timeout(20_000) });
  lose();
  await isBack;
  await faults.stage.discord.voiceRoom(meeting.voice).settled();
}

/** Nothing is said while the bot is away. */
async function isReplaced(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet();
  const { voiceServer, gateway } = faults.stage.discord;
  await talkAndLose(meeting, faults, 0, () => {
    voiceServer.faults.refuseResumes = 1;
    meeting.botInVoice.drop();
  });
  await talkAndLose(meeting, faults, 1, () => gateway.invalidateSession(false));
  await meeting.talk(faults.scripts(meeting, TURNS_BETWEEN_LOSSES, 2 * TURNS_BETWEEN_LOSSES));
  return await meeting.end('voice resume refused, then gateway session invalidated');
}

/** What was said while nothing could be heard is a gap, and no flaw. */
function isWholeButForGaps(outcome: Outcome): boolean {
  return isDeepStrictEqual({ ...flawsOf(outcome), gaps: [] }, NONE);
}

let cut: Played<'voiceDrops' | 'keysChange' | 'gatewayDrops'>;
let session: Played<'isReplaced'>;
let place: Played<'lineDies' | 'serverChanges' | 'isMoved'>;
beforeAll(async () => {
  [cut, session, place] = await Promise.all([
    play({ voiceDrops, keysChange, gatewayDrops }),
    play({ isReplaced }, {}, { isReplaced: isWholeButForGaps }),
    play({ lineDies, serverChanges, isMoved }, {}, { lineDies: isWholeButForGaps }),
  ]);
}, 180_000);

describe('when the connection to Discord is cut', () => {
  it('for voice, every 5 s, and resumed, nothing is lost, doubled or out of its time', () => {
    expect(flawsOf(cut.outcomes.voiceDrops)).toEqual(NONE);
  });

  it('and all keys change every 2 s, as somebody joins or leaves, nothing is lost', () => {
    expect(flawsOf(cut.outcomes.keysChange)).toEqual(NONE);
  });

  it('every 4 s, and resumed, nothing is lost', () => {
    expect(flawsOf(cut.outcomes.gatewayDrops)).toEqual(NONE);
  });

  it('the log holds no defect, no secret and no spoken word', () => {
    expect(cut.process).toEqual(SOUND);
  });
});

describe('when the bot cannot hear for a while', () => {
  it('because voice or its gateway session was lost, all is told that was said before and after', () => {
    expect({ ...flawsOf(session.outcomes.isReplaced), gaps: [] }).toEqual(NONE);
  });

  it('as no sound comes for 10 s, all is told from before and after, and of whom what is missing', () => {
    const { lineDies } = place.outcomes;
    expect({ ...flawsOf(lineDies), gaps: [] }).toEqual(NONE);
    const { gaps } = lineDies.record;
    expect(new Set(gaps.map(({ speakerId }) => speakerId)).size).toBe(lineDies.people.length);
    for (const { startMs, endMs, reason } of gaps) {
      expect(reason).toBe('voice connection lost');
      expect(endMs - startMs).toBeGreaterThan(3_000);
      expect(endMs - startMs).toBeLessThan(DEAD_MS + 5_000);
    }
    const told = lineDies.notices.filter((notice) => notice.includes('voice connection lost'));
    expect(told).toHaveLength(lineDies.people.length);
  });

  it('as the voice server is taken away and another named, all is told from before and after', () => {
    expect(flawsOf(place.outcomes.serverChanges)).toEqual(NONE);
  });

  it('as the bot is moved to another channel, it goes on there, and says so', () => {
    expect(flawsOf(place.outcomes.isMoved)).toEqual(NONE);
    expect(place.outcomes.isMoved.notices).toEqual([expect.stringContaining('Lounge')]);
  });

  it('the log holds no defect, no secret and no spoken word', () => {
    for (const { process } of [session, place]) expect(process).toEqual(SOUND);
  });
});
