import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { addonFile, level } from '../src/voice/native/native-file.ts';

const SOURCES = join(import.meta.dirname, '..', 'src', 'voice', 'native');
const HEADERS = join(dirname(process.execPath), '..', 'include', 'node');
const COMPILER = 'cc';
const run = promisify(execFile);

/**
 * Packages that contain the sources of libopus, the newest first. Nothing else of audify is used; its install script
 * does not run.
 */
const CARRIERS = [
  { name: 'audify', folder: 'vendor/opus', version: '1.5.2' },
  { name: '@discordjs/opus', folder: 'deps/opus', version: '1.3.1' },
] as const;

/** The flags that libopus needs with this compiler, and its checks for untrusted data. */
const OPUS = [
  '-w',
  '-DOPUS_BUILD',
  '-DVAR_ARRAYS',
  '-DHAVE_LRINT',
  '-DHAVE_LRINTF',
  '-DHAVE_STDINT_H',
  '-DENABLE_HARDENING',
];
const HARDENED = ['-O3', '-fstack-protector-strong', '-D_FORTIFY_SOURCE=2'];
const SANITIZED = [
  '-O1',
  '-g',
  '-fno-omit-frame-pointer',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=undefined',
];

/**
 * Builds the addon of src/voice/native. npm runs this after the installation.
 *
 * It needs only a C compiler: a package contains the sources of libopus, and Node contains OpenSSL and libuv. Without
 * the addon Parley does the same with half as much processor time again.
 *
 * @param sanitizes - for `scripts/fuzz-addon.ts`: the first invalid access ends the process
 * @returns the outcome, as the rest of a sentence
 */
async function build(file: string, sanitizes: boolean): Promise<string> {
  if (process.platform !== 'linux') return 'is built only on Linux';
  if (!existsSync(join(HEADERS, 'node_api.h'))) return 'was not built: this Node has no header files';
  const opus = opusSources();
  if (!opus) return 'was not built: no installed package contains the sources of libopus';
  const includes = ['include', 'celt', 'silk', 'silk/float', ''].map((name) => `-I${join(opus.folder, name)}`);
  const common = [
    '-std=gnu11',
    ...(sanitizes ? SANITIZED : HARDENED),
    ...(level() === 'v3' ? ['-march=x86-64-v3'] : []),
    '-fPIC',
    '-fvisibility=hidden',
    '-ffunction-sections',
    '-fdata-sections',
  ];
  const ofOpus = [...common, ...OPUS, `-DPACKAGE_VERSION="${opus.version}"`, ...includes];
  const ours = [...common, '-Wall', '-Wextra', `-I${HEADERS}`, `-I${join(opus.folder, 'include')}`];
  const decoder = ['celt/*.c', 'silk/*.c', 'src/opus.c', 'src/opus_decoder.c', 'src/extensions.c']; // the linker removes the encoder
  const sources = [
    ...decoder.flatMap((pattern) => globSync(join(opus.folder, pattern))).filter((path) => !path.endsWith('_demo.c')),
    ...globSync(join(SOURCES, '*.c')),
  ];
  mkdirSync(dirname(file), { recursive: true });
  const folder = mkdtempSync(join(dirname(file), 'building-'));
  try {
    const objects = sources.map((_, i) => join(folder, `${i}.o`));
    const compile = async (i: number) => {
      const source = sources[i] ?? '';
      const options = source.startsWith(SOURCES) ? ours : ofOpus;
      await run(COMPILER, [...options, '-c', source, '-o', objects[i] ?? '']);
    };
    const waiting = sources.keys();
    const worker = async () => {
      for (const i of waiting) await compile(i);
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
    const made = join(folder, 'voice.node');
    const linking = ['-shared', '-Wl,--gc-sections', '-Wl,-z,relro,-z,now', ...(sanitizes ? SANITIZED : [])];
    await run(COMPILER, [...linking, ...objects, '-lm', '-pthread', '-o', made]);
    renameSync(made, file); // atomic: a running process keeps the old file
    return `was built with libopus ${opus.version}`;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) return `was not built: there is no C compiler (${COMPILER})`;
    return `was not built: ${error instanceof Error && 'stderr' in error ? error.stderr : error}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function opusSources(): { readonly folder: string; readonly version: string } | undefined {
  const require = createRequire(import.meta.url);
  for (const { name, folder, version } of CARRIERS) {
    try {
      return { folder: join(dirname(require.resolve(`${name}/package.json`)), folder), version };
    } catch {
      // not installed: try the next package
    }
  }
  return undefined;
}

const { values } = parseArgs({
  options: { sanitize: { type: 'boolean', default: false }, out: { type: 'string', default: addonFile() } },
});
console.log(`The native addon ${await build(values.out, values.sanitize)}.`);
