import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { quiet } from '../../src/core/log.ts';
import { Audience } from '../../src/core/meeting/audience.ts';
import type { PublishedSegment } from '../../src/core/ports/live-meetings.ts';
import { lineMessage } from '../../src/minutes/text/line-message.ts';
import { keyOf } from '../../src/webhook/line-queue.ts';
import { LineWebhooks, type LineWebhooksOptions } from '../../src/webhook/line-webhooks.ts';
import type { Webhook } from '../../src/webhook/post.ts';
import { makeFinal, makeHead, makePartial, makeTranslation } from '../support/make.ts';
import { type Receiver, receiver } from './support/receiver.ts';

const secret = 'whsec_1';
const sent = z.object({ event: z.string(), line: z.object({ id: z.string(), text: z.string() }), missed: z.number() });

/** A meeting whose server sends its lines to this address. */
async function meetingSentTo(url: string, parts: Partial<LineWebhooksOptions> = {}) {
  const head = makeHead();
  const audience = new Audience((isThere) => growing.push(isThere));
  const growing: boolean[] = [];
  const kept = new Set<string>();
  const lines: string[] = [];
  const note = (...words: unknown[]) => void lines.push(JSON.stringify(words));
  const chosen: { webhook: Webhook | undefined } = { webhook: { url, secret } };
  const webhooks = new LineWebhooks({
    log: { ...quiet, warn: note, info: note },
    webhookOf: async () => chosen.webhook,
    keptLines: async () => kept,
    bodyOf: lineMessage,
    allowPrivate: true,
    delaysMs: [1],
    ...parts,
  });
  onTestFinished(async () => {
    await choose(undefined);
    await webhooks[Symbol.asyncDispose]();
  });
  const begin = async () => {
    webhooks.began(head, { addListener: (listener, needs) => audience.listen(listener, needs) });
    await webhooks.settingsChanged(head.guildId);
  };
  const choose = async (webhook: Webhook | undefined) => {
    chosen.webhook = webhook;
    await webhooks.settingsChanged(head.guildId);
  };
  const publish = (segment: PublishedSegment['segment'], name = 'Ana') => {
    if (segment.kind !== 'partial') kept.add(keyOf(segment));
    audience.publish({ segment, name });
  };
  const say = (...texts: string[]) => {
    for (const text of texts) publish(makeFinal({ utteranceId: `u-${text}`, text }));
  };
  const end = () => {
    audience.close();
    webhooks.over(head);
  };
  await begin();
  return { head, webhooks, audience, growing, kept, lines, chosen, begin, choose, publish, say, end };
}

function textsAt({ deliveries }: Receiver): string[] {
  return deliveries.map(({ body }) => sent.parse(JSON.parse(body)).line.text);
}

function idsAt({ deliveries }: Receiver): string[] {
  return deliveries.map(({ headers }) => `${headers['x-parley-delivery']}`);
}

describe('the lines of a meeting', () => {
  it('reach its server’s webhook as they become final, in order and with their translations, over one connection', async () => {
    const at = await receiver();
    const { publish, end, webhooks } = await meetingSentTo(at.url);
    publish(makePartial({ text: 'Hello ev' }));
    publish(makeFinal({ utteranceId: 'u1', text: 'Hello everyone' }));
    publish(makeTranslation({ utteranceId: 'u1', text: 'Hola a todos' }));
    publish(makeFinal({ utteranceId: 'u2', text: 'And now?' }), 'Ben');
    end();
    await webhooks[Symbol.asyncDispose]();
    expect(at.deliveries.map(({ body }) => JSON.parse(body))).toMatchObject([
      { event: 'line.final', text: 'Ana: Hello everyone', line: { id: 'u1', text: 'Hello everyone', language: 'en' } },
      { event: 'line.translated', text: 'Ana (es): Hola a todos', line: { id: 'u1', language: 'es' } },
      { event: 'line.final', text: 'Ben: And now?', line: { speaker: 'Ben', isConfirmed: true }, missed: 0 },
    ]);
    expect(at.connections).toBe(1);
    expect(new Set(idsAt(at)).size).toBe(3);
  });

  it('are signed like minutes', async () => {
    const at = await receiver();
    const { say } = await meetingSentTo(at.url);
    say('one');
    await at.until(1);
    const [delivery] = at.deliveries;
    const [, time = '', signature] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(`${delivery?.headers['x-parley-signature']}`) ?? [];
    expect(Math.abs(Number(time) - Date.now() / 1_000)).toBeLessThan(60);
    expect(signature).toBe(createHmac('sha256', secret).update(`${time}.${delivery?.body}`).digest('hex'));
    expect(delivery?.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('do not have the recogniser asked for words that grow', async () => {
    const at = await receiver();
    const { growing, say } = await meetingSentTo(at.url);
    say('one');
    await at.until(1);
    expect(growing).toEqual([]);
  });

  it.each([500, 503, 429, 408, 'cut'] as const)(
    'keep their order when the receiver answers %s, and what is repeated has the same id and body',
    async (trouble) => {
      const at = await receiver(204, trouble, trouble);
      const { say, lines } = await meetingSentTo(at.url);
      say('one', 'two', 'three', 'four');
      await at.until(6);
      expect(textsAt(at)).toEqual(['one', 'two', 'two', 'two', 'three', 'four']);
      const [, first, second, third, other] = idsAt(at);
      expect([second, third]).toEqual([first, first]);
      expect(other).not.toBe(first);
      expect(new Set(at.deliveries.slice(1, 4).map(({ body }) => body)).size).toBe(1);
      await vi.waitFor(() => expect(lines).toHaveLength(2)); // in trouble once, and well again
      expect(lines.join()).not.toMatch(/hush|whsec|hook\?|three/);
    },
  );

  it('wait for a receiver that does not answer, and then come in order', async () => {
    const at = await receiver('silence');
    const { say } = await meetingSentTo(at.url, { attemptLimitMs: 50 });
    say('one', 'two');
    await at.until(3);
    expect(textsAt(at)).toEqual(['one', 'one', 'two']);
  });

  it('are not sent again when somebody corrects them: only what still waits is sent as it is now', async () => {
    const at = await receiver('silence');
    const { say, publish } = await meetingSentTo(at.url, { attemptLimitMs: 50 });
    say('one', 'two');
    const corrected = { original: 'one', byId: '200', byName: 'Ben', atMs: 0 };
    publish(makeFinal({ utteranceId: 'u-one', text: 'One', corrected }));
    publish(makeFinal({ utteranceId: 'u-two', text: 'Two', corrected }));
    await at.until(3);
    say('three');
    await at.until(4);
    expect(textsAt(at)).toEqual(['one', 'one', 'Two', 'three']);
  });

  it('go on without one that the receiver refuses for good, and the next says that one is missing', async () => {
    const at = await receiver(400);
    const { say } = await meetingSentTo(at.url);
    say('one', 'two', 'three');
    await at.until(3);
    expect(textsAt(at)).toEqual(['one', 'two', 'three']);
    expect(at.deliveries.map(({ body }) => sent.parse(JSON.parse(body)).missed)).toEqual([0, 1, 0]);
  });

  it('are bounded while they wait: the oldest give way, the next says how many, and nobody in the meeting waits', async () => {
    const at = await receiver('silence');
    const { say } = await meetingSentTo(at.url, { attemptLimitMs: 400, mostWaiting: 10 });
    say('first');
    await at.until(1);
    const beganMs = performance.now();
    for (let n = 0; n < 5_000; n += 1) say(`${n}`);
    expect(performance.now() - beganMs).toBeLessThan(400); // of the publisher's own time: nothing is awaited
    await at.until(12);
    expect(textsAt(at)).toEqual(['first', 'first', ...Array.from({ length: 10 }, (_, n) => `${4_990 + n}`)]);
    expect(sent.parse(JSON.parse(at.deliveries[2]?.body ?? '')).missed).toBe(4_990);
  });

  it('have the same id from every process, another one for another text, language or address, and tell nothing by it', async () => {
    const [one, other] = [await receiver(), await receiver()];
    const final = makeFinal({ utteranceId: 'u1', text: 'hello' });
    for (const [at, segment] of [
      [one, final],
      [one, final],
      [one, { ...final, text: 'hallo' }],
      [one, makeTranslation({ utteranceId: 'u1', text: 'hello', language: 'es' })],
      [other, final],
    ] as const) {
      const { publish, end, webhooks } = await meetingSentTo(at.url);
      publish(segment);
      end();
      await webhooks[Symbol.asyncDispose]();
    }
    const ids = [...idsAt(one), ...idsAt(other)];
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(4);
    expect(ids.join()).not.toMatch(/u1|hello|hush/);
  });
});

describe('a line that waits for the webhook', () => {
  it('is not sent once its words were taken back, nor are its translations', async () => {
    const at = await receiver(503, 503);
    const { publish, say } = await meetingSentTo(at.url, { delaysMs: [40] });
    publish(makeFinal({ utteranceId: 'u1', text: 'secret' }));
    publish(makeTranslation({ utteranceId: 'u1', text: 'secreto' }));
    say('two');
    await at.until(1);
    publish(makePartial({ utteranceId: 'u1', text: '' }));
    await at.until(3);
    expect(textsAt(at)).toEqual(['secret', 'two', 'two']);
  });

  it('is not sent once it was erased, also after the end of the meeting', async () => {
    const at = await receiver(503);
    const { say, kept, end } = await meetingSentTo(at.url, { delaysMs: [40], freshMs: 0 });
    say('secret', 'two');
    end();
    await at.until(1);
    kept.delete('u-secret');
    await at.until(2);
    expect(textsAt(at)).toEqual(['secret', 'two']);
  });

  it('waits for a database that does not answer', async () => {
    const at = await receiver();
    let attempts = 0;
    const keptLines = async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('nothing answers there');
      return new Set(['u-one']);
    };
    const { say } = await meetingSentTo(at.url, { keptLines, freshMs: 0 });
    say('one');
    await at.until(1);
    expect(attempts).toBe(2);
  });

  it.each([
    ['the webhook goes', () => undefined],
    ['another address is set', () => ({ url: 'http://127.0.0.1:1/', secret })],
  ])('is not sent once %s, and the request that is under way ends at once', async (_, webhookThen) => {
    const at = await receiver('silence');
    const { say, choose } = await meetingSentTo(at.url, { attemptLimitMs: 60_000 });
    say('one', 'two');
    await at.until(1);
    await choose(webhookThen());
    say('three');
    await choose({ url: at.url, secret });
    say('four');
    await at.until(2);
    expect(textsAt(at)).toEqual(['one', 'four']);
  });

  it('is not sent when the webhook went without anybody telling this process', async () => {
    const at = await receiver(503);
    const { say, chosen, end, webhooks } = await meetingSentTo(at.url, { delaysMs: [40] });
    say('one', 'two');
    await at.until(1);
    chosen.webhook = undefined;
    end();
    await webhooks[Symbol.asyncDispose]();
    expect(textsAt(at)).toEqual(['one']);
  });

  it('delays the end of the process by some seconds at most', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const at = await receiver('silence');
    const { say, webhooks } = await meetingSentTo(at.url, { attemptLimitMs: 60_000 });
    say('one', 'two');
    await at.until(1);
    const disposed = webhooks[Symbol.asyncDispose]();
    await vi.advanceTimersByTimeAsync(5_000);
    await disposed;
    expect(textsAt(at)).toEqual(['one']);
  });
});

describe('the address for lines', () => {
  it.each([
    ['a private one', (port: number) => `https://127.0.0.1:${port}/`],
    ['a private name', (port: number) => `https://localhost:${port}/`],
    ['plain http', (port: number) => `http://localhost:${port}/`],
  ])('is held to the same rules as for minutes: %s is refused, and not tried again', async (_, urlOf) => {
    const at = await receiver();
    const { say, lines, end, webhooks } = await meetingSentTo(urlOf(at.port), { allowPrivate: false });
    say('one', 'two');
    end();
    await webhooks[Symbol.asyncDispose]();
    expect(at.connections).toBe(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('PrivateAddressError');
  });

  it('is not used when it holds a password, nor by a meeting whose server chose none', async () => {
    const at = await receiver();
    const { say, choose, end, webhooks } = await meetingSentTo(`http://:hush@127.0.0.1:${at.port}/`);
    say('one');
    await choose(undefined);
    say('two');
    end();
    await webhooks[Symbol.asyncDispose]();
    expect(at.connections).toBe(0);
  });

  const hostile = [
    '@everyone <!channel> <@100000000000000001> [Payroll](https://evil.example/) <https://evil.example|Payroll>',
    'one\u0000\u202etwo\nthree\u001b[31m \ud83d',
    'x'.repeat(4_000),
    '"}],"event":"meeting.ended","text":"',
  ];
  it.each(hostile)('gets one well-formed line that mentions nobody, whatever is said: %j', async (text) => {
    const at = await receiver();
    const { publish, end, webhooks } = await meetingSentTo(at.url);
    publish(makeFinal({ text }), text.slice(0, 32));
    end();
    await webhooks[Symbol.asyncDispose]();
    const { event, text: shown } = z
      .object({ event: z.string(), text: z.string() })
      .parse(JSON.parse(at.deliveries[0]?.body ?? ''));
    expect(event).toBe('line.final');
    expect(shown).not.toMatch(/[<>\n\p{Cc}\u202e]|@everyone|\]\(/u);
    expect(shown.isWellFormed()).toBe(true);
  });
});
