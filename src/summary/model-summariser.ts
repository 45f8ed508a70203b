import type { Log } from '../core/log.ts';
import type { Summariser } from '../core/ports/minutes.ts';
import type { MeetingRecord } from '../core/record.ts';
import type { Summary, SummaryBrief, SummaryText } from '../core/summary.ts';
import { mainLanguage, sameLanguage } from '../core/text/language.ts';
import { citedText, type Draft, draft, isEmpty, limitPoints } from './drafts.ts';
import { groundedTexts } from './grounding.ts';
import { Model, ModelError, type ModelOptions, type UsageCount } from './model.ts';
import { numberLines, onOneLine } from './numbered-lines.ts';
import { textsOf, translatedTexts, withTexts } from './other-language.ts';
import { mergingTask, summarisingTask, translatingTask, withContext } from './prompts.ts';
import { readDraft, readTexts } from './read-draft.ts';
import { withinLimit } from './within-limit.ts';

const MAX_PART_CHARS = 24_000; // about 8,000 tokens of English, the most that small models read at once
const MAX_REQUESTS_AT_ONCE = 3; // so as not to overload a small endpoint
const MIN_PART_CHARS = 2_000; // a model with a smaller context cannot follow a meeting
const LIMIT_MS = 120_000; // for the whole summary: people are waiting for the minutes

export interface SummariserOptions extends ModelOptions {
  readonly signal: AbortSignal; // aborted when the process ends: pending summaries fail at once
  readonly maxPartChars?: number;
  readonly limitMs?: number;
}

/** The languages and the time zone for one summary, and what its server tells the model. */
interface SummaryRequest {
  readonly brief: SummaryBrief;
  readonly languages: readonly string[];
  readonly timeZone?: string; // in which the date of the meeting is given; the default is UTC
}

/** Summarises meetings with a language model. */
export class ModelSummariser implements Summariser {
  readonly #model: Model;
  readonly #log: Log;
  readonly #ending: AbortSignal;
  #maxPartChars: number; // reduced when the model refuses a part as too long
  readonly #limitMs: number;

  constructor({ log, signal, maxPartChars = MAX_PART_CHARS, limitMs = LIMIT_MS, ...model }: SummariserOptions) {
    this.#model = new Model({ ...model, log });
    this.#log = log;
    this.#ending = signal;
    this.#maxPartChars = maxPartChars;
    this.#limitMs = limitMs;
  }

  async summarise(
    record: MeetingRecord,
    languages: readonly string[],
    timeZone?: string,
    brief: SummaryBrief = {},
  ): Promise<Summary> {
    const wanted = { languages, brief, ...(timeZone !== undefined && { timeZone }) };
    try {
      return await withinLimit(this.#ending, this.#limitMs, (signal) => this.#writeInParts(record, wanted, signal));
    } catch (error) {
      const because = error instanceof ModelError ? error.because : 'unusable answer';
      // The error is not logged, because it may quote what was said.
      this.#log.warn(
        { meeting: record.head.id, because },
        'The model wrote no summary: the minutes quote the transcript instead',
      );
      return { kind: 'failed', because };
    }
  }

  /** Halves the parts until the model accepts them, because only a request shows how much it accepts. */
  async #writeInParts(record: MeetingRecord, wanted: SummaryRequest, signal: AbortSignal): Promise<Summary> {
    for (let partChars = this.#maxPartChars; ; partChars = Math.ceil(partChars / 2)) {
      try {
        const summary = await this.#write(record, wanted, partChars, signal);
        this.#maxPartChars = partChars;
        return summary;
      } catch (error) {
        if (!(error instanceof ModelError && error.isTooLong) || partChars / 2 < MIN_PART_CHARS) throw error;
        this.#log.info(
          { meeting: record.head.id, partChars },
          'A part was too long for the model: asking again with smaller parts',
        );
      }
    }
  }

  async #write(
    record: MeetingRecord,
    { languages, timeZone, brief: { template = 'meeting', context = '' } }: SummaryRequest,
    partChars: number,
    signal: AbortSignal,
  ): Promise<Summary> {
    signal.throwIfAborted();
    const language = mainLanguage(record) ?? 'en';
    const lines = numberLines(record, partChars);
    const count = this.#model.startUsageCount();
    const drafts = await inParallel(lines.parts, (part, index) => {
      const task = summarisingTask(record, {
        ...{ template, language, timeZone },
        ...{ part: index + 1, parts: lines.parts.length },
      });
      return this.#model.ask(
        { task, material: withContext(part, context), shape: draft, read: readDraft },
        count,
        signal,
      );
    });
    const merged = await this.#merge(drafts, mergingTask(language, template), partChars, count, signal);
    const text = citedText(merged, language, lines.utteranceOf);
    // A short meeting may have no points. But when the model made points and none has a valid citation, they are
    // invented.
    if (isEmpty(text) && drafts.some(claims)) throw new ModelError('unusable answer');
    const others = [...new Set(languages)].filter((other) => !sameLanguage(other, language));
    const translated = await inParallel(others, (other) => this.#inLanguage(text, other, count, signal));
    const texts = groundedTexts([text, ...translated.flatMap((one) => one ?? [])], record, lines.people);
    if (texts[0] && isEmpty(texts[0]) && !isEmpty(text)) throw new ModelError('unusable answer');
    const shape = template === 'meeting' ? {} : { template };
    return { kind: 'written', texts: limitPoints(lines.count, texts), madeBy: count.total(), ...shape };
  }

  /** Merges the drafts until one is left, in groups that fit into one request. */
  async #merge(
    drafts: readonly Draft[],
    task: string,
    partChars: number,
    count: UsageCount,
    signal: AbortSignal,
  ): Promise<Draft> {
    const [first, ...others] = drafts;
    if (first && others.length === 0) return first;
    const groups = inGroups(drafts, partChars);
    const merged = await inParallel(groups, async (group) => {
      if (group.length === 1 && group[0]) return group[0];
      const question = { task, material: JSON.stringify(group), shape: draft, read: readDraft };
      try {
        return await this.#model.ask(question, count, signal);
      } catch (error) {
        // Each draft is complete for its part, so they can be listed together without merging.
        if (error instanceof ModelError && error.isTooLong) return sideBySide(group);
        throw error;
      }
    });
    return this.#merge(merged, task, partChars, count, signal);
  }

  /** Translates a summary. Returns `undefined` when that fails, so that the other languages still appear. */
  async #inLanguage(
    text: SummaryText,
    language: string,
    count: UsageCount,
    signal: AbortSignal,
  ): Promise<SummaryText | undefined> {
    if (isEmpty(text) && text.title === undefined) return undefined;
    const material = JSON.stringify({ texts: textsOf(text) });
    try {
      const question = { task: translatingTask(language), material, shape: translatedTexts, read: readTexts };
      const { texts } = await this.#model.ask(question, count, signal);
      return withTexts(text, language, texts.map(tidy));
    } catch (error) {
      if (signal.aborted || !(error instanceof ModelError)) throw error;
      this.#log.warn(
        { language, because: error.because },
        'Cannot translate a summary into one of its languages: it is left out',
      );
      return undefined;
    }
  }
}

const MAX_TEXT_CHARS = 600; // more than a point may have, as some languages need more room

function tidy(text: string): string {
  return onOneLine(text).slice(0, MAX_TEXT_CHARS).toWellFormed();
}

function claims({ keyPoints, decisions, actions, questions }: Draft): boolean {
  return keyPoints.length + decisions.length + actions.length + questions.length > 0;
}

/**
 * Joins drafts without merging: the first point of each, then the second of each, because only the first ones are
 * shown.
 */
function sideBySide(drafts: readonly Draft[]): Draft {
  const inTurns = <T>(lists: readonly (readonly T[])[]): T[] => {
    const longest = Math.max(0, ...lists.map(({ length }) => length));
    return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
  };
  return {
    title: drafts.map(({ title }) => title).find((title) => title !== '') ?? '',
    keyPoints: inTurns(drafts.map(({ keyPoints }) => keyPoints)),
    decisions: inTurns(drafts.map(({ decisions }) => decisions)),
    actions: inTurns(drafts.map(({ actions }) => actions)),
    questions: inTurns(drafts.map(({ questions }) => questions)),
  };
}

/** Groups the drafts by length, with at least two in a group, as merging would otherwise never end. */
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

/** Runs `work` on a few items at a time and returns the results in the order of the items. */
async function inParallel<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const workers = Array.from({ length: Math.min(MAX_REQUESTS_AT_ONCE, items.length) }, async () => {
    for (const [index, item] of waiting) results[index] = await work(item, index);
  });
  await Promise.all(workers);
  return results;
}
