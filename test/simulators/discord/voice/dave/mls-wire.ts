/** The little of MLS 1.0 (RFC 9420) that a voice server has to write and read itself. */

const MLS_10 = 1;
const PUBLIC_MESSAGE = 1; // wire format
const SENDER_EXTERNAL = 2;
const CONTENT_PROPOSAL = 2;
const CONTENT_COMMIT = 3;
const BY_REFERENCE = 2;

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

/** Bytes behind their length, which takes one, two or four bytes (RFC 9420, 2.1.2). */
export function vector(...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 1 << 6) return Buffer.concat([Buffer.from([body.length]), body]);
  if (body.length < 1 << 14) return Buffer.concat([u16(0x4000 | body.length), body]);
  return Buffer.concat([u32(0x80000000 + body.length), body]);
}

export type Proposal =
  | { readonly kind: 'add'; readonly keyPackage: Buffer }
  | { readonly kind: 'remove'; readonly leaf: number };

function encodeProposal(proposal: Proposal): Buffer {
  return proposal.kind === 'add'
    ? Buffer.concat([u16(1), proposal.keyPackage])
    : Buffer.concat([u16(3), u32(proposal.leaf)]);
}

/** What an external sender signs: the message's head and content. No group context, as it is not in the group. */
export function encodeExternalProposal(groupId: Buffer, epoch: bigint, proposal: Proposal): Buffer {
  return Buffer.concat([
    u16(MLS_10),
    u16(PUBLIC_MESSAGE),
    vector(groupId),
    u64(epoch),
    Buffer.from([SENDER_EXTERNAL]),
    u32(0), // the first of the group's external senders; a DAVE group has one
    vector(), // authenticated data
    Buffer.from([CONTENT_PROPOSAL]),
    encodeProposal(proposal),
  ]);
}

/** A commit as far as its sender, its proposals and its length can be seen without being in the group. */
export interface SeenCommit {
  readonly epoch: bigint;
  readonly sender: number; // leaf
  readonly references: readonly Buffer[];
  readonly isByReferenceOnly: boolean;
  readonly length: number; // bytes of the whole message; a welcome may follow
}

/**
 * Reads a public commit message.
 *
 * @throws {RangeError} when it is something else, or cut short
 */
export function readCommit(bytes: Buffer): SeenCommit {
  const reader = new Reader(bytes);
  if (reader.u16() !== MLS_10 || reader.u16() !== PUBLIC_MESSAGE) throw new RangeError('Not a public MLS message');
  reader.vector(); // group id
  const epoch = reader.u64();
  if (reader.u8() !== 1) throw new RangeError('The commit does not come from a member');
  const sender = reader.u32();
  reader.vector(); // authenticated data
  if (reader.u8() !== CONTENT_COMMIT) throw new RangeError('Not a commit');
  const proposals = new Reader(reader.vector());
  const references: Buffer[] = [];
  let isByReferenceOnly = true;
  while (!proposals.isAtEnd && isByReferenceOnly) {
    isByReferenceOnly = proposals.u8() === BY_REFERENCE;
    if (isByReferenceOnly) references.push(proposals.vector());
  }
  if (reader.u8() === 1) skipUpdatePath(reader);
  reader.vector(); // signature
  reader.vector(); // confirmation tag
  reader.vector(); // membership tag
  return { epoch, sender, references, isByReferenceOnly, length: reader.at };
}

function skipUpdatePath(reader: Reader): void {
  reader.vector(); // encryption key
  reader.vector(); // signature key
  if (reader.u16() !== 1) throw new RangeError('The credential is not a basic one');
  reader.vector(); // identity
  for (let list = 0; list < 5; list++) reader.vector(); // capabilities
  if (reader.u8() !== 3) throw new RangeError('The leaf of an update path does not come from a commit');
  reader.vector(); // parent hash
  reader.vector(); // extensions
  reader.vector(); // signature
  reader.vector(); // nodes
}

class Reader {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#step(1));
  }

  u16(): number {
    return this.#bytes.readUInt16BE(this.#step(2));
  }

  u32(): number {
    return this.#bytes.readUInt32BE(this.#step(4));
  }

  u64(): bigint {
    return this.#bytes.readBigUInt64BE(this.#step(8));
  }

  vector(): Buffer {
    const first = this.#bytes.readUInt8(this.at);
    const length = first < 0x40 ? this.u8() : first < 0x80 ? this.u16() & 0x3fff : this.u32() & 0x3fffffff;
    const start = this.#step(length);
    if (this.at > this.#bytes.length) throw new RangeError('The message is cut short');
    return this.#bytes.subarray(start, this.at);
  }

  #step(bytes: number): number {
    const before = this.at;
    this.at += bytes;
    return before;
  }
}
