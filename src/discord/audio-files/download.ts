import { AudioError } from '../../core/errors.ts';

const HOSTS: readonly string[] = ['cdn.discordapp.com', 'media.discordapp.net'];
const DISCORDS_API = 'https://discord.com';
const LIMIT_MS = 60_000; // 25 MB in that time need 3.5 Mbit/s
const GONE = [403, 404, 410]; // deleted, or the address has expired

/**
 * Downloads an attachment, only from Discord's own file hosts: an address in a message may not lead the bot anywhere
 * else.
 *
 * @param apiUrl - of Discord's REST: a simulator has its files at the same place
 * @throws {AudioError} never with the address in it, which is a secret while it is valid
 * @throws the signal's reason
 */
export async function downloadAttachment(
  address: string,
  apiUrl: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const url = URL.parse(address);
  if (url === null || !isDiscords(url, new URL(apiUrl))) throw failed('it is not on Discord’s file hosts');
  try {
    const either = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    const response = await fetch(url, { redirect: 'error', signal: either });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      if (GONE.includes(response.status)) throw new AudioError('expired', 'Discord does not have the file any more.');
      throw failed(`Discord answered ${response.status}`);
    }
    return await read(response.body, maxBytes);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AudioError) throw error;
    throw failed(
      error instanceof Error && error.name === 'TimeoutError' ? 'it took too long' : 'the connection failed',
    );
  }
}

function isDiscords(url: URL, api: URL): boolean {
  if (api.origin !== DISCORDS_API && url.origin === api.origin) return true;
  return url.protocol === 'https:' && url.port === '' && HOSTS.includes(url.hostname);
}

/**
 * Reads a body. Its declared size may be wrong, so it is never allowed to grow beyond the limit.
 *
 * @returns memory that is shared with the thread that reads the file
 */
async function read(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const memory = new SharedArrayBuffer(0, { maxByteLength: maxBytes }); // it grows as pieces come
  const whole = new Uint8Array(memory);
  let length = 0;
  for await (const part of body) {
    if (length + part.length > maxBytes) throw new AudioError('too-large', 'The file is too large.');
    memory.grow(length + part.length);
    whole.set(part, length);
    length += part.length;
  }
  return whole;
}

function failed(because: string): AudioError {
  return new AudioError('download-failed', `Cannot fetch the file: ${because}.`);
}
