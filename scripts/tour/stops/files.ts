import type { Interaction } from '../../../test/simulators/discord/index.ts';
import type { Outcome, Scene, Stop } from '../stop.ts';
import { TheirServer } from '../their-server.ts';

const ANSWER_LIMIT_MS = 40_000;
const MEBIBYTE = 2 ** 20;
const MANY = 3_000_000; // empty parts of eight bytes, just under the limit of 25 MB for a file

interface Trap {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A WAV file of 108 bytes whose header claims something absurd. */
function absurdWav(claim: { tag?: number; byteRate?: number; sampleRate?: number; block?: number; channels?: number }) {
  const bytes = Buffer.alloc(108, 0x7f);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(100, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(claim.tag ?? 7, 20);
  bytes.writeUInt16LE(claim.channels ?? 1, 22);
  bytes.writeUInt32LE(claim.sampleRate ?? 8_000, 24);
  bytes.writeUInt32LE(claim.byteRate ?? 8_000, 28);
  bytes.writeUInt16LE(claim.block ?? 1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(64, 40);
  return bytes;
}

/** A header, followed by the same few bytes again and again. */
function repeated(head: Buffer, part: Buffer, times: number): Buffer {
  return Buffer.concat([head, Buffer.alloc(part.length * times, part)]);
}

function emptyParts(): Trap[] {
  const atom = (name: string) => Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from(name, 'latin1')]);
  const part = (name: string) => Buffer.concat([Buffer.from(name, 'latin1'), Buffer.alloc(4)]);
  const container = (kind: string, form: string) => {
    const head = Buffer.alloc(12);
    head.write(kind, 0, 'latin1');
    if (kind === 'RIFF') head.writeUInt32LE(4 + 8 * MANY, 4);
    else head.writeUInt32BE(4 + 8 * MANY, 4);
    head.write(form, 8, 'latin1');
    return head;
  };
  // An ID3 tag of empty comments of eleven bytes each. The size has seven bits per byte.
  const frame = Buffer.from([...Buffer.from('TXXX', 'latin1'), 0, 0, 0, 1, 0, 0, 0]);
  const frames = Math.floor((8 * MANY) / frame.length);
  const size = frames * frame.length;
  const id3 = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, ...[21, 14, 7, 0].map((bits) => (size >> bits) & 0x7f)]);
  const mp4 = Buffer.concat([Buffer.from([0, 0, 0, 16]), Buffer.from('ftypM4A \0\0\0\0', 'latin1')]);
  return [
    { name: 'MP4', bytes: repeated(mp4, atom('free'), MANY) },
    { name: 'AIFF', bytes: repeated(container('FORM', 'AIFF'), part('ANNO'), MANY) },
    { name: 'WAV', bytes: repeated(container('RIFF', 'WAVE'), part('JUNK'), MANY) },
    { name: 'MP3', bytes: repeated(id3, frame, frames) },
  ];
}

/** Posts each file and has it transcribed. Checks what the asker reads in the end. */
async function transcribeAll(scene: Scene, server: string, traps: readonly Trap[]): Promise<Outcome> {
  const their = new TheirServer(scene, server);
  const answers: string[] = [];
  const flaws: string[] = [];
  for (const { name, bytes } of traps) {
    scene.signal.throwIfAborted();
    const files = [{ filename: `${name.toLowerCase().replaceAll(/\W+/g, '-')}.mp3`, bytes, contentType: 'audio/mpeg' }];
    const message = their.mallory.write(their.lobby, 'listen', { files });
    try {
      const reply = await their.mallory.useOnMessage('Transcribe audio', message, { answerWithinMs: ANSWER_LIMIT_MS });
      await reply.until((answered) => !isProgress(answered), ANSWER_LIMIT_MS);
      answers.push(`${name}: answered`);
    } catch (error) {
      flaws.push(`${name}: ${error instanceof Error ? error.message : 'no answer'}`);
    }
    message.delete(); // frees the memory of the simulator
  }
  their.leave();
  return { summary: answers.join(', '), flaws };
}

function isProgress({ content }: Interaction): boolean {
  return /…$|▱|▰/u.test(content);
}

export const absurdHeaders: Stop = {
  number: 1,
  tried: 'WAV files of 108 bytes that claim 4 GB per second, blocks of 64 KB, 65,535 channels',
  mostGrowthBytes: 150 * MEBIBYTE,
  play: (scene) =>
    transcribeAll(scene, 'Absurd headers', [
      { name: '4 GB a second', bytes: absurdWav({ byteRate: 0xffffffff }) },
      {
        name: 'all of it',
        bytes: absurdWav({ tag: 1, byteRate: 0xffffffff, sampleRate: 0xffffffff, block: 0xffff, channels: 0xffff }),
      },
      { name: 'nothing a second', bytes: absurdWav({ byteRate: 0, sampleRate: 0, block: 0, channels: 0 }) },
    ]),
};

export const manyParts: Stop = {
  number: 2,
  tried: 'files of 24 MB with three million empty parts: MP4, AIFF, WAV, MP3',
  mostGrowthBytes: 300 * MEBIBYTE,
  play: (scene) => transcribeAll(scene, 'Empty parts', emptyParts()),
};
