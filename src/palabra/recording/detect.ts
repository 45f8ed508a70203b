import { type AudioFormat, isContainer, isPcm } from '../sockets/format.ts';

const BY_EXTENSION: Readonly<Record<string, AudioFormat>> = {
  aac: 'aac',
  adts: 'aac',
  alaw: 'alaw',
  al: 'alaw',
  f32le: 'pcm_f32le',
  flac: 'flac',
  f32be: 'pcm_f32be',
  mp3: 'mp3',
  mulaw: 'mulaw',
  oga: 'ogg',
  ogg: 'ogg',
  opus: 'ogg',
  pcm: 'pcm_s16le',
  raw: 'pcm_s16le',
  s16le: 'pcm_s16le',
  s32be: 'pcm_s32be',
  s32le: 'pcm_s32le',
  ul: 'mulaw',
  ulaw: 'mulaw',
  wav: 'wav',
  wave: 'wav',
  weba: 'webm',
  webm: 'webm',
};

/** How many bytes `detectFormat` wants to see. */
export const FORMAT_BYTES = 16;

/**
 * The format of some audio. The first bytes identify a container with certainty; only a name identifies raw samples.
 *
 * @param name - the file's name, when it has one
 * @returns `mp4` for a container that the recogniser does not accept, `undefined` when the format cannot be known
 */
export function detectFormat(head: Uint8Array, name: string | undefined): AudioFormat | 'mp4' | undefined {
  const text = Buffer.from(head).toString('latin1');
  if (/^(RIFF|RF64|BW64)/u.test(text) && text.slice(8, 12) === 'WAVE') return 'wav';
  if (text.startsWith('OggS')) return 'ogg';
  if (text.startsWith('fLaC')) return 'flac';
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'webm';
  if (text.slice(4, 8) === 'ftyp') return 'mp4';
  if (text.startsWith('ID3')) return byName(name) === 'aac' ? 'aac' : 'mp3';
  const named = byName(name);
  // Raw samples may look like anything, so a name that says "raw" counts more than a sync word.
  if (named !== undefined && isPcm(named)) return named;
  const [first = 0, second = 0] = head;
  if (first === 0xff && (second & 0xf6) === 0xf0) return 'aac'; // ADTS: the layer bits are zero
  if (first === 0xff && (second & 0xe6) === 0xe2) return 'mp3'; // layer III
  return named !== undefined && isContainer(named) ? named : undefined;
}

function byName(name: string | undefined): AudioFormat | undefined {
  const extension = /\.([a-z0-9]+)$/iu.exec(name ?? '')?.[1]?.toLowerCase();
  return extension === undefined ? undefined : BY_EXTENSION[extension];
}
