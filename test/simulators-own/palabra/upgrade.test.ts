import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES, type PalabraOptions, type PalabraSimulator, startPalabra } from '../../simulators/palabra/index.ts';
import { listen, newToken } from './listen.ts';

describe('opening a stream of the simulated Palabra', () => {
  let palabra: PalabraSimulator;
  const start = async (options?: PalabraOptions) => {
    palabra = await startPalabra(options);
  };
  beforeEach(() => start());
  afterEach(() => palabra.close());

  const refusal = async (query: string, token?: string) => (await listen(palabra, query, token)).refusal;

  it('tells tests what was asked for, without the token', async () => {
    const client = await listen(palabra, 'format=pcm_s16le&sample_rate=48000&language=en&translate_languages=es');
    expect(palabra.sockets).toMatchObject([
      {
        index: 0,
        credential: 'test-client',
        sessionIndex: 0,
        query: { format: 'pcm_s16le', sample_rate: '48000', language: 'en', translate_languages: 'es' },
      },
    ]);
    await client.close();
    await palabra.until(({ sockets }) => sockets[0]?.closeCode !== undefined);
    expect(palabra.sockets[0]).toMatchObject({ closeCode: 1000, closedBy: 'client' });
    expect(palabra.violations).toEqual([]);
  });

  it.each(['unknown', ''])('refuses the token %j with 401', async (token) => {
    expect(await refusal('format=pcm_s16le', token)).toMatchObject({ status: 401 });
  });

  it('refuses a token that is in use with 409, and one that was used with 401', async () => {
    const token = await newToken(palabra);
    const client = await listen(palabra, 'format=pcm_s16le', token);
    expect(await refusal('format=pcm_s16le', token)).toMatchObject({ status: 409 });
    await client.close();
    await palabra.until(({ openSockets }) => openSockets.length === 0);
    expect(await refusal('format=pcm_s16le', token)).toMatchObject({ status: 401 });
    expect(palabra.violations).toEqual(['a token used twice', 'a token used twice']);
  });

  it('refuses an expired token with 401', async () => {
    await palabra.close();
    await start({ tokenLifetimeMs: -1 });
    expect(await refusal('format=pcm_s16le')).toMatchObject({ status: 401 });
    expect(palabra.violations).toEqual([]);
  });

  it('takes the API key for a token, for one socket at a time', async () => {
    await palabra.close();
    await start({ apiKey: 'key' });
    const client = await listen(palabra, 'format=pcm_s16le', 'key');
    expect(palabra.sockets[0]?.credential).toBe('api key');
    expect(await refusal('format=pcm_s16le', 'key')).toMatchObject({ status: 409 });
    await client.close();
    await palabra.until(({ openSockets }) => openSockets.length === 0);
    await (await listen(palabra, 'format=pcm_s16le', 'key')).close();
    expect(palabra.violations).toEqual([]);
  });

  it('lets each credential hold as many sockets as it may', async () => {
    await palabra.close();
    const second = { clientId: 'second', clientSecret: 'x' };
    await start({ credentials: [{ clientId: 'first', clientSecret: 'x' }, second], socketsPerCredential: 1 });
    await listen(palabra, 'format=pcm_s16le');
    expect(await refusal('format=pcm_s16le')).toMatchObject({ status: 409 });
    const other = await listen(palabra, 'format=pcm_s16le', await newToken(palabra, second));
    expect(palabra.openSockets.map(({ credential }) => credential)).toEqual(['first', 'second']);
    await other.close();
  });

  it('counts a socket that was not closed properly for a while longer', async () => {
    await palabra.close();
    await start({ socketsPerCredential: 1, lingerMs: 200 });
    const client = await listen(palabra, 'format=pcm_s16le');
    client.ws.terminate();
    await once(palabra, 'closed');
    expect(palabra.violations).toEqual(['socket 0: closed with 1006 instead of 1000']);
    expect(await refusal('format=pcm_s16le')).toMatchObject({ status: 409 });
    await expect
      .poll(async () => {
        const again = await listen(palabra, 'format=pcm_s16le');
        return again.ws.readyState === again.ws.OPEN;
      })
      .toBe(true);
  });

  it('counts it no longer once its session is deleted', async () => {
    await palabra.close();
    await start({ socketsPerCredential: 1, lingerMs: 60_000 });
    const client = await listen(palabra, 'format=pcm_s16le');
    client.ws.terminate();
    await once(palabra, 'closed');
    const { clientId, clientSecret } = palabra.credentials;
    await fetch(`${palabra.apiUrl}/session-storage/sessions/${palabra.sessions[0]?.id}`, {
      method: 'DELETE',
      headers: { ClientId: clientId, ClientSecret: clientSecret },
    });
    await (await listen(palabra, 'format=pcm_s16le')).close();
    expect(palabra.sockets).toHaveLength(2);
  });

  const refused: [string, string][] = [
    ['', 'format is required'],
    ['format=pcm', 'format is not supported'],
    ['format=pcm_f32le', 'sample_rate is required for pcm_f32le'],
    ['format=mulaw', 'sample_rate is required for mulaw'],
    ['format=pcm_s16le&sample_rate=48k', 'sample_rate is not a rate in Hz'],
    [
      'format=pcm_s16le&language=xx',
      `Language 'xx' is not supported. Supported languages: ${LANGUAGES.join(', ')}, auto`,
    ],
    [
      'format=pcm_s16le&translate_languages=es,xx',
      `Translation language 'xx' is not supported. Supported languages: ${LANGUAGES.join(', ')}`,
    ],
  ];
  it.each(refused)('refuses %j with 400 and the reason', async (query, detail) => {
    const { status, body } = await refusal(query);
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ ok: false, errors: [{ detail }] });
  });

  const recorded: [string, string][] = [
    ['format=pcm_s16le&lang=en', 'unknown query parameter: lang'],
    ['format=pcm_s16le&format=pcm_s16le', 'query parameter given twice: format'],
    ['format=ogg&sample_rate=48000', 'sample_rate given for the container ogg'],
    ['format=pcm_s16le&translate_languages=es,es', 'language twice in translate_languages'],
    ['format=pcm_s16le&enable_filler_filter=yes', 'enable_filler_filter is neither true nor false'],
  ];
  it.each(recorded)('opens %j, but records it', async (query, violation) => {
    await (await listen(palabra, query)).close();
    expect(palabra.violations).toEqual([violation]);
  });

  it('refuses as told, with any status and body, without using up the token', async () => {
    const token = await newToken(palabra);
    palabra.faults.nextUpgrade({ kind: 'status', status: 403, body: 'go away' });
    expect(await refusal('format=pcm_s16le', token)).toEqual({ status: 403, body: 'go away' });
    await (await listen(palabra, 'format=pcm_s16le', token)).close();
    expect(palabra.violations).toEqual([]);
  });

  it('names every secret that must not be seen in a log', async () => {
    const token = await newToken(palabra);
    expect(palabra.secrets).toEqual(['test-secret', palabra.sessions[0]?.id, token]);
  });
});
