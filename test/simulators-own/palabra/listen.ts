import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { PalabraSimulator } from '../../simulators/palabra/index.ts';

/** What the plain client of these tests received. */
interface Heard {
  readonly message_type: string;
  readonly transcription_id: string;
  readonly language: string;
  readonly is_eos: boolean;
  readonly segment: { readonly text: string; readonly start_time: number; readonly end_time: number };
  readonly delta: { readonly text: string; readonly start_time: number; readonly end_time: number };
}

export function postSession(
  palabra: PalabraSimulator,
  { clientId, clientSecret } = palabra.credentials,
  body = '{"data":{}}',
): Promise<Response> {
  const headers = { ClientId: clientId, ClientSecret: clientSecret, 'content-type': 'application/json' };
  return fetch(`${palabra.apiUrl}/session-storage/session`, { method: 'POST', headers, body });
}

export async function newToken(palabra: PalabraSimulator, credentials = palabra.credentials): Promise<string> {
  const response = await postSession(palabra, credentials);
  const { data } = (await response.json()) as { data: { publisher: string } }; // the simulator's own answer
  return data.publisher;
}

/** A WebSocket client without any cleverness, and everything it received. */
export async function listen(palabra: PalabraSimulator, query: string, token?: string) {
  const ws = new WebSocket(
    `${palabra.streamUrl}/asr/v1/speech-to-text/stream?token=${token ?? (await newToken(palabra))}&${query}`,
  );
  const heard: Heard[] = [];
  const refusal = Promise.withResolvers<{ status: number; body: string }>();
  ws.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString())));
  ws.on('unexpected-response', (_request, response) => {
    void response.toArray().then((chunks) => {
      refusal.resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
    });
  });
  const opened = once(ws, 'open');
  await Promise.race([opened, refusal.promise]);
  return {
    ws,
    heard,
    refusal: refusal.promise,
    finals: () => heard.filter((message) => message.is_eos && message.message_type === 'transcription'),
    partials: () => heard.filter((message) => !message.is_eos),
    translations: () => heard.filter((message) => message.message_type === 'translated_transcription'),
    /** Sends samples as 16-bit PCM, all at once, in chunks of at most 320 ms at 16 kHz. */
    say(samples: Int16Array): void {
      const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
      for (let at = 0; at < bytes.length; at += 10_240) ws.send(bytes.subarray(at, at + 10_240));
    },
    /** Waits until as many messages were received as `isEnough` wants. */
    async until(isEnough: () => boolean): Promise<void> {
      while (!isEnough()) await once(ws, 'message', { signal: AbortSignal.timeout(5000) });
    },
    async close(): Promise<void> {
      ws.close(1000);
      await once(ws, 'close');
    },
  };
}
