import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, type LanguageModel, NoObjectGeneratedError, Output, RetryError } from 'ai';
import { z } from 'zod';
import type { SummaryFailure, SummaryMaker } from '../core/summary.ts';

globalThis.AI_SDK_LOG_WARNINGS = false; // it would write to the console, past our own log

export interface ModelOptions {
  readonly apiUrl: string; // of an OpenAI-compatible endpoint, such as https://api.openai.com/v1
  readonly apiKey?: string;
  readonly model: string;
  readonly requestLimitMs?: number;
}

const REQUEST_LIMIT_MS = 60_000;
const RETRIES = 3; // of a request that was too early, or met an endpoint in trouble
const ANSWERS = 2; // a model that answers with rubbish is asked once more
const MAX_OUTPUT_TOKENS = 4_000;

/** Why there is no answer. The message holds nothing of what was asked or answered. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly because: SummaryFailure;
  constructor(because: SummaryFailure) {
    super(`Cannot have a summary written: ${because}`);
    this.because = because;
  }
}

/** A language model that answers in the shape it is told, and counts what that takes. */
export class Model {
  readonly #name: string;
  readonly #strict: LanguageModel;
  readonly #loose: LanguageModel;
  readonly #requestLimitMs: number;
  #takesSchemas = true; // until the endpoint refuses one

  constructor({ apiUrl, apiKey, model, requestLimitMs = REQUEST_LIMIT_MS }: ModelOptions) {
    const settings = { name: 'summary', baseURL: apiUrl, fetch: fetchThere, ...(apiKey !== undefined && { apiKey }) };
    this.#name = model;
    this.#strict = createOpenAICompatible({ ...settings, supportsStructuredOutputs: true })(model);
    this.#loose = createOpenAICompatible(settings)(model);
    this.#requestLimitMs = requestLimitMs;
  }

  /** To be handed to every `ask` of one summary. */
  startCount(): Count {
    return new Count(this.#name);
  }

  /** @throws {ModelError} whatever goes wrong */
  async ask<T>(schema: z.ZodType<T>, task: string, material: string, count: Count, signal: AbortSignal): Promise<T> {
    // Endpoints without schemas need it in words, and the others do not mind.
    const shape = JSON.stringify(z.toJSONSchema(schema));
    const instructions = `${task}\n\nAnswer with one JSON object of this JSON schema and nothing else:\n${shape}`;
    for (let answer = 1; ; answer += 1) {
      try {
        return await this.#askOnce(schema, instructions, material, count, signal);
      } catch (error) {
        if (this.#takesSchemas && APICallError.isInstance(error) && [400, 422].includes(error.statusCode ?? 0)) {
          this.#takesSchemas = false;
        } else if (!NoObjectGeneratedError.isInstance(error) || answer >= ANSWERS) {
          throw new ModelError(reasonOf(error, signal));
        }
      }
    }
  }

  async #askOnce<T>(
    schema: z.ZodType<T>,
    system: string,
    prompt: string,
    count: Count,
    signal: AbortSignal,
  ): Promise<T> {
    try {
      const { output, usage } = await generateText({
        model: this.#takesSchemas ? this.#strict : this.#loose,
        output: Output.object({ schema }),
        instructions: system,
        prompt,
        maxRetries: RETRIES,
        maxOutputTokens: MAX_OUTPUT_TOKENS,
        temperature: 0,
        abortSignal: AbortSignal.any([signal, AbortSignal.timeout(this.#requestLimitMs)]),
      });
      count.add(usage);
      return output;
    } catch (error) {
      if (!NoObjectGeneratedError.isInstance(error)) throw error;
      if (error.usage) count.add(error.usage);
      const unwrapped = schema.safeParse(jsonWithin(error.text ?? ''));
      if (unwrapped.success) return unwrapped.data;
      throw error;
    }
  }
}

/** Asks the endpoint that the operator named and no other: one that redirects would have a whole meeting sent elsewhere. */
const fetchThere: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'manual' });

/** What one summary took so far. */
export class Count {
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
    const { cost } = raw ?? {}; // some endpoints say it, in dollars
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

/** Models like to put their JSON between words or in a code block. */
function jsonWithin(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  } catch {
    return undefined; // no object at all: no schema takes that
  }
}

function reasonOf(error: unknown, signal: AbortSignal): SummaryFailure {
  if (signal.aborted) return signal.reason instanceof ModelError ? signal.reason.because : 'no answer in time';
  const last = RetryError.isInstance(error) ? error.lastError : error;
  if (NoObjectGeneratedError.isInstance(last)) return 'unusable answer';
  if (APICallError.isInstance(last)) {
    const { statusCode } = last;
    if (statusCode === 429) return 'too busy';
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return 'refused';
    return 'unreachable';
  }
  if (last instanceof Error && /^(?:Timeout|Abort)Error$/.test(last.name)) return 'no answer in time';
  return 'unusable answer';
}
