import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { speak, spokenDurationMs } from '../simulators/speech/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { ENGLISH, FORMATS, studioOf } from './support/studio.ts';

const never = new AbortController().signal;

function tone(durationMs: number, sampleRateHz = 16_000): Int16Array {
  return Int16Array.from({ length: (durationMs * sampleRateHz) / 1000 }, (_, i) =>
    Math.round(8000 * Math.sin((2 * Math.PI * 300 * i) / sampleRateHz)),
  );
}

describe.concurrent.each(FORMATS)('a stream of $format', inRealTime, ({ format }) => {
  const studio = studioOf(format);
  const rateHz = format === 'ogg' ? 48_000 : 16_000;

  it('turns speech into a final, with partials of the same utterance before it', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    await ann.say('good morning everybody');
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['good morning everybody']);
    expect(ann.segments[0]?.kind).toBe('partial');
    expect(new Set(ann.segments.map(({ utteranceId }) => utteranceId)).size).toBe(1);
    expect(room.palabra.violations).toEqual([]);
  });

  it('hears the first sound of the first word', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    await ann.say('at once');
    await ann.until(() => ann.said.length === 1);
    expect(room.palabra.finals).toMatchObject([{ text: 'at once', isIntact: true, slips: 0 }]);
  });

  it('says when words were spoken, within 100 ms, over short and long pauses', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    const spoken: { fromMs: number; toMs: number }[] = [];
    for (const [i, text] of ['first words', 'later words', 'and the last'].entries()) {
      const fromMs = await ann.say(text);
      spoken.push({ fromMs, toMs: fromMs + spokenDurationMs(text) });
      await ann.until(() => ann.said.length === i + 1);
      if (i === 1) await delay(2500); // longer than the silence we make, so that time jumps on the socket
    }
    const errors = ann.finals.flatMap(({ startMs, endMs }, i) => [
      startMs - (spoken[i]?.fromMs ?? 0),
      endMs - (spoken[i]?.toMs ?? 0),
    ]);
    expect(errors).toHaveLength(6);
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(100);
  });

  it.each([
    ['short', 2_500, {}],
    ['long (with silence that kept the socket)', 4_500, { keepAliveMs: 700 }],
  ] as const)(
    'places words that begin, for the recogniser, before the end of a %s pause',
    async (_what, pauseMs, limits) => {
      await using room = await studio({}, { limits });
      const ann = room.person('ann');
      await ann.say('first words');
      await ann.until(() => ann.said.length === 1);
      await delay(pauseMs);
      // The first 20 ms are missing, so the recogniser computes a start before the talk.
      const startMs = await ann.sound(speak('later words', rateHz).subarray((rateHz * 20) / 1000));
      await ann.until(() => ann.said.length === 2);
      expect(room.palabra.finals[1]).toMatchObject({ text: 'later words' });
      expect(Math.abs((ann.finals[1]?.startMs ?? 0) - startMs)).toBeLessThan(100);
    },
  );

  it('brings the translations of a final under its id', async () => {
    await using room = await studio();
    const ann = room.person('ann', { language: 'en', translateTo: ['es', 'fr'] });
    await ann.say('hello');
    await ann.until(() => ann.translations('fr').length > 0 && ann.translations('es').length > 0);
    const { utteranceId } = ann.finals[0] ?? {};
    expect(ann.segments.filter(({ kind }) => kind !== 'partial')).toMatchObject([
      { kind: 'final', utteranceId, text: 'hello', language: 'en' },
      { kind: 'translation', utteranceId, text: 'es:hello', language: 'es' },
      { kind: 'translation', utteranceId, text: 'fr:hello', language: 'fr' },
    ]);
  });

  it('states language and format, and sends chunks of 320 ms', async () => {
    await using room = await studio({}, { sampleRateHz: 48_000, fillerFilter: false });
    const ann = room.person('ann', { language: 'en', translateTo: ['es', 'fr'] });
    ann.announces = false; // otherwise what is left goes out before the closing silence
    await ann.say('as it should be');
    await ann.until(() => ann.said.length === 1);
    const [socket] = room.palabra.sockets;
    expect(socket?.query).toEqual({
      language: 'en',
      format,
      ...(format === 'pcm_s16le' && { sample_rate: '48000' }),
      translate_languages: 'es,fr',
      enable_filler_filter: 'false',
    });
    expect(socket?.receivedMs).toBe((socket?.receivedMessages ?? 0) * 320);
    if (format === 'ogg')
      expect((socket?.receivedBytes ?? 0) / (socket?.receivedMs ?? 0)).toBeLessThan(9); // 64 kbit/s are 8
    else expect(socket?.receivedBytes).toBe((socket?.receivedMs ?? 0) * 96);
  });

  it.each([undefined, 80] as const)('sends smaller pieces while somebody watches: %s', async (watchedChunkMs) => {
    const client = { sampleRateHz: 48_000, ...(watchedChunkMs && { watchedChunkMs }) } as const;
    await using room = await studio({}, client);
    const ann = room.person('ann');
    ann.announces = false;
    ann.stream.watched(true);
    await ann.say('while they look on');
    await ann.until(() => ann.said.length === 1);
    const [socket] = room.palabra.sockets;
    const watched = { ms: socket?.receivedMs ?? 0, messages: socket?.receivedMessages ?? 0 };
    expect(watched.ms / watched.messages).toBe(watchedChunkMs ?? 160);
    ann.stream.watched(false);
    await ann.say('and when they do not');
    await ann.until(() => ann.said.length === 2);
    const messages = (socket?.receivedMessages ?? 0) - watched.messages;
    // The first may be what a chunk lacked; of packets, a piece ends where one does.
    const averageMs = ((socket?.receivedMs ?? 0) - watched.ms) / messages;
    expect(averageMs).toBeGreaterThan(280);
    expect(averageMs).toBeLessThan(330);
    expect(ann.said).toEqual(['while they look on', 'and when they do not']);
  });

  it('opens no socket for silence or a click', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    await ann.sound(new Int16Array(rateHz));
    await ann.sound(tone(format === 'ogg' ? 60 : 80, rateHz)); // an encoder makes it a little longer
    await ann.sound(new Int16Array(rateHz));
    expect(room.palabra.sessions).toHaveLength(0);
    expect(ann.stream.status()).toMatchObject({ state: 'idle', sockets: 0, sentMs: 0 });
  });

  it('has pending speech from its beginning until its final', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    expect(ann.stream.pendingSinceMs()).toBeUndefined();
    const startMs = await ann.say('something to say');
    expect(Math.abs((ann.stream.pendingSinceMs() ?? 0) - startMs)).toBeLessThan(100);
    await ann.until(() => ann.said.length === 1);
    expect(ann.stream.pendingSinceMs()).toBeUndefined();
  });

  it('takes speech that brought no text for noise', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    await ann.sound(tone(400, rateHz));
    expect(ann.stream.pendingSinceMs()).toBeDefined();
    // It is no news to anybody, so it has to be looked for: after the closing silence and `nothingHeardMs`.
    await expect.poll(() => ann.stream.pendingSinceMs(), { timeout: 15_000 }).toBeUndefined();
    expect(ann.segments).toEqual([]);
  });

  it('delivers the last words when it is finished in the middle of them', async () => {
    await using room = await studio();
    const ann = room.person('ann', { language: 'en', translateTo: ['es'] });
    await ann.say('famous last words');
    await ann.stream.finish(never);
    await ann.until(() => ann.translations('es').length === 1);
    expect(ann.said).toEqual(['famous last words']);
    expect(room.palabra.sockets).toMatchObject([{ closeCode: 1000, closedBy: 'client' }]);
    expect(room.palabra.violations).toEqual([]);
  });

  it('ends its segments after it was finished', async () => {
    await using room = await studio();
    const stream = room.transcriber.open('ann', ENGLISH, room.clock, () => {});
    await stream.finish(never);
    expect(await Array.fromAsync(stream.segments(never))).toEqual([]);
  });

  it('keeps the socket open with silence now and then, and gives it back when nobody speaks for long', async () => {
    await using room = await studio({ idleCloseMs: 1500 }, { limits: { keepAliveMs: 700, idleMs: 3000 } });
    const ann = room.person('ann');
    await ann.say('hello');
    await room.palabra.until(({ sockets }) => sockets[0]?.isOpen === false);
    const [socket] = room.palabra.sockets;
    expect(socket).toMatchObject({ closeCode: 1000, closedBy: 'client' });
    expect((socket?.closedAt ?? 0) - (socket?.openedAt ?? 0)).toBeGreaterThan(3000);
    expect(ann.stream.status()).toMatchObject({ state: 'idle', sockets: 1 });
  });

  it('speaks over the same socket after a pause', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    await ann.say('once');
    await ann.until(() => ann.said.length === 1);
    await ann.say('twice');
    await ann.until(() => ann.said.length === 2);
    expect(room.palabra.sockets).toHaveLength(1);
  });

  it('applies changed settings at the next pause, without losing a word', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    const speaking = ann.say('while I speak');
    await delay(300);
    ann.stream.configure({ language: 'en', translateTo: ['de'] });
    await speaking;
    await ann.until(() => ann.said.length === 1);
    await ann.say('after that');
    await ann.until(() => ann.translations('de').length === 1);
    expect(ann.said).toEqual(['while I speak', 'after that']);
    expect(room.palabra.sockets.map(({ query }) => query.translate_languages)).toEqual([undefined, 'de']);
    expect(room.palabra.violations).toEqual([]);
  });

  it('asks for the final at a pause when the server supports that', async () => {
    await using room = await studio({ finalize: true, finalAfterSilenceMs: 1400 }, { finalize: true });
    const ann = room.person('ann');
    await ann.say('quick');
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['quick']);
    expect(room.palabra.sockets).toMatchObject([{ finalizeRequests: 1 }]);
    expect(room.palabra.violations).toEqual([]);
  });

  it('reads times that count the clock instead of the audio', async () => {
    await using room = await studio({ timesFrom: 'wall clock' });
    const ann = room.person('ann');
    await ann.say('first');
    await ann.until(() => ann.said.length === 1);
    await delay(4000);
    const startMs = await ann.say('much later');
    await ann.until(() => ann.said.length === 2);
    expect(Math.abs((ann.finals[1]?.startMs ?? 0) - startMs)).toBeLessThan(500);
  });

  it('serves several people at once, each with their own words', async () => {
    await using room = await studio();
    const people = ['ann', 'ben', 'cat'].map((name) => room.person(name));
    await Promise.all(people.map((person, i) => person.say(`this is number ${i} speaking`)));
    await Promise.all(people.map((person) => person.stream.finish(never)));
    expect(people.map(({ said }) => said)).toEqual([0, 1, 2].map((i) => [`this is number ${i} speaking`]));
    expect(new Set(people.flatMap(({ finals }) => finals.map(({ utteranceId }) => utteranceId))).size).toBe(3);
  });

  it('uses an API key as the token, without a session', async () => {
    await using room = await studio({ apiKey: 'platform-key' }, { apiKey: 'platform-key' });
    const ann = room.person('ann', ENGLISH);
    await ann.say('hello');
    await ann.until(() => ann.said.length === 1);
    expect(room.palabra.sessions).toHaveLength(0);
    expect(room.palabra.sockets).toMatchObject([{ credential: 'api key' }]);
  });

  it('ends its own sessions on the server', async () => {
    const room = await studio();
    const ann = room.person('ann');
    await ann.say('hello');
    await ann.stream.finish(never);
    await room.transcriber[Symbol.asyncDispose]();
    expect(room.palabra.sessions).toMatchObject([{ deletedAt: expect.any(Number) }]);
    await room.palabra.close();
  });
});
