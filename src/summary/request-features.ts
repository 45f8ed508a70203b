/**
 * Optional features of a request. OpenAI-compatible endpoints support different fields, so each feature that an
 * endpoint refuses is given up.
 */
export interface RequestFeatures {
  /** The field that limits the length of the answer. OpenAI's newer models accept only `max_completion_tokens`. */
  readonly limit: 'max_tokens' | 'max_completion_tokens' | 'none';
  readonly temperature: boolean; // whether to ask for temperature 0, which some models refuse
  /** How the request asks for JSON: with the schema, as any JSON, or only in the instructions. */
  readonly format: 'json_schema' | 'json_object' | 'none';
}

export const ALL_FEATURES: RequestFeatures = { limit: 'max_tokens', temperature: true, format: 'json_schema' };

/** Why an endpoint refused a request: the fields of OpenAI's errors. A missing field is empty. */
export interface Refusal {
  readonly param: string;
  readonly code: string;
  readonly message: string; // may quote the request, so it must not be logged
}

/** Reads an error response. @param body - of the response, unparsed */
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

/** Whether the request was too long for the model, so that a shorter one may succeed. */
export function isTooLong({ code, message }: Refusal): boolean {
  return (
    /context_length|too_long|too_large/i.test(code) ||
    /context (?:length|window|size)|too many tokens|prompt is too long/i.test(message)
  );
}

/** The features to use after a refusal. */
export interface Fallback {
  readonly features: RequestFeatures;
  readonly isSure: boolean; // the endpoint named the refused field, so the fallback also holds for later requests
}

/** Gives up the refused feature, or guesses which one it was. `undefined` when none is left to give up. */
export function fallbackFrom(features: RequestFeatures, refusal: Refusal): Fallback | undefined {
  const named = namedIn(refusal);
  const without: Readonly<Record<keyof RequestFeatures, RequestFeatures | undefined>> = {
    limit: withoutLimit(features, refusal),
    temperature: features.temperature ? { ...features, temperature: false } : undefined,
    format: withoutFormat(features),
  };
  const sure = named === undefined ? undefined : without[named];
  if (sure) return { features: sure, isSure: true };
  // The endpoint named no field. The format is refused most often and is the easiest to do without.
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

/** The body of a request with only the given features. */
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

/** The parts of a refusal that may be logged: field names and codes. Longer texts could contain what somebody said. */
export function loggable({ param, code }: Refusal): { readonly param?: string; readonly code?: string } {
  const isName = (text: string) => /^[\w.[\]-]{1,60}$/.test(text);
  return { ...(isName(param) && { param }), ...(isName(code) && { code }) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
