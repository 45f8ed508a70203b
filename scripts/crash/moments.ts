import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '../../test/simulators/discord/index.ts';
import type { FaultMeeting } from '../../test/support/meetings/fault-meeting.ts';
import type { ParleyProcess } from '../../test/support/parley.ts';

const LIMIT_MS = 30_000; // people are talking, so every expected event comes within seconds
const TALK_MS = 3_000;
const BOOT_MS = 1_500;
const FINAL_TO_POST_MS = 40;
const ENDING_MS = 1_500;
const MESSAGES = /\/messages$/;
const HANGING_MS = 60;

export interface Scene {
  readonly bot: ParleyProcess;
  readonly meetings: readonly FaultMeeting[];
  readonly random: () => number;
}

/** A moment at which to kill the process. */
export interface Moment {
  readonly name: string;
  /** Waits for the moment and kills the process. */
  strike(scene: Scene): Promise<void>;
}

/** Kills the bot at the moment when Discord accepts such a message, before the answer reaches the bot. */
async function asSoonAs({ bot, meetings }: Scene, fits: (message: Message) => boolean): Promise<void> {
  const struck = Promise.withResolvers<void>();
  const watches = meetings.map(({ text }) =>
    text.watch((message) => {
      if (!fits(message)) return;
      bot.kill('SIGKILL');
      struck.resolve();
    }),
  );
  const timer = setTimeout(
    () => struck.reject(new Error(`The moment to kill never came; the bot says:\n${bot.output.slice(-3000)}`)),
    LIMIT_MS,
  );
  await struck.promise.finally(() => {
    clearTimeout(timer);
    for (const stop of watches) stop();
  });
}

/** Lets the next message hang, and kills the bot while it waits for the answer. */
async function whilePosting({ bot, meetings: [meeting] }: Scene): Promise<void> {
  const { rest } = meeting?.stage.discord ?? {};
  if (!rest) throw new Error('There is no meeting');
  const before = rest.seen.length;
  rest.failNext({ method: 'POST', path: MESSAGES, with: 'hang' });
  const limitMs = performance.now() + LIMIT_MS;
  while (!rest.seen.slice(before).some(({ status }) => status === 0)) {
    if (performance.now() > limitMs)
      throw new Error(`The moment to kill never came; the bot says:\n${bot.output.slice(-3000)}`);
    await delay(2);
  }
  await delay(HANGING_MS); // finals that arrive meanwhile are journalled and wait
  bot.kill('SIGKILL');
  rest.faults.clear();
}

/** Moments while people talk. */
export const IN_THE_MIDDLE: readonly Moment[] = [
  {
    name: 'at any time',
    async strike({ bot, random }) {
      await delay(TALK_MS * random());
      bot.kill('SIGKILL');
    },
  },
  {
    name: 'a final has just arrived',
    async strike({ bot, meetings: [meeting], random }) {
      if (meeting) await once(meeting.stage.palabra, 'final', { signal: AbortSignal.timeout(LIMIT_MS) });
      await delay(FINAL_TO_POST_MS * random());
      bot.kill('SIGKILL');
    },
  },
  {
    name: 'a message is posted, its answer lost',
    strike: (scene) =>
      asSoonAs(scene, ({ edits, content, isDeleted }) => edits.length === 0 && !isDeleted && isSpeech(content)),
  },
  { name: 'a message is not posted', strike: whilePosting },
  {
    name: 'a message is edited, its answer lost',
    strike: (scene) => asSoonAs(scene, ({ edits, content }) => edits.length > 0 && isSpeech(content)),
  },
];

/** A moment right after the previous start. */
export const AT_THE_BEGINNING: Moment = {
  name: 'again, right after the start',
  async strike({ bot, random }) {
    await bot.says('Ready as');
    await delay(BOOT_MS * random());
    bot.kill('SIGKILL');
  },
};

/** Moments after somebody has ended the meeting. */
export const AT_THE_END: readonly Moment[] = [
  {
    name: 'while the bot waits for the last words',
    async strike({ bot, random }) {
      await delay(ENDING_MS * random());
      bot.kill('SIGKILL');
    },
  },
  {
    name: 'the minutes are posted, the answer lost',
    strike: (scene) => asSoonAs(scene, ({ attachments }) => attachments.length > 0),
  },
  {
    name: 'the minutes are posted, the panel is not updated yet',
    async strike(scene) {
      const { bot, random } = scene;
      const seen = (message: Message) => message.attachments.length > 0;
      await Promise.race(scene.meetings.map(({ text }) => text.waitFor(seen, { timeoutMs: LIMIT_MS })));
      await delay(FINAL_TO_POST_MS * random());
      bot.kill('SIGKILL');
    },
  },
];

/** Whether the message is part of the transcript, not one of the bot's own. */
function isSpeech(content: string): boolean {
  return content !== '' && !content.startsWith('###') && !content.startsWith('ℹ️');
}
