import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What compilers call x86-64-v3 when they may use all of it: every server processor since 2015 or so. */
const V3 = ['avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'movbe', 'abm'];

/** Whether this processor can do what x86-64-v3 asks: decoding then costs a twelfth less. */
export function isV3(cpuinfo = readFileSync('/proc/cpuinfo', 'utf8')): boolean {
  const flags = new Set(/^flags\s*:(.*)$/mu.exec(cpuinfo)?.[1]?.split(' '));
  return V3.every((flag) => flags.has(flag));
}

/** What the addon is compiled for here, besides the architecture. */
export function level(): 'v3' | undefined {
  return process.platform === 'linux' && process.arch === 'x64' && isV3() ? 'v3' : undefined;
}

/** Where the addon for this machine is; an image may have been made on a machine that can do more. */
export function addonFile(): string {
  const name = ['voice', process.arch, level()].filter(Boolean).join('-');
  return fileURLToPath(new URL(`../../../build/${name}.node`, import.meta.url));
}
