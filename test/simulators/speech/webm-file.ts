import { opusHead } from './ogg-file.ts';

const FRAME_MS = 20;
const FRAMES_PER_CLUSTER = 50;

/** Opus packets of 20 ms as a WebM file, as a browser records it. */
export function webmFile(packets: readonly Buffer[], channels: 1 | 2 = 1): Buffer {
  const header = element('1a45dfa3', element('4282', Buffer.from('webm')));
  const track = [
    element('d7', Buffer.from([1])), // number
    element('83', Buffer.from([2])), // audio
    element('86', Buffer.from('A_OPUS')),
    element('63a2', opusHead(channels)),
  ];
  const tracks = element('1654ae6b', element('ae', ...track));
  const clusters: Buffer[] = [];
  for (let at = 0; at < packets.length; at += FRAMES_PER_CLUSTER) {
    const startMs = Buffer.alloc(4);
    startMs.writeUInt32BE(at * FRAME_MS);
    const blocks = packets.slice(at, at + FRAMES_PER_CLUSTER).map((packet, i) => {
      const head = Buffer.from([0x81, 0, 0, 0x80]); // track 1, time in the cluster, key frame
      head.writeInt16BE(i * FRAME_MS, 1);
      return element('a3', head, packet);
    });
    clusters.push(element('1f43b675', element('e7', startMs), ...blocks));
  }
  return Buffer.concat([header, element('18538067', tracks, ...clusters)]);
}

/** An EBML element; its size always takes four bytes. */
function element(id: string, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x1000_0000 + content.length);
  return Buffer.concat([Buffer.from(id, 'hex'), size, content]);
}
