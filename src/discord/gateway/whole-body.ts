import { DefaultRestOptions, type RESTOptions } from 'discord.js';

/**
 * Sends every request with its body whole, as bytes.
 *
 * Left to itself undici streams a form with files piece by piece, and when the request is given up meanwhile (Discord takes too long, the
 * process goes down) it puts the next piece into a stream that is closed: a rejection that nobody can catch, and the end of the process.
 */
export const sendWhole: RESTOptions['makeRequest'] = async (url, init) => {
  const { body } = init;
  if (!(body instanceof FormData)) return await DefaultRestOptions.makeRequest(url, init);
  const form = new Response(body);
  const headers = new Headers(init.headers as ConstructorParameters<typeof Headers>[0]); // undici's and Node's differ in name only
  headers.set('content-type', form.headers.get('content-type') ?? 'multipart/form-data');
  const bytes = new Uint8Array(await form.arrayBuffer());
  return await DefaultRestOptions.makeRequest(url, { ...init, headers: Object.fromEntries(headers), body: bytes });
};
