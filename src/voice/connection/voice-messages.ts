import davey from '@snazzah/davey';
import { z } from 'zod';
import type { SpeakerId } from '../../core/ids.ts';
import { MOST_PEOPLE } from '../packets/ssrc-map.ts';

/** A message of the voice gateway, decoded. */
export interface VoiceMessage {
  readonly op: number;
  readonly d?: unknown;
  readonly payload?: Buffer; // of a binary message, instead of `d`
}

/** The operations of the voice gateway that Parley reads or sends. */
export const Op = {
  ready: 2,
  heartbeat: 3,
  sessionDescription: 4,
  speaking: 5,
  hello: 8,
  connect: 11,
  video: 12, // also names a person's audio stream, and comes for people who were there before the bot
  disconnect: 13,
  prepareTransition: 21, // 21 to 31 are the messages of the end-to-end encryption
  executeTransition: 22,
  prepareEpoch: 24,
  externalSender: 25,
} as const;

/** The transport encryptions that Parley can decrypt. */
const MODES = ['aead_aes256_gcm_rtpsize', 'aead_xchacha20_poly1305_rtpsize'] as const;
const KEY_BYTES = 32;
export const MOST_BYTES = 1 << 20; // of one frame: a welcome into a group of hundreds takes a fifth of that
const BINARY_HEAD_BYTES = 3; // a number of two bytes, the operation
const BEATS_MS = { min: 1_000, max: 600_000 } as const; // Discord asks for 13,750; other timers flood or never fire

const u16 = z.int().min(0).max(0xffff);
const u32 = z.int().min(0).max(0xffff_ffff);
const userId = z.string().regex(/^\d{1,20}$/u);
const protocolVersion = z.int().min(0).max(davey.DAVE_PROTOCOL_VERSION);

const SCHEMAS: ReadonlyMap<number, z.ZodType> = new Map<number, z.ZodType>([
  [Op.hello, z.object({ heartbeat_interval: z.number().min(BEATS_MS.min).max(BEATS_MS.max) })],
  [
    Op.ready,
    z.object({
      ssrc: u32,
      ip: z.ipv4(),
      port: u16.min(1),
      modes: z.array(z.string()).refine((modes) => MODES.some((mode) => modes.includes(mode))),
    }),
  ],
  [
    Op.sessionDescription,
    z.object({
      mode: z.enum(MODES),
      secret_key: z.array(z.int().min(0).max(0xff)).length(KEY_BYTES),
      dave_protocol_version: protocolVersion,
    }),
  ],
  [Op.speaking, z.object({ user_id: userId, ssrc: u32 })],
  [Op.connect, z.object({ user_ids: z.array(userId).max(MOST_PEOPLE) })],
  [Op.video, z.object({ user_id: userId, audio_ssrc: u32.optional() })],
  [Op.disconnect, z.object({ user_id: userId })],
  [Op.prepareTransition, z.object({ transition_id: u16, protocol_version: protocolVersion })],
  [Op.executeTransition, z.object({ transition_id: u16 })],
  [Op.prepareEpoch, z.object({ epoch: z.int().min(0), protocol_version: protocolVersion })],
]);

/** There is no connection without these; any one of the others may be missing. */
const NEEDED: ReadonlySet<number> = new Set([Op.hello, Op.ready, Op.sessionDescription]);

/**
 * Says why a frame of the voice gateway is no message; `undefined` when it is one.
 *
 * The library takes every frame for a message: it throws at binary ones of fewer than three bytes, and at `null`.
 */
export function flawOf(data: unknown): string | undefined {
  if (data instanceof Buffer) {
    if (data.length < BINARY_HEAD_BYTES) return 'a frame too short for a message';
    return data.length > MOST_BYTES ? 'a frame too long for a message' : undefined;
  }
  if (typeof data !== 'string') return 'a frame of an unknown kind';
  if (data.length > MOST_BYTES) return 'a frame too long for a message';
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return 'a frame that is no JSON';
  }
  const isMessage = z.object({ op: u16, seq: z.int().min(-1).nullish() }).safeParse(message).success;
  return isMessage ? undefined : 'a frame without an operation';
}

/**
 * Whether the message holds what it must: `fatal` when it does not, and the connection needs it.
 *
 * Every message of an unknown operation is valid: Discord adds some, and nobody reads them.
 */
export function judge({ op, d }: VoiceMessage): 'valid' | 'invalid' | 'fatal' {
  if (SCHEMAS.get(op)?.safeParse(d).success !== false) return 'valid';
  return NEEDED.has(op) ? 'fatal' : 'invalid';
}

/** A message of the voice gateway, as far as it concerns those who are heard. */
export type VoiceNews =
  | { readonly kind: 'stream named'; readonly ssrc: number; readonly speakerId: SpeakerId }
  | { readonly kind: 'people arrived'; readonly speakerIds: readonly SpeakerId[] }
  | { readonly kind: 'person left'; readonly speakerId: SpeakerId }
  | { readonly kind: 'keys changed' };

/** Reads a message for the receiver; `undefined` when it says nothing about who is heard. Accepts any data in it. */
export function newsOf({ op, d }: VoiceMessage): VoiceNews | undefined {
  switch (op) {
    case Op.speaking:
      return streamNamed(numberIn(d, 'ssrc'), wordIn(d, 'user_id'));
    case Op.video:
      return streamNamed(numberIn(d, 'audio_ssrc'), wordIn(d, 'user_id'));
    case Op.connect:
      return { kind: 'people arrived', speakerIds: wordsIn(d, 'user_ids') };
    case Op.disconnect: {
      const speakerId = wordIn(d, 'user_id');
      return speakerId === undefined ? undefined : { kind: 'person left', speakerId };
    }
    default:
      return op >= Op.prepareTransition ? { kind: 'keys changed' } : undefined;
  }
}

function streamNamed(ssrc: number | undefined, speakerId: SpeakerId | undefined): VoiceNews | undefined {
  return ssrc === undefined || speakerId === undefined ? undefined : { kind: 'stream named', ssrc, speakerId };
}

function wordsIn(d: unknown, name: string): string[] {
  const value = fieldIn(d, name);
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}

function wordIn(d: unknown, name: string): string | undefined {
  const value = fieldIn(d, name);
  return typeof value === 'string' ? value : undefined;
}

function numberIn(d: unknown, name: string): number | undefined {
  const value = fieldIn(d, name);
  return typeof value === 'number' ? value : undefined;
}

function fieldIn(d: unknown, name: string): unknown {
  return typeof d === 'object' && d !== null ? Reflect.get(d, name) : undefined;
}
