import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BALANCE_USED_UP, type PalabraSimulator, startPalabra } from '../../simulators/palabra/index.ts';
import { listen, newToken, postSession } from './listen.ts';

describe('session storage of the simulated Palabra', () => {
  let palabra: PalabraSimulator;
  beforeEach(async () => {
    palabra = await startPalabra();
  });
  afterEach(() => palabra.close());

  const remove = (id: string) =>
    fetch(`${palabra.apiUrl}/session-storage/sessions/${id}`, {
      method: 'DELETE',
      headers: { ClientId: palabra.credentials.clientId, ClientSecret: palabra.credentials.clientSecret },
    });

  it('answers with a session id and a token', async () => {
    const response = await postSession(palabra);
    expect(response.status).toBe(201);
    const [session] = palabra.sessions;
    expect(await response.json()).toMatchObject({ data: { id: session?.id, publisher: session?.token } });
    expect(palabra.violations).toEqual([]);
  });

  it('takes the body of the complete example', async () => {
    const data = { subscriber_count: 0, publisher_count: 1, publisher_can_subscribe: true };
    expect((await postSession(palabra, palabra.credentials, JSON.stringify({ data }))).ok).toBe(true);
    expect(palabra.violations).toEqual([]);
  });

  it.each(['', '{}', '{"data":[]}', '{"data":{},"x":1}', '{"data":{"unknown":1}}', '{"data":{"publisher_count":"1"}}'])(
    'refuses and records the body %j',
    async (body) => {
      expect((await postSession(palabra, palabra.credentials, body)).status).toBe(400);
      expect(palabra.violations).toHaveLength(1);
    },
  );

  it('refuses wrong credentials with 401 and a reason', async () => {
    const response = await postSession(palabra, { clientId: 'test-client', clientSecret: 'wrong' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      ok: false,
      errors: [{ status: 401, detail: 'Invalid credentials' }],
    });
    expect(palabra.violations).toEqual([]);
  });

  it('records missing headers', async () => {
    const response = await fetch(`${palabra.apiUrl}/session-storage/session`, { method: 'POST', body: '{"data":{}}' });
    expect(response.status).toBe(401);
    expect(palabra.violations).toEqual(['session: ClientId or ClientSecret header missing']);
  });

  it('records unknown paths', async () => {
    expect((await fetch(`${palabra.apiUrl}/session-storage/session`)).status).toBe(404);
    expect(palabra.violations).toHaveLength(1);
  });

  it('forgets a deleted session, whose token then opens nothing', async () => {
    const token = await newToken(palabra);
    expect((await remove(palabra.sessions[0]?.id ?? '')).status).toBe(204);
    const client = await listen(palabra, 'format=pcm_s16le', token);
    expect(await client.refusal).toMatchObject({ status: 401 });
    expect(palabra.violations).toEqual(['the token of a deleted session']);
  });

  it("refuses to delete what is not the client's own", async () => {
    expect((await remove('unknown')).status).toBe(404);
    expect(palabra.violations).toHaveLength(1);
  });

  it('fails as told, as often as told, and then works', async () => {
    palabra.faults.nextSession({ kind: 'status', status: 503 }, 2);
    palabra.faults.nextSession(BALANCE_USED_UP);
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await postSession(palabra)).status);
    expect(statuses).toEqual([503, 503, 402, 201]);
    expect(palabra.refusals).toEqual([503, 503, 402]);
  });

  it('says 100050 when the balance is used up', async () => {
    palabra.faults.nextSession(BALANCE_USED_UP);
    expect(await (await postSession(palabra)).json()).toMatchObject({ ok: false, errors: [{ error_code: 100_050 }] });
  });

  it('breaks the connection as told', async () => {
    palabra.faults.nextSession({ kind: 'reset' });
    await expect(postSession(palabra)).rejects.toThrow();
  });

  it('leaves a client without an answer as told, and ends it when it closes', async () => {
    palabra.faults.nextSession({ kind: 'hang' });
    const hanging = expect(postSession(palabra)).rejects.toThrow();
    await postSession(palabra);
    await palabra.close();
    await hanging;
  });

  it('answers late as told', async () => {
    palabra.faults.nextSession({ kind: 'slow', delayMs: 60 });
    const askedAt = performance.now();
    expect((await postSession(palabra)).status).toBe(201);
    expect(performance.now() - askedAt).toBeGreaterThan(55);
  });
});
