import type { IncomingMessage } from 'node:http';
import type { Json } from '../world/events.ts';
import { refusals } from './api-error.ts';

const MAX_BYTES = 26 * 1024 * 1024; // above the largest upload that Discord takes from a bot, 25 MiB

interface Upload {
  readonly index: number; // n of the part's name `files[n]`, which `attachments` in the JSON refers to
  readonly filename: string;
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
}

export interface Body {
  readonly json: unknown;
  readonly uploads: readonly Upload[];
  readonly form?: URLSearchParams; // where the body is a plain form
}

/** Reads JSON, `payload_json` with files from a multipart form, or a plain form. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BYTES) throw refusals.tooLarge();
  }
  if (size === 0) return { json: undefined, uploads: [] };
  const bytes = Buffer.concat(chunks);
  const contentType = request.headers['content-type'] ?? '';
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return { json: undefined, uploads: [], form: new URLSearchParams(bytes.toString()) };
  }
  if (!contentType.startsWith('multipart/form-data')) return { json: parseJson(bytes.toString()), uploads: [] };
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData().catch(() => {
    throw refusals.invalidJson(); // a form that cannot be read is refused like any other body that cannot
  });
  const uploads: Upload[] = [];
  let json: unknown = {};
  const loose: Json = {};
  for (const [name, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (typeof value !== 'string') {
      uploads.push({
        index: Number(index ?? uploads.length),
        filename: value.name,
        bytes: await value.bytes(),
        contentType: value.type === '' || value.type === 'application/octet-stream' ? undefined : value.type,
      });
    } else if (name === 'payload_json') json = parseJson(value);
    else loose[name] = value;
  }
  return { json: Object.keys(loose).length > 0 ? { ...Object(json), ...loose } : json, uploads };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusals.invalidJson(); // what could not be parsed is the client's to know, not ours to repeat
  }
}
