import { setImmediate as soon } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AudioDesk } from '../../../src/core/audio/desk.ts';
import { AudioText } from '../../../src/core/audio/text.ts';
import type { AudioListener, AudioTranscriber } from '../../../src/core/ports/speech-to-text.ts';
import { Budget } from '../../../src/core/usage/usage.ts';
import { makeFinal } from '../../support/make.ts';
import { MemoryJournal } from '../../support/ports.ts';

/** A recogniser that a file goes to as the test plays it. */
function deskWith(seconds: number, play: (listener: AudioListener) => AsyncGenerator<void>) {
  const book = new MemoryJournal();
  const transcriber: AudioTranscriber = {
    async transcribeAudio(_file, _options, _maxMs, listener, signal) {
      for await (const _ of play(listener)) {
        await soon();
        signal.throwIfAborted();
      }
      return 'whole';
    },
  };
  const budget = new Budget(book, seconds * 1_000);
  const desk = new AudioDesk(transcriber, new AbortController().signal, { budget });
  let loads = 0;
  const source = {
    name: 'talk.ogg',
    sizeBytes: 1,
    load: async () => {
      loads += 1;
      return new Uint8Array(1);
    },
  };
  return {
    countedMs: () => book.uses.reduce((sum, { sentMs }) => sum + sentMs, 0),
    kinds: () => new Set(book.uses.map(({ kind }) => kind)),
    loads: () => loads,
    transcribe: (text = new AudioText()) => {
      const options = { language: 'en', translateTo: [] };
      const hearing = { text, progress: () => {}, leftOut: () => {} };
      return desk.transcribe('1', source, options, 60_000, hearing, new AbortController().signal);
    },
  };
}

async function* play(listener: AudioListener): AsyncGenerator<void> {
  listener.segment(makeFinal({ text: 'Heard in time' }));
  for (const sentMs of [9_000, 18_000, 27_000]) {
    listener.progress(sentMs, undefined);
    yield;
    await soon();
  }
}

describe('an audio file of a server with a budget', () => {
  it('counts all that was sent of it, its last seconds too', async () => {
    const desk = deskWith(600, play);
    await desk.transcribe();
    expect(desk.countedMs()).toBe(27_000);
    expect(desk.kinds()).toEqual(new Set(['files']));
  });

  it('ends when it uses up what is left, with what was heard by then; the next one is not even fetched', async () => {
    const desk = deskWith(15, play);
    const text = new AudioText();
    await expect(desk.transcribe(text)).rejects.toMatchObject({ code: 'budget-used-up' });
    expect(desk.countedMs()).toBe(18_000);
    expect(text.utterances().map(({ said }) => said.text)).toEqual(['Heard in time']);
    await expect(desk.transcribe()).rejects.toMatchObject({ code: 'budget-used-up' });
    expect(desk.loads()).toBe(1);
  });

  it('that had to begin again counts what was sent in vain', async () => {
    const desk = deskWith(600, async function* (listener) {
      listener.progress(20_000, undefined);
      yield;
      listener.startedOver();
      listener.progress(25_000, undefined);
      yield;
    });
    await desk.transcribe();
    expect(desk.countedMs()).toBe(45_000);
  });
});
