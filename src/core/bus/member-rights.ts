import type { GuildId, SpeakerId } from '../ids.ts';
import type { BusMessage } from '../ports/cluster/bus.ts';
import type { MeetingPlace, MemberRights, RightsNow } from '../programs/rights.ts';
import type { Questions } from './questions.ts';

const WHERE = 'where-may-read';
const ANSWER_LIMIT_MS = 8_000; // programs wait for it, as pages do

/** Answers other processes what members may read, for the servers that this process serves. */
export async function answerMemberRights(
  questions: Questions,
  serves: (guildId: GuildId) => boolean,
  rights: MemberRights,
): Promise<Disposable> {
  return await questions.answer(WHERE, async (question) => {
    if (!isWhere(question) || !serves(question.guildId)) return undefined;
    return { may: await rights.whereMayRead(question.guildId, question.userId, question.places) };
  });
}

/** Asks the process that serves a server what its members may read. */
export class MemberRightsElsewhere implements MemberRights {
  readonly #questions: Questions;

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  async whereMayRead(guildId: GuildId, userId: SpeakerId, places: readonly MeetingPlace[]): Promise<RightsNow> {
    const answer = await this.#questions.ask(WHERE, { guildId, userId, places }, ANSWER_LIMIT_MS);
    const may: unknown = answer && 'may' in answer ? answer.may : undefined;
    if (may === 'gone') return may;
    const isFor = Array.isArray(may) && may.length === places.length;
    return isFor ? may.map((one: unknown) => one === true) : 'away';
  }
}

function isWhere(question: BusMessage): question is {
  readonly guildId: GuildId;
  readonly userId: SpeakerId;
  readonly places: readonly MeetingPlace[];
} {
  const isMember = 'guildId' in question && typeof question.guildId === 'string' && 'userId' in question;
  return isMember && typeof question.userId === 'string' && 'places' in question && Array.isArray(question.places);
}
