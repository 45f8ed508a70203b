import { DefaultRestOptions, type RESTOptions } from 'discord.js';

/**
 * Sends every request with its whole body, as bytes.
 *
 * Otherwise undici streams a form with files in pieces. When the request is aborted meanwhile (Discord takes too long,
 * or the process goes down), it writes the next piece into a closed stream: a rejection that nobody can catch ends the
 * process.
 */
export const sendWhole: RESTOptions['makeRequest'] = async (url, init) => {
  const { body } = init;
  if (!(body instanceof FormData)) return await DefaultRestOptions.makeRequest(url, init);
  const form = new Response(body);
  const headers = new Headers(init.headers as ConstructorParameters<typeof Headers>[0]); // the types differ in name only
  headers.set('content-type', form.headers.get('content-type') ?? 'multipart/form-data');
  const bytes = new Uint8Array(await form.arrayBuffer());
  return await DefaultRestOptions.makeRequest(url, { ...init, headers: Object.fromEntries(headers), body: bytes });
};
