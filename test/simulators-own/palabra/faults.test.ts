import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type PalabraSimulator, startPalabra } from '../../simulators/palabra/index.ts';
import { speak } from '../../simulators/speech/index.ts';
import { listen, newToken } from './listen.ts';

const RATE_HZ = 16_000;
const STREAM_PATH = '/asr/v1/speech-to-text/stream';
const QUERY = 'format=pcm_s16le&translate_languages=es';
const utterance = Int16Array.from([...speak('Hello', RATE_HZ), ...new Int16Array(RATE_HZ)]);

describe('a fault of the simulated Palabra', () => {
  let palabra: PalabraSimulator;
  beforeEach(async () => {
    palabra = await startPalabra({ translationDelayMs: 5, maxAheadMs: 60_000 });
  });
  afterEach(() => palabra.close());

  it('closes all sockets with a code', async () => {
    const client = await listen(palabra, QUERY);
    palabra.faults.closeAll(1008, 'limit');
    const [code, reason] = await once(client.ws, 'close');
    expect([code, String(reason)]).toEqual([1008, 'limit']);
    expect(palabra.violations).toEqual([]);
  });

  it('breaks all sockets with a reset', async () => {
    const ws = new WebSocket(`${palabra.streamUrl}${STREAM_PATH}?token=${await newToken(palabra)}&${QUERY}`);
    const [response] = await once(ws, 'upgrade');
    const broken = once(response.socket, 'error');
    await palabra.until(({ openSockets }) => openSockets.length === 1);
    palabra.faults.resetAll();
    expect(await broken).toMatchObject([{ code: 'ECONNRESET' }]);
    expect(palabra.violations).toEqual([]);
  });

  it('closes whatever is open again and again', async () => {
    palabra.faults.closeEvery(50);
    for (let i = 0; i < 2; i++) await once((await listen(palabra, QUERY)).ws, 'close');
    palabra.faults.closeEvery(undefined);
    expect(palabra.sockets.map(({ closeCode }) => closeCode)).toEqual([1011, 1011]);
  });

  it.each([{ kind: 'hang' } as const, { kind: 'reset' } as const])('meets an upgrade: %j', async (fault) => {
    palabra.faults.nextUpgrade(fault);
    const token = await newToken(palabra);
    const ws = new WebSocket(`${palabra.streamUrl}${STREAM_PATH}?token=${token}&${QUERY}`);
    const failed = once(ws, 'error');
    if (fault.kind === 'hang') {
      await (await listen(palabra, QUERY)).close();
      expect(ws.readyState).toBe(ws.CONNECTING);
      ws.terminate();
    }
    await failed;
  });

  it('delays an upgrade', async () => {
    palabra.faults.nextUpgrade({ kind: 'slow', delayMs: 60 });
    const startedAt = performance.now();
    await (await listen(palabra, QUERY)).close();
    expect(performance.now() - startedAt).toBeGreaterThan(55);
  });

  it('holds finals back until they are released', async () => {
    const client = await listen(palabra, QUERY);
    palabra.faults.holdFinals();
    client.say(utterance);
    await palabra.until(({ sockets }) => sockets[0]?.receivedSamples === utterance.length);
    expect(palabra.finals).toEqual([]);
    palabra.faults.releaseFinals();
    await client.until(() => client.translations().length === 1);
    expect(client.finals()).toHaveLength(1);
    await client.close();
  });

  it('delays finals', async () => {
    const client = await listen(palabra, QUERY);
    palabra.faults.finalDelayMs = 80;
    const saidAt = performance.now();
    client.say(utterance);
    await client.until(() => client.finals().length === 1);
    expect(performance.now() - saidAt).toBeGreaterThan(75);
    await client.close();
  });

  it('says finals and translations twice, or translations never', async () => {
    const client = await listen(palabra, QUERY);
    palabra.faults.duplicateFinals = true;
    palabra.faults.duplicateTranslations = true;
    client.say(utterance);
    await client.until(() => client.translations().length === 2);
    expect(client.finals()).toHaveLength(2);
    palabra.faults.dropTranslations = true;
    client.say(utterance);
    await client.until(() => client.finals().length === 4);
    await client.close();
    expect(client.translations()).toHaveLength(2);
  });

  it('puts another text in the place of what was heard', async () => {
    const client = await listen(palabra, QUERY);
    palabra.faults.rewriteFinal = () => '';
    client.say(utterance);
    await client.until(() => client.finals().length === 1);
    expect(client.finals()[0]?.segment.text).toBe('');
    await client.close();
  });

  it('keeps the recogniser silent', async () => {
    const client = await listen(palabra, QUERY);
    palabra.faults.isDeaf = true;
    client.say(utterance);
    await palabra.until(({ sockets }) => sockets[0]?.receivedSamples === utterance.length);
    await client.close();
    expect(client.heard).toEqual([]);
  });

  it.each(['malformed JSON', 'unknown message_type', 'not an object', 'binary', 'huge'] as const)(
    'sends garbage: %s',
    async (garbage) => {
      const client = await listen(palabra, QUERY);
      client.ws.removeAllListeners('message');
      palabra.faults.sendGarbage(garbage);
      const [data, isBinary] = await once(client.ws, 'message');
      expect(isBinary).toBe(garbage === 'binary');
      expect(data.length > 1024 * 1024).toBe(garbage === 'huge');
      await client.close();
    },
  );

  it('stops reading, so that the client feels back-pressure', async () => {
    const client = await listen(palabra, QUERY);
    palabra.faults.stopReading();
    const megabytes = 16;
    for (let i = 0; i < megabytes; i++) client.ws.send(Buffer.alloc(1_000_000));
    await (await listen(palabra, QUERY)).close();
    expect(client.ws.bufferedAmount).toBeGreaterThan(1_000_000);
    palabra.faults.resumeReading();
    await palabra.until(({ sockets }) => sockets[0]?.receivedMessages === megabytes);
    expect(client.ws.bufferedAmount).toBe(0);
    await client.close();
  });
});
