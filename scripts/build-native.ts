import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { addonFile, level } from '../src/voice/native-file.ts';

const SOURCES = join(import.meta.dirname, '..', 'src', 'voice', 'native');
const HEADERS = join(dirname(process.execPath), '..', 'include', 'node');
const COMPILER = 'cc';
const run = promisify(execFile);

/**
 * Makes the addon of src/voice/native: run by npm once everything is installed.
 *
 * A C compiler is all it needs: libopus's sources came with @discordjs/opus, OpenSSL and libuv are inside Node. Where it
 * cannot be made, Parley runs without it: the same, for half as much again of the processor.
 */
async function build(): Promise<string> {
  if (process.platform !== 'linux') return 'is only made on Linux';
  if (!existsSync(join(HEADERS, 'node_api.h'))) return 'is not made: this Node came without its headers';
  const opus = join(dirname(createRequire(import.meta.url).resolve('@discordjs/opus/package.json')), 'deps');
  const config = join(opus, 'config', 'opus', 'linux', process.arch);
  if (!existsSync(config)) return `is not made: @discordjs/opus brings no libopus for ${process.arch}`;
  const includes = [config, ...['include', 'celt', 'silk', 'silk/float', ''].map((name) => join(opus, 'opus', name))];
  const common = [
    '-std=gnu11',
    '-O3',
    ...(level() === 'v3' ? ['-march=x86-64-v3'] : []),
    '-fPIC',
    '-fvisibility=hidden',
    '-ffunction-sections',
    '-fdata-sections',
  ];
  const ofOpus = [...common, '-w', '-DHAVE_CONFIG_H', '-DOPUS_BUILD', ...includes.map((path) => `-I${path}`)];
  const ours = [...common, '-Wall', '-Wextra', `-I${HEADERS}`, `-I${join(opus, 'opus', 'include')}`];
  const decoder = ['celt/*.c', 'silk/*.c', 'src/opus.c', 'src/opus_decoder.c']; // the linker leaves out the coder
  const sources = [
    ...decoder.flatMap((pattern) => globSync(join(opus, 'opus', pattern))).filter((path) => !path.endsWith('_demo.c')),
    ...globSync(join(SOURCES, '*.c')),
  ];
  mkdirSync(dirname(addonFile()), { recursive: true });
  const folder = mkdtempSync(join(dirname(addonFile()), 'making-'));
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
    await run(COMPILER, ['-shared', '-Wl,--gc-sections', ...objects, '-lm', '-pthread', '-o', made]);
    renameSync(made, addonFile()); // at once: a process that runs keeps what it has
    return 'is made';
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) return `is not made: no C compiler (${COMPILER})`;
    return `is not made: ${error instanceof Error && 'stderr' in error ? error.stderr : error}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

console.log(`The native addon ${await build()}.`);
