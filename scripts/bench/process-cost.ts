import { readFileSync } from 'node:fs';

/** The figures of the operating system for a process. */
export interface ProcessCost {
  readonly cpuMs: number; // user and system time of all threads since the start
  readonly rssMb: number; // 10^6 bytes
  readonly waitedMs: number; // of the main thread, which could have run: all cores were taken
}

const TICK_MS = 10; // Linux counts in hundredths of a second
const NS_PER_MS = 1e6;
const BYTES_PER_KB = 1_024;
const BYTES_PER_MB = 1e6;

/**
 * Reads the cost of a process from outside, because the bot would need processor time to answer.
 *
 * @throws where there is no `/proc`, or no such process
 */
export function costOf(pid: number): ProcessCost {
  // The name of the program, in brackets, may contain anything. After it the state is the 1st field, utime the 12th,
  // stime the 13th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const [, rssKb] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    // Nanoseconds on a core, nanoseconds in a queue for one, turns.
    waitedMs: Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / NS_PER_MS,
    rssMb: (Number(rssKb) * BYTES_PER_KB) / BYTES_PER_MB,
  };
}
