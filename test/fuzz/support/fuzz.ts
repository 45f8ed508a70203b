import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const SEEDS = join(import.meta.dirname, '..', 'seeds');
/** Of one fuzzer: enough to notice what breaks often. `npm run fuzz -- --seconds N` looks for the rest. */
const MOST_ROUNDS = 10;
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 1);

/** The inputs that are kept of an area: what once broke something, and good examples to begin from. By file name. */
export function seedsOf(area: string): { readonly name: string; readonly bytes: Buffer }[] {
  const folder = join(SEEDS, area);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

/** Inputs near these: bits turned, pieces cut, doubled, put in or swapped, and lengths replaced by numbers that programs get wrong. */
function near(examples: readonly Uint8Array[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(
      fc.constantFrom(...(examples.length > 0 ? examples : [new Uint8Array()])),
      fc.array(change, { maxLength: 12 }),
      fc.constantFrom(...(examples.length > 0 ? examples : [new Uint8Array()])),
    )
    .map(([start, changes, other]) => {
      let bytes: Buffer = Buffer.from(start);
      for (const apply of changes) bytes = apply(bytes, Buffer.from(other));
      return bytes;
    });
}

const MOST_BYTES = 1 << 20;
const AWKWARD = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
type Change = (bytes: Buffer, other: Buffer) => Buffer;

const change: fc.Arbitrary<Change> = fc
  .record({
    kind: fc.constantFrom('flip', 'set', 'cut', 'double', 'put in', 'number', 'end', 'splice'),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    length: fc.integer({ min: 1, max: 64 }),
    value: fc.integer({ min: 0, max: 255 }),
    number: fc.constantFrom(...AWKWARD),
    littleEndian: fc.boolean(),
  })
  .map(({ kind, at, length, value, number, littleEndian }): Change => {
    return (bytes, other) => {
      const from = Math.floor(at * bytes.length);
      const until = Math.min(from + length, bytes.length);
      switch (kind) {
        case 'flip':
        case 'set':
          if (from < bytes.length) bytes[from] = kind === 'set' ? value : (bytes[from] ?? 0) ^ (1 << (value % 8));
          return bytes;
        case 'cut':
          return Buffer.concat([bytes.subarray(0, from), bytes.subarray(until)]);
        case 'double':
          if (bytes.length > MOST_BYTES) return bytes;
          return Buffer.concat([bytes.subarray(0, until), bytes.subarray(from)]);
        case 'put in':
          return Buffer.concat([bytes.subarray(0, from), Buffer.alloc(length, value), bytes.subarray(from)]);
        case 'number':
          if (from + 4 > bytes.length) return bytes;
          if (littleEndian) bytes.writeUInt32LE(number, from);
          else bytes.writeUInt32BE(number, from);
          return bytes;
        case 'end':
          return bytes.subarray(0, from);
        default:
          return Buffer.concat([bytes.subarray(0, from), other.subarray(Math.floor(at * other.length))]);
      }
    };
  });

/** Any bytes at all, as often as bytes near the examples. */
export function hostileBytes(examples: readonly Uint8Array[]): fc.Arbitrary<Buffer> {
  return fc.oneof(
    { weight: 4, arbitrary: near(examples) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)) },
  );
}

/**
 * Tries inputs until the time is over, then stops: every kept seed first, then made ones.
 *
 * An input that `attempt` throws on is made as small as it goes and written to `test/fuzz/seeds/<area>`, where it is tried at once
 * from then on. The failure names the file; the seed of the random numbers is in fast-check's report.
 *
 * @param attempt - throws when the subject does what it must not
 * @returns how many inputs were tried
 */
export async function fuzzBytes(
  area: string,
  inputs: fc.Arbitrary<Buffer>,
  attempt: (bytes: Buffer) => void | Promise<void>,
): Promise<number> {
  let tried = 0;
  for (const { name, bytes } of seedsOf(area)) {
    tried += 1;
    try {
      await attempt(Buffer.from(bytes));
    } catch (error) {
      throw new Error(`The seed ${area}/${name} fails again`, { cause: error });
    }
  }
  let worst: Buffer | undefined;
  const property = fc.asyncProperty(inputs, async (bytes) => {
    tried += 1;
    try {
      await attempt(Buffer.from(bytes));
    } catch (error) {
      worst = bytes; // the last one that is tried in vain is the smallest
      throw error;
    }
  });
  try {
    await fc.assert(property, { numRuns: Number.MAX_SAFE_INTEGER, ...limits() });
  } catch (error) {
    if (worst === undefined) throw error;
    throw new Error(`Found an input that fails, kept as ${keep(area, worst)}`, { cause: error });
  }
  return tried;
}

/**
 * The same for inputs that are not bytes; what fails is in fast-check's report, to become a test of its own.
 *
 * @param least - so many are tried, if a busy machine needs more time for them
 */
export async function fuzzValues<T>(
  inputs: fc.Arbitrary<T>,
  attempt: (value: T) => void | Promise<void>,
  least = 1,
): Promise<number> {
  let tried = 0;
  const property = fc.asyncProperty(inputs, async (value) => {
    tried += 1;
    await attempt(value);
  });
  for (let round = 0; round < MOST_ROUNDS && (round === 0 || tried < least); round += 1) {
    await fc.assert(property, { numRuns: Number.MAX_SAFE_INTEGER, ...limits() });
  }
  return tried;
}

function limits() {
  return { interruptAfterTimeLimit: SECONDS * 1_000, markInterruptAsFailure: false };
}

function keep(area: string, bytes: Buffer): string {
  const folder = join(SEEDS, area);
  mkdirSync(folder, { recursive: true });
  const name = `crash-${Buffer.from(bytes).subarray(0, 6).toString('hex')}-${bytes.length}`;
  writeFileSync(join(folder, name), bytes);
  return `${area}/${name}`;
}
