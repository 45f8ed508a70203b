import { createRequire } from 'node:module';
import type { Log } from '../../core/log.ts';
import { addonFile } from './native-file.ts';

const BUNDLED = 'libopus 1.3.1'; // in @discordjs/opus 0.10.0, which cannot say so itself; a test reads it there

/** A handle to the addon. Ciphers and decoders are freed when unreachable, receivers when stopped, threads never. */
export type Native<Kind extends string> = { readonly native: Kind };

/**
 * The addon in `src/voice/native`: the work that costs most per packet, in C. JavaScript here can do all of it, too.
 * Each function is documented beside its C code.
 */
export interface NativeVoice {
  createGcm(key: Uint8Array): Native<'gcm'>;
  /**
   * Decrypts in place. Returns the length of the plaintext, which replaces the ciphertext; -1 when the packet is not
   * authentic.
   *
   * @param start - of the datagram, in the buffer
   */
  openGcm(cipher: Native<'gcm'>, buffer: Buffer, start: number, end: number, headerBytes: number): number;
  createDecoder(sampleRateHz: number): Native<'decoder'>;
  /** Returns the number of samples; below zero for a corrupt packet. Throws while a thread has the decoder. */
  decode(decoder: Native<'decoder'>, packet: Buffer, samples: Int16Array): number;
  /** Starts a thread that decodes. @param notify - called when there are results to take */
  startDecoding(notify: () => void): Native<'thread'>;
  /**
   * Returns whether the thread has room for the packet; false: take results first. If it has, it owns decoder, packet and
   * samples until the result is taken.
   */
  pushPacket(thread: Native<'thread'>, decoder: Native<'decoder'>, packet: Buffer, samples: Int16Array): boolean;
  /**
   * Writes results into `made` in the order of pushing, each as `decode` would have returned it. Returns how many.
   *
   * @param all - blocks until everything is decoded
   */
  takeDecoded(thread: Native<'thread'>, made: Int32Array, all: boolean): number;
  /**
   * @param spans - as long as twice the datagrams that `take` gets at once
   * @param take - datagram i lies in the slab from spans[2 i] on and is spans[2 i + 1] bytes long
   */
  receiveDatagrams(
    fd: number,
    address: number,
    port: number,
    spans: Uint32Array,
    take: (slab: ArrayBuffer, count: number) => void,
  ): Native<'receiver'>;
  /** Stops the receiver for good. A second call does nothing. */
  stopDatagrams(receiver: Native<'receiver'>): void;
  /** The name and version that libopus reports: `libopus 1.5.2`. */
  opusVersion(): string;
  /** From now on malloc takes large pieces of memory from the system and gives them back to it. */
  spareMemory(): void;
  /** Gives free memory back to the system, also that between pieces in use. Takes some milliseconds. */
  trimMemory(): void;
  /** Lets go of pages of programs' files until they are needed again. Missing in an addon that was built before. */
  forgetPrograms?(): void;
}

/**
 * Loads the addon. Where there is none, warns and returns `undefined`: the installation makes it if there is a C
 * compiler.
 *
 * Logs which libopus decodes, as what strangers send goes through it.
 */
export function loadNative(log: Log, file = addonFile()): NativeVoice | undefined {
  try {
    const native: NativeVoice = createRequire(import.meta.url)(file); // made by scripts/build-native.ts
    log.info({ opus: native.opusVersion() }, 'voice: decoding by the native addon');
    return native;
  } catch (error) {
    const because = error instanceof Error ? error.message.split('\n')[0] : String(error); // the rest names files
    log.warn(
      { because, opus: BUNDLED },
      'voice: no native addon, so hearing people costs half as much again: make it with `npm run build:native`',
    );
    return undefined;
  }
}
