import type { Answerer } from '../../../../src/core/asking/answerer.ts';
import { quiet } from '../../../../src/core/log.ts';
import { ModelAnswerer } from '../../../../src/summary/answering/model-answerer.ts';
import { startSummarySimulator } from '../../../simulators/summary/index.ts';
import { type Outcome, openAskedOffice } from './asked-office.ts';
import { readMeetings, readOtherMeetings, readQuestions } from './question-set.ts';
import { carefulModel, carelessModel, madeUpBy } from './scripted-models.ts';

/** A way in which all questions are asked. */
export interface Run {
  readonly name: string;
  open(): Promise<AsyncDisposable & { readonly answerer?: Answerer }>;
}

const meetings = readMeetings();
const questions = readQuestions();

export const RUNS = [
  { name: 'no model', open: async () => ({ [Symbol.asyncDispose]: async () => {} }) },
  { name: 'careful model', open: async () => await scripted(carefulModel(questions, meetings)) },
  { name: 'careless model', open: async () => await scripted(carelessModel(questions, meetings)) },
] as const satisfies readonly Run[];

/** Asks all questions, in a server that holds the other meetings as well. */
export async function playAll(
  run: Run,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly madeUp: ReadonlySet<string> }> {
  await using opened = await run.open();
  await using office = await openAskedOffice([...readOtherMeetings(), ...meetings], opened.answerer);
  const outcomes: Outcome[] = [];
  for (const question of questions) outcomes.push(await office.ask(question));
  return { outcomes, madeUp: madeUpBy(questions) };
}

async function scripted(
  script: ReturnType<typeof carefulModel>,
): Promise<AsyncDisposable & { readonly answerer: Answerer }> {
  const endpoint = await startSummarySimulator();
  endpoint.reply = script;
  const { signal } = new AbortController();
  const answerer = new ModelAnswerer({ apiUrl: endpoint.url, model: 'scripted', log: quiet, signal });
  return { answerer, [Symbol.asyncDispose]: async () => await endpoint[Symbol.asyncDispose]() };
}
