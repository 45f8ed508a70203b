import { Hono } from 'hono';
import type { Log } from '../../core/log.ts';
import type { MeetingFiles } from '../../core/programs/files.ts';
import type { ApiKey } from '../../core/programs/keys.ts';
import { later, Problem } from '../problem.ts';
import type { ProgramDoor } from '../programs/door.ts';
import type { Reading } from '../programs/reading.ts';
import type { PageContext, Pages } from '../server.ts';
import { documentOf } from './document.ts';
import { etagOf, isKnown } from './etag.ts';
import { readParameters } from './parameters.ts';
import { type Route, routesOf } from './routes.ts';

const ROOT = '/api/v1';
const KEPT = 'private, no-cache'; // by the program alone, and only used again once we were asked

export interface ApiParts {
  readonly door: Pick<ProgramDoor, 'admit'>;
  readonly reading: Reading;
  readonly files: MeetingFiles;
  /** Counts a file that costs much. @returns when the next is possible, in ms since 1970; `undefined`: now */
  takeExport(key: ApiKey): number | undefined;
  readonly publicUrl: string;
  readonly version: string;
  readonly log: Log;
}

/** The read API for members' programs. All addresses answer to GET alone, and say what is wrong as RFC 9457 has it. */
export function apiPages(parts: ApiParts): Pages {
  const { door, reading, files, publicUrl, version, log } = parts;
  const routes = routesOf(reading, files, (key) => parts.takeExport(key));
  const document = documentOf(routes, { version, address: `${publicUrl.replace(/\/+$/, '')}${ROOT}` });
  const written = JSON.stringify(document);
  const app: Pages = new Hono();
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse();
    log.warn({ err: error }, 'A request of a program failed');
    return later('later', 'Something failed here, and the operator can see what', 10_000).toResponse();
  });
  app.use(`${ROOT}/*`, async ({ req }, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      throw new Problem('method-not-allowed', 'Everything here is only read', { Allow: 'GET, HEAD' });
    }
    await next();
  });
  app.get(`${ROOT}/openapi.json`, (context) => {
    const etag = etagOf(written);
    const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
    if (isKnown(context.req.header('if-none-match'), etag)) return context.body(null, 304, headers);
    return context.body(written, 200, { ...headers, 'Content-Type': 'application/json' });
  });
  for (const route of routes) {
    app.get(`${ROOT}${route.pattern}`, async (context) => await answer(context, route, await door.admit(context)));
  }
  app.all(`${ROOT}/*`, () => {
    throw new Problem('not-found', `There is no such address: ${ROOT}/openapi.json lists all`);
  });
  return app;
}

async function answer(context: PageContext, route: Route, key: ApiKey): Promise<Response> {
  const { file, ...path } = context.req.param() as Record<string, string>; // of a pattern that is not known here
  const format = file === undefined ? {} : { format: file.slice('export.'.length) };
  const query = new URL(context.req.url).searchParams;
  const prepared = await route.prepare(key, readParameters(route.parameters, { ...path, ...format }, query));
  const headers = { ETag: prepared.etag, 'Cache-Control': KEPT, Vary: 'Authorization' };
  if (isKnown(context.req.header('if-none-match'), prepared.etag)) return context.body(null, 304, headers);
  const { type, body, fileName } = await prepared.make(context.req.raw.signal);
  return context.body(typeof body === 'string' ? body : new Uint8Array(body), 200, {
    ...headers,
    'Content-Type': type,
    ...(fileName !== undefined && { 'Content-Disposition': `attachment; filename="${fileName}"` }),
  });
}
