import type { PalabraSettings } from './options.ts';
import type { PalabraSocket } from './palabra-socket.ts';
import type { Session } from './session-storage.ts';

export interface Admitted {
  readonly credential: string;
  readonly session: Session | undefined; // none behind an API key
}

export interface Refused {
  readonly status: 401 | 409;
  readonly detail: string;
  readonly violation?: string;
}

const API_KEY_SOCKETS = 1;

/** Says whose a token is. Each is good for one socket. */
export function identify(
  token: string | null,
  sessions: readonly Session[],
  sockets: readonly PalabraSocket[],
  settings: PalabraSettings,
): Admitted | Refused {
  if (token === null || token === '') return { status: 401, detail: 'Missing token', violation: 'no token' };
  if (token === settings.apiKey) return { credential: 'api key', session: undefined };
  const session = sessions.find((known) => known.token === token);
  if (session === undefined) return { status: 401, detail: 'Invalid token' };
  if (session.socketIndex !== undefined) {
    const isActive = sockets[session.socketIndex]?.closedAt === undefined;
    const detail = isActive ? 'A session is already active for this identity' : 'The token was used';
    return { status: isActive ? 409 : 401, detail, violation: 'a token used twice' };
  }
  if (session.deletedAt !== undefined) {
    return { status: 401, detail: 'The session was deleted', violation: 'the token of a deleted session' };
  }
  if (Date.now() - session.createdAt > settings.tokenLifetimeMs) return { status: 401, detail: 'The token expired' };
  return { credential: session.credential, session };
}

/** Whether one more socket fits: those that were not closed properly count for a while longer. */
export function hasRoom(
  credential: string,
  sessions: readonly Session[],
  sockets: readonly PalabraSocket[],
  settings: PalabraSettings,
): boolean {
  const counted = sockets.filter((socket) => {
    if (socket.credential !== credential) return false;
    if (socket.closedAt === undefined) return true;
    const session = socket.sessionIndex === undefined ? undefined : sessions[socket.sessionIndex];
    const lingers = socket.closeCode !== 1000 && Date.now() - socket.closedAt < settings.lingerMs;
    return lingers && session?.deletedAt === undefined;
  });
  const limit = credential === 'api key' ? API_KEY_SOCKETS : settings.socketsPerCredential;
  return counted.length < limit;
}
