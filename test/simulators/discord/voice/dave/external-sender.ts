import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { encodeExternalProposal, type Proposal, u16, vector } from './mls-wire.ts';

const BASIC_CREDENTIAL = 1;
const POINT_BYTES = 65; // an uncompressed point of P-256, the end of its SPKI encoding

/** A proposal ready to be sent, and the name by which commits refer to it. */
export interface SignedProposal {
  readonly message: Buffer;
  readonly reference: Buffer;
  readonly proposal: Proposal;
}

/** The voice server's part in a call's MLS group: not a member, yet allowed to propose who joins and leaves. */
export class ExternalSender {
  readonly #privateKey;
  /** As members put it into their group's extension (DAVE opcode 25). */
  readonly package: Buffer;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = privateKey;
    const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-POINT_BYTES);
    this.package = Buffer.concat([vector(point), u16(BASIC_CREDENTIAL), vector(Buffer.from('voice server'))]);
  }

  propose(groupId: Buffer, epoch: bigint, proposal: Proposal): SignedProposal {
    const content = encodeExternalProposal(groupId, epoch, proposal);
    const labelled = Buffer.concat([vector(Buffer.from('MLS 1.0 FramedContentTBS')), vector(content)]);
    const message = Buffer.concat([content, vector(sign('sha256', labelled, this.#privateKey))]);
    // The reference hashes the wire format, the content and the signature: the message without its version.
    const hash = createHash('sha256')
      .update(vector(Buffer.from('MLS 1.0 Proposal Reference')))
      .update(vector(message.subarray(2)));
    return { message, reference: hash.digest(), proposal };
  }
}
