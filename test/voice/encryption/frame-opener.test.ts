import { describe, expect, it } from 'vitest';
import { FrameOpener, type Keys, whoseKeyOpens } from '../../../src/voice/encryption/frame-opener.ts';

const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

/** A frame that looks encrypted; with its key it is decrypted to its name. */
const sealed = (name: string, key: string) => ({ payload: Buffer.from(`${key}:${name.padEnd(12)}\xfa\xfa`, 'latin1') });
const plain = (name: string) => ({ payload: Buffer.from(name) });

/** Keys by name; the real ones are tested over the simulated voice server. */
class NamedKeys implements Keys {
  readonly names = new Set<string>();
  required = true;
  get ready(): boolean {
    return this.names.size > 0;
  }
  decryptFrame(_: string, frame: Buffer): Buffer {
    const [key = '', name = ''] = frame.subarray(0, -2).toString().split(':');
    if (!this.names.has(key)) throw new Error('no key');
    return Buffer.from(name.trim());
  }
}

function makeOpener() {
  const counts = { failed: 0 };
  const opener = new FrameOpener<{ payload: Buffer }>('100', () => counts.failed++);
  return { opener, counts };
}

const words = (opened: readonly { opus: Buffer | undefined }[]) =>
  opened.map(({ opus }) => (opus === undefined ? undefined : opus.equals(SILENCE) ? 'silence' : opus.toString()));

describe('frames that are encrypted end to end', () => {
  it('come out decrypted when their keys are there', () => {
    const keys = new NamedKeys();
    keys.names.add('a');
    const { opener } = makeOpener();
    expect(words(opener.openFrame(sealed('one', 'a'), keys, 0))).toEqual(['one']);
    expect(opener.encryption).toBe('end-to-end');
  });

  it('wait for their keys, and what follows waits behind them', () => {
    const keys = new NamedKeys();
    const { opener, counts } = makeOpener();
    expect(opener.openFrame(sealed('one', 'a'), keys, 0)).toEqual([]);
    expect(opener.openFrame({ payload: SILENCE }, keys, 20)).toEqual([]);
    expect(opener.encryption).toBe('negotiating');
    keys.names.add('a');
    expect(words(opener.openFrame(sealed('two', 'a'), keys, 40))).toEqual(['one', 'silence', 'two']);
    expect(opener.waiting).toBe(false);
    expect(counts.failed).toBe(1);
  });

  it('come out unopened after two seconds, never encrypted', () => {
    const keys = new NamedKeys();
    const { opener } = makeOpener();
    opener.openFrame(sealed('one', 'a'), keys, 0);
    expect(opener.retryHeld(keys, 1_999)).toEqual([]);
    expect(words(opener.retryHeld(keys, 2_000))).toEqual([undefined]);
  });

  it('are given up when a newer one opens, as their own keys would have come before', () => {
    const keys = new NamedKeys();
    keys.names.add('b');
    const { opener } = makeOpener();
    opener.openFrame(sealed('one', 'a'), keys, 0);
    expect(words(opener.openFrame(sealed('two', 'b'), keys, 20))).toEqual([undefined, 'two']);
  });

  it('are bounded in number while they wait', () => {
    const keys = new NamedKeys();
    const { opener } = makeOpener();
    let out = 0;
    for (let i = 0; i < 1_000; i++) out += opener.openFrame(sealed('x', 'a'), keys, 0).length;
    expect(out).toBeGreaterThan(850);
  });

  it('come out at the end, as far as they can be decrypted', () => {
    const keys = new NamedKeys();
    const { opener } = makeOpener();
    opener.openFrame(sealed('one', 'a'), keys, 0);
    opener.openFrame(sealed('two', 'b'), keys, 0);
    keys.names.add('b');
    expect(words(opener.flushHeld(keys))).toEqual([undefined, 'two']);
  });
});

describe('unencrypted frames', () => {
  it('pass where nothing is encrypted, whatever they end in', () => {
    const keys = new NamedKeys();
    keys.required = false;
    const { opener } = makeOpener();
    expect(opener.openFrame(sealed('one', 'a'), keys, 0)[0]?.opus).toEqual(sealed('one', 'a').payload);
    expect(opener.encryption).toBe('transport only');
  });

  it('pass in an encrypted call too, and are reported as unencrypted', () => {
    const keys = new NamedKeys();
    keys.names.add('a');
    const { opener } = makeOpener();
    expect(words(opener.openFrame(plain('one'), keys, 0))).toEqual(['one']);
    expect(opener.encryption).toBe('transport only');
  });

  it('change nothing about the reported encryption when they are silence', () => {
    const { opener } = makeOpener();
    expect(words(opener.openFrame({ payload: SILENCE }, new NamedKeys(), 0))).toEqual(['silence']);
    expect(opener.encryption).toBe('negotiating');
  });
});

describe('the person who sent a frame', () => {
  const owned: Keys = {
    required: true,
    ready: true,
    decryptFrame: (speakerId, frame) => {
      if (speakerId === 'passthrough') return frame;
      if (speakerId !== 'ana') throw new Error('not the sender');
      return frame.subarray(0, -13);
    },
  };
  const frame = sealed('hello', 'a').payload;

  it('is the one whose key decrypts it', () => {
    expect(whoseKeyOpens(frame, ['ben', 'ana'], owned)).toBe('ana');
    expect(whoseKeyOpens(frame, ['ben'], owned)).toBeUndefined();
  });

  it('is nobody whose key lets everything pass', () => {
    expect(whoseKeyOpens(frame, ['passthrough', 'ana'], owned)).toBe('ana');
  });

  it('is unknown for an unencrypted frame, which everybody could have sent', () => {
    expect(whoseKeyOpens(SILENCE, ['ana'], owned)).toBeUndefined();
    expect(whoseKeyOpens(plain('a frame in clear').payload, ['ana'], owned)).toBeUndefined();
  });
});
