import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { later, Problem } from '../problem.ts';
import type { ProgramDoor } from '../programs/door.ts';
import type { PageContext, Pages } from '../server.ts';
import type { ToolParts } from './server.ts';

const MOST_BYTES = 64 * 1024; // of a message: the longest question has 4,000 characters

export interface McpParts extends ToolParts {
  readonly door: Pick<ProgramDoor, 'admit'>;
}

/**
 * The MCP server for assistants of members (streamable HTTP, without sessions): each request brings its key and is answered by
 * whichever process it reaches. The protocol's library is loaded with the first.
 */
export function mcpPages(parts: McpParts): Pages {
  const app: Pages = new Hono();
  const tooLarge = () => new Problem('too-large', 'A message has at most 64 kB').toResponse();
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse();
    parts.log.warn({ err: error }, 'A request of an assistant failed');
    return later('later', 'Something failed here, and the operator can see what', 10_000).toResponse();
  });
  app.post('/mcp', bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }), (context) => answer(context, parts));
  app.all('/mcp', () => {
    throw new Problem('method-not-allowed', 'There are no sessions and no streams: send messages with POST', {
      Allow: 'POST',
    });
  });
  return app;
}

async function answer(context: PageContext, parts: McpParts): Promise<Response> {
  const key = await parts.door.admit(context);
  const message = await messageIn(context);
  const { WebStandardStreamableHTTPServerTransport } = await import(
    '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
  );
  const { toolsFor } = await import('./server.ts');
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const server = toolsFor(key, parts, context.req.raw.signal);
  try {
    await server.connect(transport as Transport); // its optional fields are declared in a way that our compiler does not take
    return await transport.handleRequest(context.req.raw, { parsedBody: message });
  } finally {
    await server.close();
  }
}

/** One message: many in one would be counted as one. @throws {Problem} */
async function messageIn(context: PageContext): Promise<object> {
  const message: unknown = await context.req.json().catch(() => undefined);
  if (typeof message === 'object' && message !== null && !Array.isArray(message)) return message;
  throw new Problem('bad-parameter', 'Send one JSON-RPC message');
}
