import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Faults } from './faults.ts';
import type { PalabraSettings } from './options.ts';

const CREATE_PATH = '/session-storage/session';
const DELETE_PATH = /^\/session-storage\/sessions\/([^/]+)$/;
const BODY_FIELDS: Readonly<Record<string, string>> = {
  subscriber_count: 'number',
  publisher_count: 'number',
  publisher_can_subscribe: 'boolean',
};

export interface Session {
  readonly index: number;
  readonly id: string;
  readonly token: string;
  readonly credential: string; // the client id
  readonly createdAt: number; // Date.now()
  socketIndex: number | undefined; // of the socket it was used for: each is good for one
  deletedAt: number | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body?: string;
}

/** The REST part: makes sessions and forgets them. */
export class SessionStorage {
  readonly sessions: Session[] = [];
  readonly #settings: PalabraSettings;
  readonly #faults: Faults;
  readonly #violation: (what: string) => void;
  readonly #happened: (session: Session) => void;

  constructor(
    settings: PalabraSettings,
    faults: Faults,
    violation: (what: string) => void,
    happened: (session: Session) => void,
  ) {
    this.#settings = settings;
    this.#faults = faults;
    this.#violation = violation;
    this.#happened = happened;
  }

  /** @returns what to answer and after how long, or how not to answer at all */
  answer(request: IncomingMessage, body: string): (Answer & { readonly delayMs?: number }) | 'hang' | 'reset' {
    const url = request.url ?? '';
    if (url === CREATE_PATH && request.method === 'POST') {
      const fault = this.#faults.takeSession();
      if (fault === undefined) return this.#create(request, body);
      if (fault.kind === 'slow') return { ...this.#create(request, body), delayMs: fault.delayMs };
      if (fault.kind !== 'status') return fault.kind;
      if (fault.body !== undefined) return { status: fault.status, body: fault.body };
      return refusal(fault.status, 'The request was refused', fault.errorCode);
    }
    const id = DELETE_PATH.exec(url)?.[1];
    if (id !== undefined && request.method === 'DELETE') return this.#delete(request, id);
    this.#violation(`unknown request: ${request.method} to an unknown path`);
    return refusal(404, 'Not found');
  }

  #create(request: IncomingMessage, body: string): Answer {
    const credential = this.#credential(request);
    if (credential === undefined) return refusal(401, 'Invalid credentials');
    if (!request.headers['content-type']?.startsWith('application/json')) this.#violation('session: not sent as JSON');
    const wrong = wrongBody(body);
    if (wrong !== undefined) {
      this.#violation(`session: ${wrong}`);
      return refusal(400, wrong);
    }
    const session: Session = {
      index: this.sessions.length,
      id: randomUUID(),
      token: randomBytes(24).toString('base64url'),
      credential,
      createdAt: Date.now(),
      socketIndex: undefined,
      deletedAt: undefined,
    };
    this.sessions.push(session);
    this.#happened(session);
    const data = { id: session.id, publisher: session.token, subscriber: [] };
    return { status: this.#settings.sessionStatus, body: JSON.stringify({ ok: true, data }) };
  }

  #delete(request: IncomingMessage, id: string): Answer {
    const credential = this.#credential(request);
    if (credential === undefined) return refusal(401, 'Invalid credentials');
    const session = this.sessions.find((known) => known.id === id && known.credential === credential);
    if (session === undefined) {
      this.#violation("session: deletes one that is not the client's own");
      return refusal(404, 'Session not found');
    }
    if (session.deletedAt !== undefined) this.#violation('session: deleted twice');
    session.deletedAt ??= Date.now();
    this.#happened(session);
    return { status: 204 };
  }

  #credential({ headers }: IncomingMessage): string | undefined {
    const { clientid, clientsecret } = headers;
    if (clientid === undefined || clientsecret === undefined) {
      this.#violation('session: ClientId or ClientSecret header missing');
    }
    if (headers.authorization !== undefined) this.#violation('session: an authorization header');
    return this.#settings.credentials.find((pair) => pair.clientId === clientid && pair.clientSecret === clientsecret)
      ?.clientId;
  }
}

/** An error as the service words it. */
export function refusal(status: number, detail: string, errorCode = status * 100): Answer {
  const error = { status, title: detail, detail, error_code: errorCode };
  return { status, body: JSON.stringify({ ok: false, errors: [error] }) };
}

function wrongBody(body: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return 'the body is not JSON';
  }
  if (typeof parsed !== 'object' || parsed === null || !('data' in parsed)) return 'the body has no data';
  if (Object.keys(parsed).length > 1) return 'the body has more than data';
  const { data } = parsed;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return 'data is not an object';
  const wrong = Object.entries(data).find(([name, value]) => BODY_FIELDS[name] !== typeof value);
  return wrong === undefined ? undefined : `unknown or mistyped field in data: ${wrong[0]}`;
}
