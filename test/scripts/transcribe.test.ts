import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPalabra } from '../simulators/palabra/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { oggSpeech, rawSpeech, wavSpeech } from './support/audio-files.ts';
import { Command, inProcess, keysOf } from './support/command.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transcribe-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe.concurrent('npm run transcribe', inRealTime, () => {
  it('prints the finals and translations of a WAV file that ends with its last word', async () => {
    await using palabra = await startPalabra();
    const path = await file('speech.wav', wavSpeech('good morning'));
    const { code, out, err } = await new Command(
      [path, '--language', 'en', '--translate', 'es,fr'],
      keysOf(palabra),
    ).ended();
    expect(out.split('\n').sort()).toEqual([
      '',
      '  [es] es:good morning',
      '  [fr] fr:good morning',
      '[0:00] good morning',
    ]);
    expect(code).toBe(0);
    expect(err).toMatch(/^… good/mu);
    expect(palabra.violations).toEqual([]);
    expect(palabra.sockets).toMatchObject([{ query: { format: 'wav', language: 'en' }, closeCode: 1000 }]);
  });

  it('prints the text of audio from a pipe', async () => {
    await using palabra = await startPalabra();
    const args = ['-', '--format', 'pcm_s16le', '--sample-rate', '16000'];
    const { code, out } = await new Command(args, keysOf(palabra)).pipe(rawSpeech('from a pipe')).ended();
    expect([code, out]).toEqual([0, '[0:00] from a pipe\n']);
    expect(palabra.sockets).toMatchObject([{ query: { format: 'pcm_s16le', sample_rate: '16000', language: 'auto' } }]);
    expect(palabra.violations).toEqual([]);
  });

  it('recognises Ogg Opus from a pipe by its first bytes, and ends it with silence', async () => {
    await using palabra = await startPalabra();
    const { code, out } = await new Command(['-'], keysOf(palabra)).pipe(oggSpeech('a voice message')).ended();
    expect([code, out]).toEqual([0, '[0:00] a voice message\n']);
    expect(palabra.violations).toEqual([]);
  });

  it('prints one JSON object per line for programs', async () => {
    await using palabra = await startPalabra();
    const path = await file('json.wav', wavSpeech('for programs'));
    const { out, err } = await new Command([path, '--json', '--translate', 'de'], keysOf(palabra)).ended();
    const objects: Record<string, unknown>[] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(objects[0]).toMatchObject({ kind: 'partial', id: '1' });
    expect(objects.slice(-2)).toMatchObject([
      {
        id: '1',
        kind: 'final',
        startMs: expect.any(Number),
        endMs: expect.any(Number),
        text: 'for programs',
        language: 'en',
        confirmed: true,
      },
      { id: '1', kind: 'translation', text: 'de:for programs', language: 'de' },
    ]);
    expect(err).toBe('');
  });

  it('accepts raw samples in every documented encoding', async () => {
    await using palabra = await startPalabra();
    const samples = new Int16Array(new Uint8Array(rawSpeech('one two')).buffer);
    const floats = Buffer.alloc(samples.length * 4);
    for (const [i, sample] of samples.entries()) floats.writeFloatBE(sample / 32_768, i * 4);
    const path = await file('speech.f32be', floats);
    const { out } = await inProcess([path, '--sample-rate', '16000'], keysOf(palabra));
    expect(out).toBe('[0:00] one two\n');
    expect(palabra.violations).toEqual([]);
  });

  it('finishes the text so far when it is interrupted, and exits with 130', async () => {
    await using palabra = await startPalabra();
    const command = new Command(['-', '--format', 'pcm_s16le'], keysOf(palabra));
    command.process.stdin?.write(rawSpeech('before the key'));
    await palabra.until(({ sockets }) => (sockets[0]?.partialsSent ?? 0) >= 2);
    await palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) > 900);
    command.process.kill('SIGINT');
    const { code, out } = await command.ended();
    expect(code).toBe(130);
    expect(out).toMatch(/^\[0:00\] before/u);
    expect(palabra.sockets).toMatchObject([{ closeCode: 1000 }]);
  });

  it('says in a sentence that the keys are wrong', async () => {
    await using palabra = await startPalabra();
    const path = await file('keys.wav', wavSpeech('hello'));
    const result = await new Command([path], { ...keysOf(palabra), PALABRA_CLIENT_SECRET: 'wrong' }).ended();
    expect(result).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^Palabra refused the credentials \(401\)\..*\n$/u),
    });
  });

  it('shows the list of languages when one is not supported', async () => {
    await using palabra = await startPalabra();
    const path = await file('language.wav', wavSpeech('hello'));
    const result = await inProcess([path, '--language', 'xx'], keysOf(palabra));
    expect(result).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^[^\n]*'xx' is not supported[^\n]*ar, de, en[^\n]*\n$/u),
    });
  });

  it('says in a sentence that nothing answers', async () => {
    const path = await file('nobody.wav', wavSpeech('hello'));
    const environment = { PALABRA_API_KEY: 'k', PALABRA_STREAM_URL: 'ws://127.0.0.1:9' };
    const result = await inProcess([path], environment);
    expect(result).toEqual({ code: 1, out: '', err: 'Cannot open speech-to-text: no connection (ECONNREFUSED).\n' });
  });

  it.each([
    ['no file', ['missing.wav'], 1, /There is no file missing\.wav\./u],
    ['a folder', ['.'], 1, /is a folder/u],
    ['two files', ['a.wav', 'b.wav'], 2, /one file at a time/u],
    ['nothing', [], 2, /Name a file/u],
    ['an unknown option', ['a.wav', '--loud'], 2, /Unknown option '--loud'/u],
    ['an unknown format', ['a.wav', '--format', 'midi'], 2, /does not know the format midi/u],
    ['raw PCM without its rate', ['a.raw', '--format', 'mulaw'], 2, /mulaw needs --sample-rate/u],
    ['a container with a rate', ['a.wav', '--format', 'wav', '--sample-rate', '16000'], 2, /Leave --sample-rate out/u],
    ['an invalid rate', ['a.raw', '--format', 'alaw', '--sample-rate', 'fast'], 2, /number of hertz/u],
    ['an invalid language', ['a.wav', '--language', '?'], 2, /not a language code/u],
  ])('refuses %s in a sentence', async (_what, args, code, sentence) => {
    const result = await inProcess(args, { PALABRA_API_KEY: 'k' });
    expect(result).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
    expect(result.err.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['text named as WAV', 'letter.wav', 'Dear all, this is no audio at all.'],
    ['an empty file', 'empty.wav', ''],
    ['text named as MP3', 'letter.mp3', 'Dear all, this is no audio at all.'],
    ['text without a name', 'letter', 'Dear all, this is no audio at all.'],
    ['MP4', 'sound.m4a', '\0\0\0\x20ftypM4A '],
    ['a WAV header without audio', 'header.wav', wavSpeech('x').subarray(0, 30)],
  ])('opens no session for a file without audio: %s', async (_what, name, bytes) => {
    await using palabra = await startPalabra();
    const path = await file(name, bytes);
    const { code, out, err } = await inProcess([path], keysOf(palabra));
    expect([code, out, err.trim().split('\n').length]).toEqual([1, '', 1]);
    expect(palabra.sessions).toHaveLength(0);
  });

  it('says which keys are missing', async () => {
    const result = await inProcess(['a.wav'], {});
    expect(result).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/PALABRA_CLIENT_ID is missing.*PALABRA_CLIENT_SECRET/u),
    });
  });

  it('explains itself', async () => {
    const { code, out } = await inProcess(['--help'], {});
    expect(code).toBe(0);
    expect(
      ['--language', '--translate', '--format', '--sample-rate', '--json'].filter((option) => !out.includes(option)),
    ).toEqual([]);
  });

  it('shows growing text and progress in one line of a terminal, and removes the line at the end', async () => {
    await using palabra = await startPalabra();
    const path = await file('terminal.wav', wavSpeech('growing text'));
    const { out, err } = await inProcess([path, '--language', 'en'], keysOf(palabra), 40);
    expect(out).toBe('[0:00] growing text\n');
    const shown = err.split('\r\x1b[2K');
    expect(shown.some((line) => /^\[#+-*\] 0:0\d gro/u.test(line))).toBe(true);
    expect(Math.max(...shown.map(({ length }) => length))).toBeLessThan(40);
    expect(err).not.toContain('\n');
    expect(shown.at(-1)).toBe('');
  });
});
