import { describe, expect, it } from 'vitest';
import { isContainer, isPcm, silentBytes } from '../../../src/palabra/sockets/format.ts';
import {
  grow,
  parseMessage,
  type SpokenText,
  streamAddress,
  tailMayChange,
} from '../../../src/palabra/sockets/protocol.ts';
import { AUDIO_FORMATS_OF_THE_DOCUMENT } from '../support/document.ts';

const hello = {
  message_type: 'transcription',
  transcription_id: 'a1b2c3d4',
  language: 'en',
  is_eos: false,
  segment: { text: 'Hello world how are', start_time: 0.32, end_time: 1.84 },
  delta: { text: 'how are', start_time: 1.2, end_time: 1.84 },
};

describe('a message of the recogniser', () => {
  it('is read with its times in milliseconds', () => {
    expect(parseMessage(JSON.stringify(hello))).toEqual({
      kind: 'transcription',
      id: 'a1b2c3d4',
      language: 'en',
      isFinal: false,
      segment: { text: 'Hello world how are', startMs: 320, endMs: 1840 },
      delta: { text: 'how are', startMs: 1200, endMs: 1840 },
    });
  });

  it('is a translation under the id of its final', () => {
    const message = {
      message_type: 'translated_transcription',
      transcription_id: 'a1b2c3d4',
      language: 'es',
      is_eos: true,
      segment: { text: 'Hola mundo, ¿cómo estás?', start_time: 0.32, end_time: 1.84 },
    };
    expect(parseMessage(JSON.stringify(message))).toEqual({
      kind: 'translation',
      id: 'a1b2c3d4',
      language: 'es',
      text: 'Hola mundo, ¿cómo estás?',
    });
  });

  it('loses the mark of an answer to a finalize command', () => {
    const message = { ...hello, is_eos: true, segment: { ...hello.segment, text: 'Hello world <fin>' } };
    expect(parseMessage(JSON.stringify(message))).toMatchObject({ isFinal: true, segment: { text: 'Hello world ' } });
  });

  it('is one line of characters that can be shown, whatever is sent', () => {
    const text = ' noise\u000b\ufffd \u0085again\r\nand\u202ebefore\ud800 ';
    const shown = ' noise \ufffd again and before\ufffd ';
    expect(parseMessage(JSON.stringify({ ...hello, segment: { ...hello.segment, text } }))).toMatchObject({
      segment: { text: shown },
    });
    const translated = { ...hello, message_type: 'translated_transcription', segment: { text } };
    expect(parseMessage(JSON.stringify(translated))).toMatchObject({ text: shown.trim() });
  });

  it('never begins before the session did', () => {
    const message = { ...hello, segment: { ...hello.segment, start_time: -0.2 } };
    expect(parseMessage(JSON.stringify(message))).toMatchObject({ segment: { startMs: 0, endMs: 1840 } });
  });

  it('may come without a delta', () => {
    expect(parseMessage(JSON.stringify({ ...hello, delta: undefined }))).toMatchObject({ kind: 'transcription' });
  });

  it('of an unknown type is unknown', () => {
    expect(parseMessage('{"message_type":"warning","text":"slow"}')).toEqual({ kind: 'unknown' });
  });

  it.each(['', '{', '<html>', 'null{'])('that is not JSON is malformed: %j', (text) => {
    expect(parseMessage(text)).toEqual({ kind: 'malformed', because: 'not JSON' });
  });

  it.each([
    ['a number', 7],
    ['nothing', null],
    ['a list', [hello]],
    ['no id', { ...hello, transcription_id: undefined }],
    ['a number as id', { ...hello, transcription_id: 4 }],
    ['no word on being final', { ...hello, is_eos: 'no' }],
    ['neither segment nor delta', { ...hello, segment: 1, delta: undefined }],
    ['no text', { ...hello, segment: { start_time: 0, end_time: 1 }, delta: undefined }],
    ['a translation without language', { ...hello, message_type: 'translated_transcription', language: undefined }],
    ['a translation without text', { ...hello, message_type: 'translated_transcription', segment: {} }],
  ])('with fields missing is malformed: %s', (_what, message) => {
    expect(parseMessage(JSON.stringify(message))).toEqual({ kind: 'malformed', because: 'fields missing' });
  });
});

describe('nonsense in a message', () => {
  const final = (segment: object, more: object = {}) =>
    parseMessage(JSON.stringify({ ...hello, is_eos: true, delta: undefined, segment, ...more }));

  it.each([1e6, -1e6, 1e300, 86_400.001, '1', null, undefined])(
    'is the time %s: the words come without times',
    (time) => {
      expect(final({ text: 'x', start_time: 0, end_time: time })).toMatchObject({ segment: { text: 'x' } });
      expect(final({ text: 'x', start_time: 0, end_time: time })).not.toHaveProperty('segment.endMs');
      expect(final({ text: 'x', start_time: time, end_time: 1 })).not.toHaveProperty('segment.startMs');
    },
  );

  it('is an end before the beginning', () => {
    expect(final({ text: 'x', start_time: 2, end_time: 1 })).toMatchObject({ segment: { text: 'x' } });
    expect(final({ text: 'x', start_time: 2, end_time: 1 })).not.toHaveProperty('segment.startMs');
  });

  it('is a text that nobody could say: its beginning is kept', () => {
    const message = final({ text: '😀'.repeat(100_000), start_time: 0, end_time: 1 });
    const text = message.kind === 'transcription' ? (message.segment?.text ?? '') : '';
    expect(text.length).toBe(10_000);
    expect(text.endsWith('…')).toBe(true);
    expect(text.isWellFormed()).toBe(true);
  });

  it('is a text of pieces that grow without end', () => {
    let text: SpokenText = { text: '', startMs: 0, endMs: 0 };
    const delta = { text: 'x'.repeat(9_000), startMs: 0, endMs: 1 };
    const message = { kind: 'transcription', id: 'a', language: 'ja', isFinal: false, delta } as const;
    for (let i = 0; i < 10; i++) text = grow(text, message, false) ?? text;
    expect(text.text.length).toBe(10_000);
    text = grow(text, { ...message, delta: { ...delta, text: 'the newest' } }, false) ?? text;
    expect(text.text.endsWith('the newest')).toBe(true);
  });

  it('is an id of a thousand characters, or a language that is a sentence', () => {
    const segment = { text: 'x', start_time: 0, end_time: 1 };
    expect(final(segment, { transcription_id: 'i'.repeat(1_000) })).toMatchObject({ kind: 'malformed' });
    expect(final(segment, { language: 'the language of '.repeat(10) })).toMatchObject({ language: '' });
    const translation = { message_type: 'translated_transcription', language: 'not a language' };
    expect(final(segment, translation)).toMatchObject({ kind: 'malformed' });
  });
});

describe('a growing utterance', () => {
  const before = { text: 'Hello wor', startMs: 320, endMs: 1200 };
  const delta = { text: 'ld', startMs: 1200, endMs: 1400 };
  const message = { kind: 'transcription', id: 'a', language: 'en', isFinal: false } as const;

  it('is overwritten by the segment, which may rewrite its tail', () => {
    const segment = { text: 'Hello, we', startMs: 320, endMs: 1400 };
    expect(grow(before, { ...message, segment, delta }, true)).toEqual(segment);
  });

  it('grows by a bare delta when its tail never changes', () => {
    expect(grow(before, { ...message, delta }, false)).toEqual({ text: 'Hello world', startMs: 320, endMs: 1400 });
  });

  it('begins with a bare delta when its tail never changes', () => {
    expect(grow(undefined, { ...message, delta }, false)).toEqual(delta);
  });

  it('ignores a bare delta when its tail may change, as that is only a hint', () => {
    expect(grow(before, { ...message, delta }, true)).toEqual(before);
  });

  it('may change its tail by default, except in Japanese', () => {
    const parameters = { audio: { format: 'wav' } } as const;
    expect(['en', 'ja', 'ja-JP'].map((language) => tailMayChange(parameters, language))).toEqual([true, false, false]);
  });

  it('may change its tail as the filler filter was set', () => {
    expect(tailMayChange({ audio: { format: 'wav' }, fillerFilter: false }, 'en')).toBe(false);
    expect(tailMayChange({ audio: { format: 'wav' }, fillerFilter: true }, 'ja')).toBe(true);
  });
});

describe('the address of a stream', () => {
  const query = (url: URL) => Object.fromEntries(url.searchParams);

  it('holds every parameter of the document', () => {
    const url = streamAddress('wss://api.example', 't/+ k', {
      audio: { format: 'pcm_s16le', sampleRateHz: 48_000 },
      language: 'en',
      translateTo: ['es', 'fr'],
      fillerFilter: false,
    });
    expect(url.origin + url.pathname).toBe('wss://api.example/asr/v1/speech-to-text/stream');
    expect(query(url)).toEqual({
      token: 't/+ k',
      language: 'en',
      format: 'pcm_s16le',
      sample_rate: '48000',
      translate_languages: 'es,fr',
      enable_filler_filter: 'false',
    });
  });

  it('leaves out what was not chosen', () => {
    const url = streamAddress('wss://api.example/', 't', { audio: { format: 'wav' }, translateTo: [] });
    expect(query(url)).toEqual({ token: 't', format: 'wav' });
  });

  it('keeps a path before ours', () => {
    const url = streamAddress('ws://localhost:1/palabra/', 't', { audio: { format: 'mp3' } });
    expect(url.pathname).toBe('/palabra/asr/v1/speech-to-text/stream');
  });
});

describe('the audio formats', () => {
  it('are those of the document', () => {
    const { raw, containers } = AUDIO_FORMATS_OF_THE_DOCUMENT;
    expect(raw.every(isPcm) && containers.every(isContainer)).toBe(true);
    expect(raw.some(isContainer) || containers.some(isPcm)).toBe(false);
  });

  it.each([
    ['pcm_s16le', 2, 0],
    ['pcm_f32be', 4, 0],
    ['pcm_s32le', 4, 0],
    ['mulaw', 1, 0xff],
    ['alaw', 1, 0xd5],
  ] as const)('know their silence: %s', (encoding, bytes, value) => {
    expect([...silentBytes(encoding, 2)]).toEqual(Array(2 * bytes).fill(value));
  });
});
