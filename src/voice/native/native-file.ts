import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The features that compilers call x86-64-v3: every server processor since 2015 or so has them. */
const V3 = ['avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'movbe', 'abm'];

/** Whether this processor has all features of x86-64-v3: decoding then costs a twelfth less. */
export function isV3(cpuinfo = readFileSync('/proc/cpuinfo', 'utf8')): boolean {
  const flags = new Set(/^flags\s*:(.*)$/mu.exec(cpuinfo)?.[1]?.split(' '));
  return V3.every((flag) => flags.has(flag));
}

/** The processor level that the addon is compiled for here, besides the architecture. */
export function level(): 'v3' | undefined {
  return process.platform === 'linux' && process.arch === 'x64' && isV3() ? 'v3' : undefined;
}

/** The addon's file for this machine. Its name says the level, as an image may have been made on a newer processor. */
export function addonFile(): string {
  const name = ['voice', process.arch, level()].filter(Boolean).join('-');
  return fileURLToPath(new URL(`../../../build/${name}.node`, import.meta.url));
}
