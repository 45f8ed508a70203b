import { createHash } from 'node:crypto';

const CHARS = 27; // 162 bits

/** A weak entity tag: what has the same one says the same. @param basis - all that the answer depends on */
export function etagOf(basis: string): string {
  return `W/"${createHash('sha256').update(basis).digest('base64url').slice(0, CHARS)}"`;
}

/** Whether a program that sends `If-None-Match` has the answer already. */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((tag) => bare(tag) === bare(etag));
}
