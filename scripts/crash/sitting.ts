import { setTimeout as delay } from 'node:timers/promises';
import type { FaultMeeting } from '../../test/support/meetings/fault-meeting.ts';
import type { FaultStage } from '../../test/support/meetings/fault-stage.ts';
import { beginToWatch, longestStall, type Stall } from '../../test/support/real-time/stalls.ts';
import { type Away, areMinutes, examine, type Verdict } from './examine.ts';
import { AT_THE_BEGINNING, type Moment, type Scene } from './moments.ts';
import { Talk } from './talk.ts';

const MEETINGS = 2; // at the same time, each in its own server
const TALK_MS = 2_500; // at least, so that some finals have arrived and some have not
const MAX_AWAY_MS = 1_500;
const BACK_LIMIT_MS = 40_000;
const MINUTES_LIMIT_MS = 60_000;

export interface Round {
  readonly moment: string;
  readonly awayMs: number; // from the kill to the start
  readonly backMs?: number; // from the start to the notice that it is back, or to the minutes; missing when it was killed earlier
}

/** The results of several kills on meetings that ran at the same time. */
export interface Sitting {
  readonly rounds: readonly Round[];
  readonly verdicts: readonly Verdict[];
  readonly complaints: readonly string[];
  readonly stall: Stall | undefined; // the longest stall of the machine, which can explain missing words
}

/** Plays meetings from beginning to minutes and kills the bot at certain moments. */
export class KilledSitting {
  readonly #faults: FaultStage;
  readonly #random: () => number;
  readonly #speakers: number;
  readonly #sentences: Iterator<string>;
  readonly #rounds: Round[] = [];
  readonly #aways: Away[] = [];
  readonly #complaints = new Set<string>();

  /** @param sentences - all different, so that a repetition, or a sentence in another meeting, is a defect */
  constructor(faults: FaultStage, sentences: Iterator<string>, speakers: number, random: () => number) {
    this.#faults = faults;
    this.#sentences = sentences;
    this.#speakers = speakers;
    this.#random = random;
  }

  /** @param end - the moment of the last kill, after somebody has ended the meeting */
  async play(middle: readonly Moment[], end: Moment): Promise<Sitting> {
    const { bot } = this.#faults.stage;
    const beganAtMs = beginToWatch();
    const meetings: FaultMeeting[] = [];
    while (meetings.length < MEETINGS) meetings.push(await this.#faults.meet(this.#speakers));
    // In one of them, lines appear under the speakers' own names.
    const { guild } = meetings[0] ?? {};
    guild?.bot.setRoles([guild.botRole, guild.addRole('Webhooks', ['ManageWebhooks'])]);
    const scene: Scene = { bot, meetings, random: this.#random };
    const talks = meetings.map((meeting) => new Talk(meeting, this.#sentences, this.#random));
    for (const [index, moment] of middle.entries()) {
      // A bot that is killed right after the start cannot say that it is back.
      if (moment !== AT_THE_BEGINNING) await delay(TALK_MS * (1 + this.#random()));
      const isShort = middle[index + 1] === AT_THE_BEGINNING;
      await this.#kill(scene, moment, isShort ? undefined : () => this.#isBack(meetings));
    }
    const left = meetings.map(({ text }) => text.history.filter(areMinutes).length);
    if (left.some((count) => count > 0)) throw new Error('A meeting ended although people were still in it');
    // The answer to the command is lost with the process.
    await delay(TALK_MS * this.#random());
    for (const meeting of meetings) void meeting.askToEnd().catch(() => {});
    await this.#kill(scene, end, () => this.#isWrittenUp(meetings));
    await Promise.all(talks.map((talk) => talk.end()));
    const stall = longestStall(beganAtMs);
    const verdicts = await Promise.all(meetings.map((meeting) => examine(meeting, this.#aways)));
    for (const meeting of meetings) for (const person of meeting.people) person.leave();
    return { rounds: this.#rounds, verdicts, complaints: [...this.#complaints], stall };
  }

  async #kill(scene: Scene, moment: Moment, isBack: (() => Promise<unknown>) | undefined): Promise<void> {
    const { bot } = scene;
    await moment.strike(scene);
    const killedMs = performance.now();
    const sinceMs = Date.now();
    await bot.exit();
    this.#look();
    await delay(MAX_AWAY_MS * this.#random());
    const startedMs = performance.now();
    this.#aways.push({ sinceMs, untilMs: Date.now() });
    bot.restart();
    await isBack?.();
    const backMs = isBack && performance.now() - startedMs;
    this.#rounds.push({ moment: moment.name, awayMs: startedMs - killedMs, ...(backMs !== undefined && { backMs }) });
    this.#look();
  }

  #look(): void {
    const { unspeakable, complaints } = this.#faults.flaws();
    for (const one of unspeakable) this.#complaints.add(`the log contains: ${one}`);
    for (const one of complaints) this.#complaints.add(`the log complains: ${one}`);
  }

  async #isBack(meetings: readonly FaultMeeting[]): Promise<void> {
    const counts = meetings.map(({ text }) => text.history.filter(isBackNotice).length);
    await Promise.all(
      meetings.map(({ text }, index) => {
        const isNew = () => text.history.filter(isBackNotice).length > (counts[index] ?? 0);
        return text.waitFor(isNew, { timeoutMs: BACK_LIMIT_MS });
      }),
    );
  }

  async #isWrittenUp(meetings: readonly FaultMeeting[]): Promise<void> {
    await Promise.all(
      meetings.map(async ({ text }) => {
        await text.waitFor(areMinutes, { timeoutMs: MINUTES_LIMIT_MS });
        await text.waitFor(({ content }) => content.includes('the meeting is over'), { timeoutMs: MINUTES_LIMIT_MS });
      }),
    );
    await this.#faults.stage.bot.says('Ready as');
    await delay(1_000); // time for a second set of minutes, which would be a defect
  }
}

function isBackNotice({ content }: { readonly content: string }): boolean {
  return content.includes('I was away');
}
