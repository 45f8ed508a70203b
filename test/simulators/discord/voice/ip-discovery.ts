import type { Address } from './client.ts';

const DATAGRAM_BYTES = 74; // type, length, SSRC, 64 bytes of address, port

/** Whether a datagram asks for the sender's own address. */
export function isDiscovery(datagram: Buffer): boolean {
  return datagram.length === DATAGRAM_BYTES && datagram.readUInt16BE(0) === 1 && datagram.readUInt16BE(2) === 70;
}

/** Tells a client how it is seen from here. */
export function answerDiscovery(request: Buffer, from: Address): Buffer {
  const answer = Buffer.alloc(DATAGRAM_BYTES);
  answer.writeUInt16BE(2, 0);
  answer.writeUInt16BE(70, 2);
  request.copy(answer, 4, 4, 8);
  answer.write(from.ip, 8, 'utf8');
  answer.writeUInt16BE(from.port, DATAGRAM_BYTES - 2);
  return answer;
}
