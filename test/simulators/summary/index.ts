import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { writeAnswer } from './writer.ts';

export { writeAnswer };

const body = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('json_schema'), json_schema: z.object({ schema: z.unknown() }) }),
      z.object({ type: z.literal('json_object') }),
    ])
    .optional(),
});

const CHARS_A_TOKEN = 4; // of English, about

/** What a client asked, as the endpoint understood it. */
export interface ModelRequest {
  readonly model: string;
  readonly instructions: string;
  readonly material: string;
  readonly format: 'json_schema' | 'json_object' | undefined;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>; // as it came
}

/** What the endpoint does with a request: an answer of the model, an HTTP error, or nothing at all. */
type Reply =
  | {
      readonly content: string;
      readonly cost?: number;
      readonly promptTokens?: number;
      readonly finish?: 'stop' | 'length';
    }
  | {
      readonly status: number;
      readonly message?: string;
      readonly param?: string;
      readonly code?: string;
      readonly location?: string;
    }
  | 'hang';

/** An OpenAI-compatible endpoint on loopback whose model writes simple, true minutes, until told otherwise. */
export interface SummarySimulator extends AsyncDisposable {
  readonly url: string; // what `SUMMARY_API_URL` is set to
  readonly requests: readonly ModelRequest[];
  /** How requests are answered from now on; `undefined` lets the model answer. */
  reply: (request: ModelRequest, nth: number) => Reply | undefined;
}

export async function startSummarySimulator(): Promise<SummarySimulator> {
  const requests: ModelRequest[] = [];
  const server = createServer((incoming, response) => void serve(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  const simulator: SummarySimulator = {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    reply: () => undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return simulator;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (incoming.method !== 'POST' || incoming.url !== '/v1/chat/completions') return fail(response, 404, 'not found');
    const raw = z.record(z.string(), z.unknown()).parse(JSON.parse(await textOf(incoming)));
    const parsed = body.safeParse(raw);
    if (!parsed.success) return fail(response, 400, parsed.error.message);
    const { model, messages, response_format } = parsed.data;
    const contentOf = (role: string) => messages.flatMap((one) => (one.role === role ? one.content : [])).join('\n');
    const request: ModelRequest = {
      model,
      instructions: contentOf('system'),
      material: contentOf('user'),
      format: response_format?.type,
      authorization: incoming.headers.authorization,
      body: raw,
    };
    requests.push(request);
    const reply = simulator.reply(request, requests.length) ?? { content: writeAnswer(request) };
    if (reply === 'hang') return;
    if ('status' in reply) {
      if (reply.location !== undefined) response.setHeader('location', reply.location);
      return fail(response, reply.status, reply.message ?? 'no', reply);
    }
    const asked = messages.reduce((chars, { content }) => chars + content.length, 0);
    const prompt = reply.promptTokens ?? Math.ceil(asked / CHARS_A_TOKEN);
    const usage = { prompt_tokens: prompt, completion_tokens: 20, total_tokens: prompt + 20 };
    send(response, 200, {
      id: `completion-${requests.length}`,
      object: 'chat.completion',
      created: 1_795_428_000,
      model,
      choices: [
        { index: 0, finish_reason: reply.finish ?? 'stop', message: { role: 'assistant', content: reply.content } },
      ],
      usage: { ...usage, ...(reply.cost !== undefined && { cost: reply.cost }) },
    });
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Errors as OpenAI shapes them; whoever may try again is told to do so soon. */
function fail(
  response: ServerResponse,
  status: number,
  message: string,
  { param, code }: { readonly param?: string; readonly code?: string } = {},
): void {
  if (status === 429 || status >= 500) response.setHeader('retry-after-ms', '5');
  send(response, status, { error: { message, type: 'error', code: code ?? null, param: param ?? null } });
}

function send(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}
