import { z } from 'zod';
import { problemDetails } from '../programs/shapes.ts';
import { type Parameter, type Route, schemaOf } from './routes.ts';

const PROBLEMS: Readonly<Record<string, string>> = {
  400: 'A parameter is malformed, unknown or missing',
  401: 'There is no key, or it is unknown, revoked or over',
  403: 'Keys are switched off in the server, or the member has left it',
  404: 'There is nothing there that the member of the key may read',
  429: 'Too many requests: try again after `Retry-After` seconds',
  503: 'Nobody can answer just now: try again after `Retry-After` seconds',
};

interface About {
  readonly version: string;
  readonly address: string; // of the API
}

/** The OpenAPI document of the routes, as data. */
export function documentOf(routes: readonly Route[], { version, address }: About): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version,
      description:
        'Meetings that a member of a Discord server may read, at the time of asking. Keys come from the command `/api key`. New fields may appear in any answer.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: address }],
    security: [{ key: [] }],
    paths: Object.fromEntries(routes.map((route) => [route.path, { get: operationOf(route) }])),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: bare(schemaOf(problemDetails)) },
    },
  };
}

function operationOf({ operationId, about, parameters, answers }: Route): object {
  const etag = { ETag: { description: 'Send it as `If-None-Match`', schema: { type: 'string' } } };
  const content = Object.fromEntries(Object.entries(answers).map(([type, schema]) => [type, { schema: bare(schema) }]));
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const retry = { 'Retry-After': { description: 'In seconds', schema: { type: 'integer' } } };
  return {
    operationId,
    description: about,
    parameters: Object.entries(parameters).map(([name, parameter]) => parameterOf(name, parameter)),
    responses: {
      200: { description: 'The answer', headers: etag, content },
      304: { description: 'The same as before', headers: etag },
      ...Object.fromEntries(
        Object.entries(PROBLEMS).map(([status, description]) => [
          status,
          { description, content: problem, ...((status === '429' || status === '503') && { headers: retry }) },
        ]),
      ),
    },
  };
}

function parameterOf(name: string, { in: where, about, schema, isRequired = false }: Parameter): object {
  return {
    ...{ name, in: where, description: about, required: isRequired },
    schema: bare(z.toJSONSchema(schema, { io: 'input' })),
  };
}

/** OpenAPI says once which JSON Schema its schemas are of. */
function bare(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'));
}
