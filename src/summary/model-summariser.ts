import type { Log } from '../core/log.ts';
import type { Summariser } from '../core/ports.ts';
import type { MeetingRecord } from '../core/record.ts';
import { mainLanguage, type Summary, type SummaryText } from '../core/summary.ts';
import { citedText, type Draft, draft, isEmpty } from './drafts.ts';
import { type Count, Model, ModelError, type ModelOptions } from './model.ts';
import { numberLines, onOneLine } from './numbered-lines.ts';
import { textsOf, translatedTexts, withTexts } from './other-language.ts';
import { mergingTask, summarisingTask, translatingTask } from './prompts.ts';

const MAX_PART_CHARS = 24_000; // some 8,000 tokens of English: small models read no more at once
const AT_ONCE = 3; // requests: what a small endpoint stands
const LIMIT_MS = 120_000; // people wait for the minutes

export interface SummariserOptions extends ModelOptions {
  readonly log: Log;
  readonly signal: AbortSignal; // the process goes down: nothing is asked any more
  readonly maxPartChars?: number;
  readonly limitMs?: number;
}

/** Has summaries written by a language model. */
export class ModelSummariser implements Summariser {
  readonly #model: Model;
  readonly #log: Log;
  readonly #ending: AbortSignal;
  readonly #maxPartChars: number;
  readonly #limitMs: number;

  constructor({ log, signal, maxPartChars = MAX_PART_CHARS, limitMs = LIMIT_MS, ...model }: SummariserOptions) {
    this.#model = new Model(model);
    this.#log = log;
    this.#ending = signal;
    this.#maxPartChars = maxPartChars;
    this.#limitMs = limitMs;
  }

  async summarise(record: MeetingRecord, languages: readonly string[]): Promise<Summary> {
    const over = new AbortController();
    const onEnding = () => over.abort(new ModelError('shutting down'));
    if (this.#ending.aborted) onEnding();
    this.#ending.addEventListener('abort', onEnding, { once: true });
    const limit = setTimeout(() => over.abort(new ModelError('no answer in time')), this.#limitMs);
    try {
      return await this.#write(record, languages, over.signal);
    } catch (error) {
      const because = error instanceof ModelError ? error.because : 'unusable answer';
      // The error itself may quote what was said.
      this.#log.warn({ meeting: record.head.id, because }, 'The model wrote no summary: the minutes quote instead');
      return { kind: 'failed', because };
    } finally {
      clearTimeout(limit);
      over.abort(); // of several requests at once, those that go on after one failed
      this.#ending.removeEventListener('abort', onEnding);
    }
  }

  async #write(record: MeetingRecord, languages: readonly string[], signal: AbortSignal): Promise<Summary> {
    signal.throwIfAborted();
    const language = mainLanguage(record) ?? 'en';
    const lines = numberLines(record, this.#maxPartChars);
    const count = this.#model.startCount();
    const drafts = await inParallel(lines.parts, (part, index) => {
      const task = summarisingTask(record, language, index + 1, lines.parts.length);
      return this.#model.ask(draft, task, part, count, signal);
    });
    const text = citedText(await this.#merge(drafts, language, count, signal), language, lines.utteranceOf);
    // A short talk may hold nothing worth a bullet; one that cites nothing at all is made up.
    if (isEmpty(text) && drafts.some(claims)) throw new ModelError('unusable answer');
    const others = [...new Set(languages)].filter((other) => baseOf(other) !== baseOf(language));
    const translated = await inParallel(others, (other) => this.#inLanguage(text, other, count, signal));
    return { kind: 'written', texts: [text, ...translated.flatMap((one) => one ?? [])], madeBy: count.total() };
  }

  /** Until one is left; as many at once as a model takes. */
  async #merge(drafts: readonly Draft[], language: string, count: Count, signal: AbortSignal): Promise<Draft> {
    const [first, ...others] = drafts;
    if (first && others.length === 0) return first;
    const groups = inGroups(drafts, this.#maxPartChars);
    const merged = await inParallel(groups, (group) =>
      group.length === 1 && group[0]
        ? Promise.resolve(group[0])
        : this.#model.ask(draft, mergingTask(language), JSON.stringify(group), count, signal),
    );
    return this.#merge(merged, language, count, signal);
  }

  /** One language that fails is left out: the others need not suffer for it. */
  async #inLanguage(
    text: SummaryText,
    language: string,
    count: Count,
    signal: AbortSignal,
  ): Promise<SummaryText | undefined> {
    if (isEmpty(text) && text.title === undefined) return undefined;
    const material = JSON.stringify({ texts: textsOf(text) });
    try {
      const { texts } = await this.#model.ask(translatedTexts, translatingTask(language), material, count, signal);
      return withTexts(text, language, texts.map(tidy));
    } catch (error) {
      if (signal.aborted || !(error instanceof ModelError)) throw error;
      this.#log.warn({ language, because: error.because }, 'A summary was not written in one of its languages');
      return undefined;
    }
  }
}

const MAX_TEXT_CHARS = 600; // some languages need more room than the one it was written in

function tidy(text: string): string {
  return onOneLine(text).slice(0, MAX_TEXT_CHARS).toWellFormed();
}

/** `pt` of `pt-BR`. */
function baseOf(language: string): string {
  return language.split('-')[0] ?? language;
}

function claims({ keyPoints, decisions, actions, questions }: Draft): boolean {
  return keyPoints.length + decisions.length + actions.length + questions.length > 0;
}

/** At least two a group, however long: or there would be no end. */
function inGroups(drafts: readonly Draft[], maxChars: number): Draft[][] {
  const groups: Draft[][] = [];
  let chars = 0;
  for (const one of drafts) {
    const length = JSON.stringify(one).length;
    const group = groups.at(-1);
    if (group && (group.length < 2 || chars + length <= maxChars)) {
      group.push(one);
      chars += length;
    } else {
      groups.push([one]);
      chars = length;
    }
  }
  return groups;
}

/** In the order of the items, a few at a time. */
async function inParallel<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const workers = Array.from({ length: Math.min(AT_ONCE, items.length) }, async () => {
    for (const [index, item] of waiting) results[index] = await work(item, index);
  });
  await Promise.all(workers);
  return results;
}
