import { createRequire } from 'node:module';
import type { Log } from '../../core/log.ts';
import { addonFile } from './native-file.ts';

const BUNDLED = 'libopus 1.3.1'; // in @discordjs/opus 0.10.0, which cannot say so itself; a test reads it there

/** A cipher or decoder of the addon's, freed with the object that holds it; a receiver, until it is stopped; a thread, for good. */
export type Native<Kind extends string> = { readonly native: Kind };

/**
 * The addon in `src/voice/native`: what costs most per packet, in C. It does nothing that JavaScript here does not do too;
 * each function's own account stands beside it in C.
 */
export interface NativeVoice {
  createGcm(key: Uint8Array): Native<'gcm'>;
  /**
   * The length of the plaintext, which then stands where the ciphertext stood; -1 when the packet is not authentic.
   *
   * @param start - of the datagram, in the buffer
   */
  openGcm(cipher: Native<'gcm'>, buffer: Buffer, start: number, end: number, headerBytes: number): number;
  createDecoder(sampleRateHz: number): Native<'decoder'>;
  /** How many samples there are now; below zero when libopus calls the packet corrupt. Refused while a thread has the decoder. */
  decode(decoder: Native<'decoder'>, packet: Buffer, samples: Int16Array): number;
  /** A thread that decodes. @param tell - called when there is something to take */
  startDecoding(tell: () => void): Native<'thread'>;
  /** Decoder, packet and samples are the thread's until the result was taken. No more than 2,048 at once. */
  pushPacket(thread: Native<'thread'>, decoder: Native<'decoder'>, packet: Buffer, samples: Int16Array): void;
  /**
   * How many results there are now in `made`, in the order of pushing: what `decode` would have returned.
   *
   * @param all - stands still until everything is decoded
   */
  takeDecoded(thread: Native<'thread'>, made: Int32Array, all: boolean): number;
  /** @param take - datagram i lies in the slab from spans[2 i] on and is spans[2 i + 1] bytes long */
  receiveDatagrams(
    fd: number,
    address: number,
    port: number,
    spans: Uint32Array,
    take: (slab: ArrayBuffer, count: number) => void,
  ): Native<'receiver'>;
  /** As the last thing; twice is as good as once. */
  stopDatagrams(receiver: Native<'receiver'>): void;
  /** What libopus calls itself: `libopus 1.5.2`. */
  opusVersion(): string;
  /** From now on large pieces of memory come from the system and go back to it. */
  spareMemory(): void;
  /** Gives free memory back, also that between pieces in use. Takes some milliseconds. */
  trimMemory(): void;
}

/**
 * The addon; `undefined`, with a warning, where there is none: it is made at installation, if there is a C compiler.
 *
 * Says which libopus decodes: what strangers send goes through it.
 */
export function loadNative(log: Log, file = addonFile()): NativeVoice | undefined {
  try {
    const native: NativeVoice = createRequire(import.meta.url)(file); // made by scripts/build-native.ts
    log.info({ opus: native.opusVersion() }, 'voice: decoding by the native addon');
    return native;
  } catch (error) {
    const because = error instanceof Error ? error.message.split('\n')[0] : String(error); // the rest names who asked
    log.warn(
      { because, opus: BUNDLED },
      'voice: no native addon, so hearing people costs half as much again: `npm run build:native`',
    );
    return undefined;
  }
}
