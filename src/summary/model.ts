import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, type LanguageModel, RetryError } from 'ai';
import { z } from 'zod';
import type { Log } from '../core/log.ts';
import type { SummaryFailure, SummaryMaker } from '../core/summary.ts';
import { objectsIn } from './objects-in.ts';
import {
  ALL_FEATURES,
  bodyFor,
  fallbackFrom,
  isTooLong,
  loggable,
  type RequestFeatures,
  readRefusal,
} from './request-features.ts';

globalThis.AI_SDK_LOG_WARNINGS = false; // the library would write warnings to the console instead of the log

export interface ModelOptions {
  readonly apiUrl: string; // of an OpenAI-compatible endpoint, such as https://api.openai.com/v1
  readonly apiKey?: string;
  readonly model: string;
  readonly log: Log;
  readonly requestLimitMs?: number;
  readonly maxOutputTokens?: number;
}

const REQUEST_LIMIT_MS = 60_000;
const MAX_RETRIES = 3; // of a request that met a rate limit or a failing endpoint
const MAX_ANSWERS = 2; // an unusable answer is requested once more
const MAX_FALLBACKS = 6; // features that one request may give up
const MAX_OUTPUT_TOKENS = 4_000;
const MORE_OUTPUT_FACTOR = 4; // times as many tokens, when a model spent them all on thinking
/** A token never holds more characters than this; tokens of Chinese, Japanese and Korean text are shorter. */
const MAX_CHARS_PER_TOKEN = 6;
const MAX_CJK_CHARS_PER_TOKEN = 3;

/** The model gave no usable answer. The message contains nothing of the request or the answer. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly because: SummaryFailure;
  /** True when the request exceeded the model's context, so that a shorter one may succeed. */
  readonly isTooLong: boolean;
  constructor(because: SummaryFailure, isTooLong = false) {
    super(`Cannot have a summary written: ${because}`);
    this.because = because;
    this.isTooLong = isTooLong;
  }
}

/** A request to the model, with a reader for its answer. */
export interface Question<T> {
  readonly task: string;
  readonly material: string;
  readonly shape: z.ZodType; // sent as a schema to endpoints that support one, and in the instructions to all
  /** Reads a JSON object of the answer leniently. `undefined`: the object is unusable. */
  read(value: unknown): T | undefined;
}

/** A language model that answers in a given shape. Counts the tokens and the cost. */
export class Model {
  readonly #name: string;
  readonly #model: LanguageModel;
  readonly #log: Log;
  readonly #requestLimitMs: number;
  readonly #maxOutputTokens: number;
  #features = ALL_FEATURES; // those that this endpoint is not known to refuse

  constructor({ apiUrl, apiKey, model, log, requestLimitMs, maxOutputTokens }: ModelOptions) {
    this.#name = model;
    this.#log = log;
    this.#model = createOpenAICompatible({
      name: PROVIDER,
      baseURL: apiUrl,
      fetch: fetchThere,
      ...(apiKey !== undefined && { apiKey }),
      transformRequestBody: (body) => bodyFor(featuresIn(body), withoutFeatures(body)),
    })(model);
    this.#requestLimitMs = requestLimitMs ?? REQUEST_LIMIT_MS;
    this.#maxOutputTokens = maxOutputTokens ?? MAX_OUTPUT_TOKENS;
  }

  /** Starts the count for one summary: pass it to each of its `ask` calls. */
  startUsageCount(): UsageCount {
    return new UsageCount(this.#name);
  }

  /** Asks until an answer can be read. @throws {ModelError} when that fails for any reason */
  async ask<T>(question: Question<T>, count: UsageCount, signal: AbortSignal): Promise<T> {
    let features = this.#features;
    let maxOutputTokens = this.#maxOutputTokens;
    for (let answer = 1, fallbacks = 0; ; ) {
      try {
        const given = await this.#askOnce(question, features, maxOutputTokens, count, signal);
        if (given.kind === 'read') return given.value;
        // A model that thinks may use up its output tokens before it answers, so it gets more.
        if (given.kind === 'cut off') maxOutputTokens = this.#maxOutputTokens * MORE_OUTPUT_FACTOR;
        if (answer >= MAX_ANSWERS) throw new ModelError('unusable answer');
        answer += 1;
      } catch (error) {
        if (error instanceof ModelError) throw error;
        const refusal = refusalIn(error);
        if (refusal && isTooLong(refusal)) throw new ModelError('too long', true);
        const fallback = refusal && fallbackFrom(features, refusal);
        if (!fallback || fallbacks >= MAX_FALLBACKS) throw new ModelError(reasonOf(error, signal));
        fallbacks += 1;
        features = fallback.features;
        // A guess holds only for this request, because the next one may be accepted unchanged.
        if (fallback.isSure) this.#features = features;
        this.#log.info(
          { ...loggable(refusal), features },
          'The model’s endpoint refused a request: asking again with fewer features',
        );
      }
    }
  }

  async #askOnce<T>(
    { task, material, shape, read }: Question<T>,
    features: RequestFeatures,
    maxOutputTokens: number,
    count: UsageCount,
    signal: AbortSignal,
  ): Promise<Given<T>> {
    const schema = z.toJSONSchema(shape);
    // Endpoints without schema support need the schema in the instructions, and it does not disturb the others.
    const instructions = `${task}\n\nAnswer with one JSON object of this JSON schema and nothing else:\n${JSON.stringify(schema)}`;
    const { text, finishReason, usage } = await generateText({
      model: this.#model,
      instructions,
      prompt: material,
      maxRetries: MAX_RETRIES,
      maxOutputTokens,
      temperature: 0,
      providerOptions: {
        [PROVIDER]: {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'answer', strict: true, schema: schema as never },
          }, // a JSON schema is JSON
          [FEATURES]: { ...features },
        },
      },
      abortSignal: AbortSignal.any([signal, AbortSignal.timeout(this.#requestLimitMs)]),
    });
    count.add(usage);
    if (hasReadLess(usage.inputTokens, instructions + material)) throw new ModelError('too long', true);
    for (const object of objectsIn(text)) {
      const value = read(object);
      if (value !== undefined) return { kind: 'read', value };
    }
    return { kind: finishReason === 'length' ? 'cut off' : 'unusable' };
  }
}

type Given<T> = { readonly kind: 'read'; readonly value: T } | { readonly kind: 'cut off' | 'unusable' };

const PROVIDER = 'summary';
const FEATURES = 'parley_features'; // carries the features through the library; the request's body does not contain it

function featuresIn({ [FEATURES]: features }: Record<string, unknown>): RequestFeatures {
  return { ...ALL_FEATURES, ...(typeof features === 'object' && features) };
}

function withoutFeatures({ [FEATURES]: _, ...body }: Record<string, unknown>): Record<string, unknown> {
  return body;
}

/**
 * Whether an endpoint has read only a part of the request.
 *
 * Some endpoints silently cut a request that is too long for their context (Ollama does), and the summary of that part
 * would be taken for a summary of everything.
 */
function hasReadLess(inputTokens: number | undefined, given: string): boolean {
  if (inputTokens === undefined || inputTokens === 0) return false; // the endpoint counts no tokens
  const cjk = given.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu)?.length ?? 0;
  return inputTokens < (given.length - cjk) / MAX_CHARS_PER_TOKEN + cjk / MAX_CJK_CHARS_PER_TOKEN;
}

function refusalIn(error: unknown): ReturnType<typeof readRefusal> | undefined {
  const last = RetryError.isInstance(error) ? error.lastError : error;
  if (!APICallError.isInstance(last) || ![400, 413, 422].includes(last.statusCode ?? 0)) return undefined;
  return readRefusal(last.responseBody);
}

/** Follows no redirects: a redirect would send a whole meeting to an address that the operator did not choose. */
const fetchThere: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'manual' });

/** Counts the tokens and the cost of one summary. */
export class UsageCount {
  readonly #model: string;
  #inputTokens = 0;
  #outputTokens = 0;
  #costUsd: number | undefined;

  constructor(model: string) {
    this.#model = model;
  }

  add({ inputTokens = 0, outputTokens = 0, raw }: Usage): void {
    this.#inputTokens += inputTokens;
    this.#outputTokens += outputTokens;
    const { cost } = raw ?? {}; // US dollars, which some endpoints report
    if (typeof cost === 'number' && Number.isFinite(cost)) this.#costUsd = (this.#costUsd ?? 0) + cost;
  }

  total(): SummaryMaker {
    return {
      model: this.#model,
      ...(this.#inputTokens > 0 && { inputTokens: this.#inputTokens }),
      ...(this.#outputTokens > 0 && { outputTokens: this.#outputTokens }),
      ...(this.#costUsd !== undefined && { costUsd: this.#costUsd }),
    };
  }
}

interface Usage {
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly raw?: Readonly<Record<string, unknown>> | undefined;
}

function reasonOf(error: unknown, signal: AbortSignal): SummaryFailure {
  if (signal.aborted) return signal.reason instanceof ModelError ? signal.reason.because : 'no answer in time';
  const last = RetryError.isInstance(error) ? error.lastError : error;
  if (APICallError.isInstance(last)) {
    const { statusCode } = last;
    if (statusCode === 429) return 'too busy';
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return 'refused';
    return 'unreachable';
  }
  if (last instanceof Error && /^(?:Timeout|Abort)Error$/.test(last.name)) return 'no answer in time';
  return 'unusable answer';
}
