import { makePage } from '../../../src/palabra/packing/ogg-page.ts';
import { encodeSpeech, speak } from '../../simulators/speech/index.ts';

const RATE = 16_000;

/** Speech as 16-bit PCM of 16,000 Hz, ending with its last sound. */
export function rawSpeech(text: string): Buffer {
  return Buffer.from(speak(text, RATE).buffer);
}

/** The same as a WAV file. */
export function wavSpeech(text: string): Buffer {
  const data = rawSpeech(text);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

const SERIAL = 7;
const PACKETS_PER_PAGE = 10;

/** The same as Ogg Opus, as Discord's voice messages are. */
export function oggSpeech(text: string): Buffer {
  const packets = encodeSpeech(text, { channels: 1, bitrate: 64_000 });
  const head = Buffer.from('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0', 'latin1');
  const tags = Buffer.from('OpusTags\x04\0\0\0test\0\0\0\0', 'latin1');
  const first = makePage({ isLast: false, granule: 0n, serial: SERIAL, sequence: 0 }, [head]);
  first[5] = 2; // marks the first page of its stream; the readers here ignore the checksum
  const pages = [first, makePage({ isLast: false, granule: 0n, serial: SERIAL, sequence: 1 }, [tags])];
  for (let at = 0; at < packets.length; at += PACKETS_PER_PAGE) {
    const some = packets.slice(at, at + PACKETS_PER_PAGE);
    const granule = BigInt((at + some.length) * 960);
    const isLast = at + PACKETS_PER_PAGE >= packets.length;
    pages.push(makePage({ isLast, granule, serial: SERIAL, sequence: pages.length }, some));
  }
  return Buffer.concat(pages);
}
