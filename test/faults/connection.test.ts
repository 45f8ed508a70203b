import { once } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FaultMeeting } from './support/fault-meeting.ts';
import { type FaultStage, SOUND } from './support/fault-stage.ts';
import type { Outcome } from './support/outcome.ts';
import { type Played, play } from './support/play.ts';
import { talkWhile } from './support/talk-while.ts';
import { flawsOf, NONE } from './support/whole.ts';

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

describe('when the connection to Discord is cut', () => {
  let played: Played<'voiceDrops' | 'keysChange' | 'gatewayDrops'>;
  beforeAll(async () => {
    played = await play({ voiceDrops, keysChange, gatewayDrops });
  }, 150_000);

  it('for voice, every 5 s, and resumed, nothing is lost, doubled or out of its time', () => {
    expect(flawsOf(played.outcomes.voiceDrops)).toEqual(NONE);
  });

  it('and all keys change every 2 s, as somebody joins or leaves, nothing is lost', () => {
    expect(flawsOf(played.outcomes.keysChange)).toEqual(NONE);
  });

  it('every 4 s, and resumed, nothing is lost', () => {
    expect(flawsOf(played.outcomes.gatewayDrops)).toEqual(NONE);
  });

  it('the log holds no defect, no secret and no spoken word', () => {
    expect(played.process).toEqual(SOUND);
  });
});

describe('when the connection to Discord has to be made anew', () => {
  let played: Played<'isReplaced'>;
  beforeAll(async () => {
    played = await play({ isReplaced });
  }, 150_000);

  it('all is told that was said before and after, as if nothing had happened', () => {
    expect({ ...flawsOf(played.outcomes.isReplaced), gaps: [] }).toEqual(NONE);
  });

  it('the log holds no defect, no secret and no spoken word', () => {
    expect(played.process).toEqual(SOUND);
  });
});
