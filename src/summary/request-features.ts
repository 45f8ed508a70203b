/**
 * What we would like of an endpoint besides an answer. None of it is a condition: OpenAI-compatible endpoints differ in which
 * fields of a request they take, and each wish that one refuses is given up.
 */
export interface RequestFeatures {
  /** The field that bounds the answer: OpenAI's newer models know the second name only. */
  readonly limit: 'max_tokens' | 'max_completion_tokens' | 'none';
  readonly temperature: boolean; // as little chance as possible; some models refuse to be told
  /** How the shape is asked for: with its schema, as JSON of any shape, or in words alone. */
  readonly format: 'json_schema' | 'json_object' | 'none';
}

export const ALL_FEATURES: RequestFeatures = { limit: 'max_tokens', temperature: true, format: 'json_schema' };

/** Why an endpoint refused a request, in the words of OpenAI's errors; what it does not say is empty. */
export interface Refusal {
  readonly param: string;
  readonly code: string;
  readonly message: string; // may quote what was asked: for us to look through, never for a log
}

/** @param body - of an answer with an error status, as it came */
export function readRefusal(body: string | undefined): Refusal {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body ?? '');
  } catch {
    return { param: '', code: '', message: (body ?? '').slice(0, MAX_MESSAGE_CHARS) };
  }
  const outer = isRecord(parsed) ? parsed : {};
  const error = isRecord(outer.error) ? outer.error : outer;
  const word = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
  const message = typeof outer.error === 'string' ? outer.error : word(error.message ?? error.detail);
  return { param: word(error.param), code: word(error.code), message: message.slice(0, MAX_MESSAGE_CHARS) };
}

const MAX_MESSAGE_CHARS = 2_000;

/** Whether the request was too long for the model: smaller ones may do. */
export function isTooLong({ code, message }: Refusal): boolean {
  return (
    /context_length|too_long|too_large/i.test(code) ||
    /context (?:length|window|size)|too many tokens|prompt is too long/i.test(message)
  );
}

/** What is wished for after a refusal. Sure: the endpoint named it, so that it holds for the next request, too. */
export interface Fallback {
  readonly features: RequestFeatures;
  readonly isSure: boolean;
}

/** What to give up after a refusal; `undefined` when nothing is left to give up. */
export function fallbackFrom(features: RequestFeatures, refusal: Refusal): Fallback | undefined {
  const named = namedIn(refusal);
  const without: Readonly<Record<keyof RequestFeatures, RequestFeatures | undefined>> = {
    limit: withoutLimit(features, refusal),
    temperature: features.temperature ? { ...features, temperature: false } : undefined,
    format: withoutFormat(features),
  };
  const sure = named === undefined ? undefined : without[named];
  if (sure) return { features: sure, isSure: true };
  // Nothing is named: the format is what endpoints refuse most, and what costs least to do without.
  const guess = without.format ?? without.temperature ?? without.limit;
  return guess && { features: guess, isSure: false };
}

function namedIn({ param, message }: Refusal): keyof RequestFeatures | undefined {
  for (const text of [param, message]) {
    if (/max_(?:completion_)?tokens/i.test(text)) return 'limit';
    if (/temperature/i.test(text)) return 'temperature';
    if (/response_format|json_schema|json_object|structured output/i.test(text)) return 'format';
  }
  return undefined;
}

function withoutLimit(features: RequestFeatures, { message }: Refusal): RequestFeatures | undefined {
  if (features.limit === 'none') return undefined;
  const other = features.limit === 'max_tokens' && !/max_tokens is too large/i.test(message);
  return { ...features, limit: other ? 'max_completion_tokens' : 'none' };
}

function withoutFormat(features: RequestFeatures): RequestFeatures | undefined {
  if (features.format === 'none') return undefined;
  return { ...features, format: features.format === 'json_schema' ? 'json_object' : 'none' };
}

/** A request's body with what is wished for and nothing else. */
export function bodyFor(features: RequestFeatures, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { max_tokens: limit, temperature, response_format: format, ...rest } = body;
  return {
    ...rest,
    ...(features.limit !== 'none' && limit !== undefined && { [features.limit]: limit }),
    ...(features.temperature && temperature !== undefined && { temperature }),
    ...(features.format === 'json_schema' && format !== undefined && { response_format: format }),
    ...(features.format === 'json_object' && { response_format: { type: 'json_object' } }),
  };
}

/** The parts of a refusal that may be logged: names of fields and codes. Anything longer could be somebody's words. */
export function loggable({ param, code }: Refusal): { readonly param?: string; readonly code?: string } {
  const isName = (text: string) => /^[\w.[\]-]{1,60}$/.test(text);
  return { ...(isName(param) && { param }), ...(isName(code) && { code }) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
