import { spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { NativeVoice } from '../src/voice/native/native.ts';
import { encodeSpeech } from '../test/simulators/speech/index.ts';

const USAGE = `Tests the native addon with damaged packets and wrong arguments, under AddressSanitizer and UBSan.
  npm run fuzz -- --only addon [--seconds 60]
The first invalid access ends it with 1, and the sanitizer reports it.`;

const ROOT = join(import.meta.dirname, '..');
// Node does not free all memory at its end, and @discordjs/opus, which encodes the packets here, frees an array with
// the wrong delete.
const ASAN = 'detect_leaks=0:alloc_dealloc_mismatch=0:allocator_may_return_null=1';
const ATTEMPTS_AT_ONCE = 200; // attempts between two checks of the clock
const MOST_UNDER_WAY = 500;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    inside: { type: 'string' }, // the addon to load, when this process already runs under the sanitizer
    help: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
if (values.help || !(seconds > 0)) {
  process.stdout.write(`${USAGE}\n`);
  process.exitCode = values.help ? 0 : 2;
} else if (values.inside === undefined) process.exitCode = sanitized(seconds);
else await fuzz(createRequire(import.meta.url)(values.inside), seconds);

/** Builds the addon if necessary, and runs this script again under the sanitizer. */
function sanitized(seconds: number): number {
  const libraries = ['libasan.so', 'libubsan.so'].map((name) => {
    const { stdout } = spawnSync('cc', [`-print-file-name=${name}`], { encoding: 'utf8' });
    return stdout?.trim() ?? '';
  });
  if (!libraries.every((path) => path.startsWith('/') && existsSync(path))) {
    console.log('Cannot fuzz the addon: this machine has no C compiler with AddressSanitizer.');
    return 0;
  }
  const sources = [...globSync(join(ROOT, 'src/voice/native/*')), join(ROOT, 'scripts/build-native.ts')].toSorted();
  const hash = createHash('sha256');
  for (const path of sources) hash.update(readFileSync(path));
  const file = join(ROOT, 'build', `voice-sanitized-${hash.digest('hex').slice(0, 12)}.node`);
  if (!existsSync(file)) {
    const { stdout } = spawnSync(
      process.execPath,
      [join(ROOT, 'scripts/build-native.ts'), '--sanitize', '--out', file],
      {
        encoding: 'utf8',
      },
    );
    if (!existsSync(file)) {
      console.log(stdout);
      return 1;
    }
  }
  const { status, signal } = spawnSync(
    process.execPath,
    ['--expose-gc', import.meta.filename, '--inside', file, '--seconds', String(seconds)],
    {
      stdio: 'inherit',
      timeout: (seconds + 60) * 1_000,
      env: {
        ...process.env,
        LD_PRELOAD: libraries.join(' '),
        ASAN_OPTIONS: ASAN,
        UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
      },
    },
  );
  return status ?? (signal === null ? 0 : 1);
}

/** Calls every function of the addon with valid, damaged and wrong values until the time is over. */
async function fuzz(addon: NativeVoice, seconds: number): Promise<void> {
  const calls = addon as unknown as Record<string, (...values: readonly unknown[]) => unknown>;
  const speech = ([1, 2] as const).flatMap((channels) => encodeSpeech('Hello you over there', { channels }));
  const rates = [48_000, 24_000, 16_000, 12_000, 8_000];
  const threads = [addon.startDecoding(() => {}), addon.startDecoding(() => {})];
  const made = new Int32Array(64);
  const held: unknown[] = []; // what the threads use until their results are taken
  let objects = fresh();
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await new Promise((resolve) => socket.once('listening', resolve));
  const endMs = Date.now() + seconds * 1_000;
  let [tried, refused] = [0, 0];

  function fresh() {
    return {
      ciphers: [addon.createGcm(randomBytes(32))],
      here: Array.from({ length: 4 }, () => addon.createDecoder(pick(rates))),
      lent: Array.from({ length: 4 }, () => addon.createDecoder(pick(rates))), // used by the threads, so that other calls must refuse them
    };
  }

  function attempt(): void {
    const packet = damaged(pick(speech));
    const samples = new Int16Array(pick([0, 1, 120, 480, 960, 1_920, 2_880, 5_760, 9_000]));
    const [decoder, lent, cipher, thread] = [
      pick(objects.here),
      pick(objects.lent),
      pick(objects.ciphers),
      pick(threads),
    ];
    const wrong = () =>
      pick<unknown>([undefined, null, 0, -1, 2 ** 40, 'x', {}, [], decoder, cipher, thread, packet, samples, made]);
    switch (randomInt(10)) {
      case 0:
      case 1:
      case 2:
      case 3:
        addon.decode(decoder, packet, samples);
        break;
      case 4:
        if (held.length < 3 * MOST_UNDER_WAY) {
          addon.pushPacket(thread, lent, packet, samples);
          held.push(lent, packet, samples);
        }
        break;
      case 5:
        addon.openGcm(cipher, packet, randomInt(40), randomInt(300), randomInt(70));
        break;
      case 6:
        calls[
          pick(['openGcm', 'decode', 'pushPacket', 'takeDecoded', 'stopDatagrams', 'createGcm', 'createDecoder'])
        ]?.(...Array.from({ length: randomInt(6) }, wrong));
        break;
      case 7:
        calls.decode?.(wrong(), wrong(), wrong());
        break;
      case 8:
        calls.openGcm?.(wrong(), wrong(), wrong(), wrong(), wrong());
        break;
      default:
        calls.receiveDatagrams?.(wrong(), wrong(), wrong(), wrong(), wrong());
    }
  }

  /** Takes back everything from the threads, and starts and stops a receiver. */
  function settle(): void {
    for (const thread of threads) while (addon.takeDecoded(thread, made, true) === made.length);
    held.length = 0;
    const fd = Reflect.get(
      socket,
      Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'state symbol') ?? '',
    ).handle.fd;
    const receiver = addon.receiveDatagrams(fd, 0x7f000001, socket.address().port, new Uint32Array(128), () => {});
    if (randomInt(2) === 0) addon.stopDatagrams(receiver);
    addon.stopDatagrams(receiver);
  }

  while (Date.now() < endMs) {
    for (let i = 0; i < ATTEMPTS_AT_ONCE; i++) {
      tried += 1;
      try {
        attempt();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        refused += 1;
      }
    }
    settle();
    if (randomInt(20) === 0) {
      objects = fresh();
      globalThis.gc?.();
    }
    await new Promise(setImmediate);
  }
  socket.close();
  console.log(
    `${addon.opusVersion()}: ${tried} attempts, ${refused} of them refused, no complaint from the sanitizers.`,
  );
}

function damaged(packet: Buffer): Buffer {
  const changed = randomInt(8) === 0 ? randomBytes(randomInt(400)) : Buffer.from(packet);
  for (let i = randomInt(6); i > 0 && changed.length > 0; i--) changed[randomInt(changed.length)] = randomInt(256);
  const end = randomInt(4) === 0 ? randomInt(changed.length + 1) : changed.length;
  return Buffer.from(changed.subarray(0, end)); // a copy in its own memory, so that the sanitizer knows where it ends
}

function pick<T>(of: readonly T[]): T {
  return of[randomInt(of.length)] as T; // never empty
}
