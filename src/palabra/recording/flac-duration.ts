const STREAM_INFO_BYTES = 26; // up to the end of the number of samples (RFC 9639)

/** How long a FLAC file plays, according to its header; `undefined` when the header does not say. */
export function flacDurationMs(file: Uint8Array): number | undefined {
  const head = Buffer.from(file.subarray(0, STREAM_INFO_BYTES));
  if (head.length < STREAM_INFO_BYTES || head.toString('latin1', 0, 4) !== 'fLaC') return undefined;
  const rateHz = head.readUIntBE(18, 3) >> 4;
  const samples = (head.readUInt8(21) & 0x0f) * 2 ** 32 + head.readUInt32BE(22);
  return rateHz === 0 || samples === 0 ? undefined : (samples * 1000) / rateHz;
}
