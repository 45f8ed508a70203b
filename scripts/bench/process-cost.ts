import { readFileSync } from 'node:fs';

/** What the system says of a process. */
export interface ProcessCost {
  readonly cpuMs: number; // since it began, of all its threads: user and system
  readonly rssMb: number; // 10^6 bytes
}

const TICK_MS = 10; // Linux counts in hundredths of a second for all programs
const BYTES_PER_KB = 1_024;
const BYTES_PER_MB = 1e6;

/**
 * The bot is another process and must not be asked: answering would cost it something.
 *
 * @throws where there is no `/proc`, or no such process
 */
export function costOf(pid: number): ProcessCost {
  // After the program's name, which may hold anything, in brackets: state is the first, utime the 12th, stime the 13th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const [, rssKb] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    rssMb: (Number(rssKb) * BYTES_PER_KB) / BYTES_PER_MB,
  };
}
