/** A participant of an encrypted call as the voice server sees it: a real client behind a socket, or a simulated human. */
export interface DaveMember {
  readonly kind: 'human' | 'client';
  readonly userId: string;
  json(op: number, d: unknown): void;
  binary(op: number, payload: Buffer): void;
}
