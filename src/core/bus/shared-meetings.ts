import { randomUUID } from 'node:crypto';
import type { ShownCorrection } from '../correcting/correction.ts';
import { ElsewhereError } from '../errors.ts';
import type { GuildId, MeetingId, SpeakerId } from '../ids.ts';
import type { Bus, BusMessage } from '../ports/cluster/bus.ts';
import type { MeetingHolders } from '../ports/cluster/holders.ts';
import type { LiveMeetings } from '../ports/live-meetings.ts';
import { Questions } from './questions.ts';

const READY_LIMIT_MS = 20_000; // minutes that are being written have to be out first
const SHOWN_LIMIT_MS = 20_000; // likewise
const DONE_LIMIT_MS = 60_000; // an erasure takes a batch of texts at a time

type WhileErasing = LiveMeetings['whileErasing'];

interface Parts {
  readonly bus: Bus;
  readonly holders: MeetingHolders;
  readonly processId: string; // as a member of the cluster
  /** Of all bots of this process, as is the other. */
  readonly whileErasingHere: WhileErasing;
  readonly showCorrectionHere: LiveMeetings['showCorrection'];
}

/**
 * What commands need of meetings that another process runs: somebody's words are erased only when every process with
 * meetings of the guild has dropped what it still holds of them.
 */
export class SharedMeetings implements Disposable {
  readonly #parts: Parts;
  readonly #questions: Questions;
  readonly #answering: readonly Promise<Disposable>[];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#questions = new Questions(parts.bus);
    this.#answering = [
      this.#questions.answer(`erase:${parts.processId}`, async (question) => {
        if (!isErasure(question)) return undefined;
        return (await this.#holdStill(question)) ? { isReady: true } : undefined;
      }),
      this.#questions.answer(`correct:${parts.processId}`, async (question) => {
        if (!isCorrected(question)) return undefined;
        const { guildId, meetingId, utteranceId } = question;
        return { shown: await parts.showCorrectionHere(guildId, meetingId, utteranceId) };
      }),
    ];
  }

  /** The meetings of one bot for its commands, which so reach those of other processes. */
  around(meetings: LiveMeetings): LiveMeetings {
    return {
      meetingOf: (guildId) => meetings.meetingOf(guildId),
      startMeeting: (request, signal) => meetings.startMeeting(request, signal),
      isRunning: async (guildId, meetingId) =>
        (await meetings.isRunning(guildId, meetingId)) || (await this.#isRunningElsewhere(meetingId)),
      showCorrection: async (guildId, meetingId, utteranceId) => {
        const shown = await meetings.showCorrection(guildId, meetingId, utteranceId);
        return shown === 'not here' ? await this.#showElsewhere({ guildId, meetingId, utteranceId }) : shown;
      },
      whileErasing: (guildId, speakerId, erase) =>
        this.#whileErasing(guildId, speakerId, () => meetings.whileErasing(guildId, speakerId, erase)),
    };
  }

  [Symbol.dispose](): void {
    this.#questions[Symbol.dispose]();
    for (const opening of this.#answering) void opening.then((answering) => answering[Symbol.dispose]());
  }

  async #isRunningElsewhere(meetingId: MeetingId): Promise<boolean> {
    return await this.#parts.holders.isRunning(meetingId);
  }

  /** Only where the line is goes over the bus: the words are in the journal. @throws {ElsewhereError} */
  async #showElsewhere(corrected: CorrectedLine): Promise<ShownCorrection> {
    const { holders, processId } = this.#parts;
    const others = (await holders.holdersOf(corrected.guildId)).filter((id) => id !== processId);
    const answers = await Promise.all(
      others.map((id) => this.#questions.ask(`correct:${id}`, corrected, SHOWN_LIMIT_MS)),
    );
    if (answers.some((answer) => answer === undefined))
      throw new ElsewhereError(
        'not-shown',
        'The line is corrected, but its message and pages do not show that yet: the part of me that has the meeting does not answer',
      );
    return answers.map(shownIn).find((shown) => shown !== 'not here') ?? 'not here';
  }

  /** @throws {ElsewhereError} when a process does not answer: nothing is erased then */
  async #whileErasing<T>(guildId: GuildId, speakerId: SpeakerId, erase: () => Promise<T>): Promise<T> {
    const { bus, holders } = this.#parts;
    const asked = new Set([this.#parts.processId]);
    const id = randomUUID();
    let isErased = false;
    try {
      await this.#haveReady(await holders.holdersOf(guildId), asked, { id, guildId, speakerId });
      const erased = await erase();
      isErased = true;
      // A process that has taken a meeting over meanwhile may have read the words before they were erased.
      const later = (await holders.holdersOf(guildId)).filter((holder) => !asked.has(holder));
      if (later.length === 0) return erased;
      await this.#haveReady(later, asked, { id, guildId, speakerId });
      return await erase();
    } finally {
      void bus.publish(`erased:${id}`, { isErased });
    }
  }

  async #haveReady(holderIds: readonly string[], asked: Set<string>, erasure: Erasure): Promise<void> {
    const others = holderIds.filter((id) => !asked.has(id));
    for (const id of others) asked.add(id);
    const answers = await Promise.all(others.map((id) => this.#questions.ask(`erase:${id}`, erasure, READY_LIMIT_MS)));
    if (answers.includes(undefined))
      throw new ElsewhereError(
        'not-erased',
        'Cannot erase now: the part of me that has the meeting does not answer. Nothing was erased; please try again in a minute',
      );
  }

  /** Drops what this process holds of somebody's words. @returns once it is done; until the erasure is over none may follow */
  async #holdStill({ id, guildId, speakerId }: Erasure): Promise<boolean> {
    const { bus, whileErasingHere } = this.#parts;
    const over = Promise.withResolvers<boolean>();
    const timer = setTimeout(over.resolve, DONE_LIMIT_MS, false);
    const listening = await bus.subscribe(`erased:${id}`, (news) =>
      over.resolve('isErased' in news && !!news.isErased),
    );
    const ready = Promise.withResolvers<boolean>();
    const erasing = whileErasingHere(guildId, speakerId, async () => {
      ready.resolve(true);
      if (!(await over.promise)) throw new Error('Nothing was erased');
    });
    void erasing
      .catch(() => ready.resolve(false)) // the process that erases tells people
      .finally(() => {
        clearTimeout(timer);
        listening[Symbol.dispose]();
      });
    return await ready.promise;
  }
}

interface CorrectedLine {
  readonly guildId: GuildId;
  readonly meetingId: MeetingId;
  readonly utteranceId: string;
}

function isCorrected(question: BusMessage): question is CorrectedLine {
  return hasTexts(question, 'guildId', 'meetingId', 'utteranceId');
}

const SHOWN: readonly ShownCorrection[] = ['shown', 'cut', 'no room', 'left', 'not here'];

function shownIn(answer: BusMessage | undefined): ShownCorrection {
  return SHOWN.find((one) => answer && 'shown' in answer && answer.shown === one) ?? 'not here';
}

interface Erasure {
  readonly id: string;
  readonly guildId: GuildId;
  readonly speakerId: SpeakerId;
}

function isErasure(question: BusMessage): question is Erasure {
  return hasTexts(question, 'id', 'guildId', 'speakerId');
}

function hasTexts(question: BusMessage, ...keys: readonly string[]): boolean {
  return keys.every((key) => typeof Reflect.get(question, key) === 'string');
}
