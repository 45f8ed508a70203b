import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BALANCE_USED_UP } from '../simulators/palabra/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { FORMATS, studio, studioOf } from './support/studio.ts';

const never = new AbortController().signal;
const TRANSLATED = { language: 'en', translateTo: ['es'] };

describe.concurrent.each(FORMATS)('when a socket of $format is lost', inRealTime, ({ format }) => {
  const studio = studioOf(format);

  it.each([1000, 1001, 1008, 1011, 'reset'] as const)(
    'in mid-sentence by %s, every word is published once',
    async (how) => {
      await using room = await studio();
      const ann = room.person('ann');
      const speaking = ann.say('a sentence that is broken in two');
      await room.palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) > 900);
      if (how === 'reset') room.palabra.faults.resetAll();
      else room.palabra.faults.closeAll(how);
      const startMs = await speaking;
      await ann.until(() => ann.said.length === 1);
      expect(ann.finals).toMatchObject([{ text: 'a sentence that is broken in two', confirmed: true }]);
      expect(Math.abs((ann.finals[0]?.startMs ?? 0) - startMs)).toBeLessThan(100);
      expect(new Set(ann.segments.map(({ utteranceId }) => utteranceId)).size).toBe(1);
      expect(ann.notices).toEqual([]);
      expect(room.palabra.violations).toEqual([]);
    },
  );

  it('again and again, every word is published once and in order', async () => {
    await using room = await studio({}, { limits: { dialsPerMinute: 60 } });
    const ann = room.person('ann', TRANSLATED);
    room.palabra.faults.closeEvery(2500, 'reset');
    const texts = ['one small step', 'for a bot', 'is one giant leap', 'for the minutes'];
    for (const text of texts) {
      await ann.say(text);
      await delay(900);
    }
    await ann.until(() => ann.translations('es').length === texts.length);
    room.palabra.faults.closeEvery(undefined);
    expect(ann.said).toEqual(texts);
    expect(ann.translations('es')).toEqual(texts.map((text) => `es:${text}`));
  });

  it('between a final and its translation, the translation still comes', async () => {
    await using room = await studio({ translationDelayMs: 1000 });
    const ann = room.person('ann', TRANSLATED);
    await ann.say('translate me');
    await ann.until(() => ann.said.length === 1);
    room.palabra.faults.resetAll();
    await ann.until(() => ann.translations('es').length === 1);
    expect(ann.said).toEqual(['translate me']);
    expect(ann.translations('es')).toEqual(['es:translate me']);
  });

  it('after all speech is text, no other socket is opened', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    await ann.say('all is text');
    await ann.until(() => ann.said.length === 1);
    await delay(600); // the closing silence of real conversations
    room.palabra.faults.resetAll();
    await delay(1500);
    expect(room.palabra.sockets).toHaveLength(1);
    expect(ann.stream.status().state).toBe('idle');
  });

  it('without a sign, the client notices before it forgets the words', async () => {
    await using room = await studio({}, { limits: { muteMs: 700 } });
    const ann = room.person('ann');
    const speaking = ann.say('the network is full of other things today and tomorrow too');
    await room.palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) > 600);
    const [first] = room.palabra.sockets;
    first?.stopReading();
    await speaking;
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['the network is full of other things today and tomorrow too']);
  });
});

describe.concurrent('when the recogniser refuses', inRealTime, () => {
  it('a token once, the client tries a fresh one', async () => {
    await using room = await studio();
    room.palabra.faults.nextUpgrade({ kind: 'status', status: 401 });
    const ann = room.person('ann');
    await ann.say('second try');
    await ann.until(() => ann.said.length === 1);
    expect(room.palabra.sessions).toHaveLength(2);
    expect(ann.notices).toEqual([]);
  });

  it('the credentials, the notice says what to do', async () => {
    await using room = await studio({}, { credentials: [{ clientId: 'nobody', clientSecret: 'wrong' }] });
    const ann = room.person('ann');
    await ann.say('hello');
    await ann.until(() => ann.notices.length > 0);
    expect(ann.notices).toMatchObject([
      {
        kind: 'stopped',
        speakerId: 'ann',
        error: { code: 'key-refused', message: expect.stringMatching(/PALABRA_CLIENT_ID/) },
      },
    ]);
    expect(ann.stream.status()).toMatchObject({ state: 'stopped', error: { code: 'key-refused' } });
    expect(ann.stream.pendingSinceMs()).toBeUndefined();
  });

  it('because the balance is used up, there is a notice', async () => {
    await using room = await studio();
    room.palabra.faults.nextSession(BALANCE_USED_UP);
    const ann = room.person('ann');
    await ann.say('hello');
    await ann.until(() => ann.notices.length > 0);
    expect(ann.notices).toMatchObject([{ kind: 'stopped', error: { code: 'balance-used-up' } }]);
  });

  it('the spoken language, it detects the language, and a notice says so', async () => {
    await using room = await studio();
    const ann = room.person('ann', { language: 'xx', translateTo: [] });
    await ann.say('hello out there');
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['hello out there']);
    expect(ann.notices).toEqual([{ kind: 'languages left out', leftOut: { targets: [], spoken: 'xx' } }]);
    expect(room.palabra.sockets).toMatchObject([{ query: { language: 'auto' } }]);
  });

  it('every stream, the notice quotes its message, and no language is blamed', async () => {
    await using room = await studio();
    room.palabra.faults.nextUpgrade({ kind: 'status', status: 400, body: '{"detail":"no such format"}' }, 3);
    const ann = room.person('ann', { language: 'auto', translateTo: ['es', 'fr'] });
    await ann.say('hello out there');
    await ann.until(() => ann.notices.length > 0);
    const message = 'Palabra refused the stream (400): no such format';
    expect(ann.notices).toMatchObject([{ kind: 'stopped', error: { code: 'bad-request', message } }]);
    ann.stream.configure({ language: 'en', translateTo: ['es'] });
    await ann.until(() => ann.translations('es').length === 1); // no language was left out
    expect(ann.said).toEqual(['hello out there']);
  });

  it.each([
    ['status', ['es'], 'es:hello out there'],
    ['close', ['es'], 'es:hello out there'],
    ['close without a word', ['es'], 'es:hello out there'],
  ] as const)('a translation by a %s, the others and the original go on', async (refusesLanguagesBy, taken, text) => {
    await using room = await studio({ refusesLanguagesBy });
    const ann = room.person('ann', { language: 'en', translateTo: ['sv', 'es'] });
    await ann.say('hello out there');
    await ann.until(() => ann.translations('es').length === 1);
    expect([ann.said, ann.translations('es')]).toEqual([['hello out there'], [text]]);
    expect(ann.notices).toEqual([{ kind: 'languages left out', leftOut: { targets: ['sv'] } }]);
    expect(room.palabra.sockets).toMatchObject([{ query: { translate_languages: taken.join() } }]);
    // The next speaker does not ask for it again.
    const ben = room.person('ben', { language: 'en', translateTo: ['sv', 'es'] });
    const refusals = room.palabra.refusals.length;
    await ben.say('good morning');
    await ben.until(() => ben.translations('es').length === 1);
    expect(ben.notices).toEqual(ann.notices);
    expect(room.palabra.refusals).toHaveLength(refusals);
    expect(room.palabra.violations).toEqual([]);
  });

  it('both languages by a close without a word, the original goes on', async () => {
    await using room = await studio({ refusesLanguagesBy: 'close without a word' }, { limits: { probeMs: 500 } });
    const ann = room.person('ann', { language: 'xx', translateTo: ['sv', 'zz'] });
    await ann.say('hello out there');
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['hello out there']);
    expect(ann.notices).toEqual([{ kind: 'languages left out', leftOut: { targets: ['sv', 'zz'], spoken: 'xx' } }]);
  });

  it('a second socket, people take turns on the one there is', async () => {
    await using room = await studio({ socketsPerCredential: 1 }, { limits: { afterConflictMs: 50 } });
    const [ann, ben] = [room.person('ann'), room.person('ben')];
    await Promise.all([ann.say('my turn first'), ben.say('and mine')]);
    await Promise.all([ann.until(() => ann.said.length === 1), ben.until(() => ben.said.length === 1)]);
    expect([ann.said, ben.said]).toEqual([['my turn first'], ['and mine']]);
    expect(room.palabra.violations).toEqual([]);
  });

  it('because an old session still counts, the client tries again until that is gone', async () => {
    await using room = await studio({}, { limits: { afterConflictMs: 50 } });
    room.palabra.faults.nextUpgrade({ kind: 'status', status: 409 }, 3);
    const ann = room.person('ann');
    await ann.say('patience');
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['patience']);
  });

  it.each([500, 503, 429])('with %i for a moment, nothing is lost', async (status) => {
    await using room = await studio();
    room.palabra.faults.nextSession({ kind: 'status', status }, 2);
    const ann = room.person('ann');
    await ann.say('still here');
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['still here']);
    expect(ann.notices).toEqual([]);
  });

  it('to answer, the client asks again', async () => {
    await using room = await studio({}, { limits: { restMs: 400, upgradeMs: 400 } });
    room.palabra.faults.nextSession({ kind: 'hang' });
    room.palabra.faults.nextUpgrade({ kind: 'hang' });
    const ann = room.person('ann');
    await ann.say('hello');
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['hello']);
  });
});

describe.concurrent('when the recogniser misbehaves', inRealTime, () => {
  it('the client counts its garbage and goes on', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    const speaking = ann.say('never mind the noise');
    await room.palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) > 600);
    for (const garbage of ['malformed JSON', 'unknown message_type', 'not an object', 'binary'] as const) {
      room.palabra.faults.sendGarbage(garbage);
    }
    await speaking;
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['never mind the noise']);
    expect(room.transcriber.oddMessages).toEqual({ malformed: 3, unknown: 1, misplaced: 0 });
    expect(room.palabra.sockets).toHaveLength(1);
  });

  it('a huge message costs the socket, not the words', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    const speaking = ann.say('keep it short please');
    await room.palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) > 600);
    room.palabra.faults.sendGarbage('huge');
    await speaking;
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['keep it short please']);
  });

  it('finals sent twice are published once', async () => {
    await using room = await studio();
    room.palabra.faults.duplicateFinals = true;
    const ann = room.person('ann', TRANSLATED);
    await ann.say('once');
    await ann.until(() => ann.translations('es').length === 1);
    await ann.stream.finish(never);
    expect(ann.said).toEqual(['once']);
  });

  it('a missing final is published unconfirmed, and replaced when it comes after all', async () => {
    await using room = await studio({}, { limits: { unconfirmedMs: 1000 } });
    room.palabra.faults.holdFinals();
    const ann = room.person('ann');
    await ann.say('is this thing working');
    await ann.until(() => ann.said.length === 1);
    expect(ann.finals).toMatchObject([{ text: expect.stringMatching(/^is this thing/), confirmed: false }]);
    expect(ann.stream.status()).toMatchObject({ forcedFinals: 1, reconnects: 0 });
    room.palabra.faults.releaseFinals();
    await ann.until(() => ann.said.length === 2);
    const { utteranceId } = ann.finals[0] ?? {};
    expect(ann.finals[1]).toMatchObject({ utteranceId, text: 'is this thing working', confirmed: true });
  });

  it('finals that come late are still finals', async () => {
    await using room = await studio();
    room.palabra.faults.finalDelayMs = 5000;
    const ann = room.person('ann');
    await ann.say('better late');
    await ann.until(() => ann.said.length === 1);
    expect(ann.finals).toMatchObject([{ text: 'better late', confirmed: true }]);
  });

  it('finals that overtake one another are all published', async () => {
    await using room = await studio();
    const { faults } = room.palabra;
    faults.finalDelayMs = 2500;
    const ann = room.person('ann');
    await ann.say('first');
    await delay(1300); // its final is on its way
    faults.finalDelayMs = 0;
    await ann.say('second');
    await ann.until(() => ann.said.length === 2);
    expect(ann.said).toEqual(['second', 'first']);
    expect(ann.stream.pendingSinceMs()).toBeUndefined();
  });

  it('speech that could not be kept is reported as a gap', async () => {
    await using room = await studio({}, { limits: { heldMs: 1000, retryMaxMs: 500 } });
    room.palabra.faults.nextSession({ kind: 'status', status: 503 }, 6);
    const ann = room.person('ann');
    const startMs = await ann.say('a long story that nobody could hear because the service was away');
    await ann.until(() => ann.notices.length > 0);
    expect(ann.notices).toMatchObject([{ kind: 'gap', gap: { speakerId: 'ann', reason: 'recogniser unavailable' } }]);
    const [notice] = ann.notices;
    expect(notice?.kind === 'gap' && Math.abs(notice.gap.startMs - startMs) < 100).toBe(true);
  });

  it('speech that was never sent is reported as a gap at the end', async () => {
    await using room = await studio({}, { limits: { finishMs: 500 } });
    room.palabra.faults.nextSession({ kind: 'status', status: 503 }, 100);
    const ann = room.person('ann');
    const startMs = await ann.say('into the void');
    await ann.stream.finish(never);
    expect(ann.notices).toMatchObject([{ kind: 'gap', gap: { speakerId: 'ann' } }]);
    const [notice] = ann.notices;
    expect(notice?.kind === 'gap' && Math.abs(notice.gap.startMs - startMs) < 100).toBe(true);
  });
});

describe('the log', inRealTime, () => {
  it('holds no token, no session, no secret and no spoken word', async () => {
    const room = await studio({}, { limits: { restMs: 300, upgradeMs: 300 } });
    room.palabra.faults.nextSession({ kind: 'hang' });
    room.palabra.faults.nextUpgrade({ kind: 'status', status: 503, body: '{"detail":"busy"}' });
    const ann = room.person('ann');
    const speaking = ann.say('confidential matters');
    await room.palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) > 600);
    room.palabra.faults.resetAll();
    await speaking;
    await ann.until(() => ann.said.length === 1);
    const everything = room.log.entries.join('\n');
    expect(everything).not.toBe('');
    expect([...room.palabra.secrets, 'confidential', 'token='].filter((secret) => everything.includes(secret))).toEqual(
      [],
    );
    await room[Symbol.asyncDispose]();
  });
});
