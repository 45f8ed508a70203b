import { beforeAll, describe, expect, it } from 'vitest';
import { type FaultStage, SOUND } from '../support/meetings/fault-stage.ts';
import type { Outcome } from '../support/meetings/outcome.ts';
import { type Played, play } from '../support/meetings/play.ts';
import { talkWhile } from '../support/meetings/talk-while.ts';
import { flawsOf, NONE } from '../support/meetings/whole.ts';

const CLOSE_CODES = [1000, 1001, 'without a word', 1008, 1011, 1012, 1013] as const;
const GARBAGE = ['{"message_type":"transcription",', '[1,null,"x"]', '{"message_type":"warning"}', Buffer.of(0, 255)];

async function resets(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet();
  await talkWhile(faults, meeting, 5_000, () => {
    for (const socket of meeting.sockets) socket.reset();
  });
  return await meeting.end('every socket reset every 5 s');
}

async function closes(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet();
  await talkWhile(faults, meeting, 2_000, (round) => {
    const code = CLOSE_CODES[round % CLOSE_CODES.length] ?? 1011;
    const [socket] = meeting.sockets; // the oldest: everybody meets some
    if (code === 'without a word') socket?.terminate();
    else socket?.close(code);
  });
  return await meeting.end('a socket closed every 2 s, with one code after another');
}

async function talksNonsense(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet();
  await talkWhile(faults, meeting, 500, (round) => {
    for (const socket of meeting.sockets) socket.send(GARBAGE[round % GARBAGE.length] ?? '');
  });
  return await meeting.end('garbage on every socket every 0.5 s');
}

describe('when the recogniser', () => {
  let played: Played<'resets' | 'closes' | 'talksNonsense'>;
  beforeAll(async () => {
    played = await play({ resets, closes, talksNonsense });
  }, 150_000);

  it('resets every connection every 5 s, each word is told once, under the right name and in its time', () => {
    expect(flawsOf(played.outcomes.resets)).toEqual(NONE);
  });

  it('closes connections with one code after another, each word is told once', () => {
    expect(flawsOf(played.outcomes.closes)).toEqual(NONE);
  });

  it('talks nonsense, it is passed over', () => {
    expect(flawsOf(played.outcomes.talksNonsense)).toEqual(NONE);
  });

  it('is in trouble, the log holds no defect, no secret and no spoken word', () => {
    expect(played.process).toEqual(SOUND);
  });
});
