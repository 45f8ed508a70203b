/** What is wrong, in one word for programs. */
export type ProblemCode =
  | 'key-missing'
  | 'key-unknown'
  | 'switched-off'
  | 'not-a-member'
  | 'other-site'
  | 'not-found'
  | 'method-not-allowed'
  | 'bad-parameter'
  | 'too-large'
  | 'too-many-requests'
  | 'busy'
  | 'later';

const STATUS = {
  'key-missing': 401,
  'key-unknown': 401,
  'switched-off': 403,
  'not-a-member': 403,
  'other-site': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'bad-parameter': 400,
  'too-large': 413,
  'too-many-requests': 429,
  busy: 503,
  later: 503,
} as const satisfies Readonly<Record<ProblemCode, number>>;

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/** Why a program gets no answer. Its words are for people who write programs, in English, and quote nothing that was sent. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.code = code;
    this.headers = headers;
  }

  get status(): number {
    return STATUS[this.code];
  }

  /** As RFC 9457 has it. Without a type of its own it is `about:blank`; `code` says the rest. */
  toResponse(): Response {
    const { status, code, message: detail } = this;
    const body = { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail, code };
    return Response.json(body, {
      status,
      headers: { ...this.headers, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
    });
  }
}

/** A problem that is over after a while. @param afterMs - until it is worth trying again */
export function later(code: 'too-many-requests' | 'busy' | 'later', detail: string, afterMs: number): Problem {
  return new Problem(code, detail, { 'Retry-After': `${Math.max(1, Math.ceil(afterMs / 1_000))}` });
}
