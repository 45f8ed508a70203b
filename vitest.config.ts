import { defineConfig } from 'vitest/config';
import { SEVERAL_PROCESSES } from './test/several-processes.ts';
import { filesInRealTime } from './test/support/real-time/files.ts';
import { SpreadMeetings } from './test/support/spread-meetings.ts';

// Processes need not compile the same libraries anew: a sixth of the time of most.
process.env.NODE_COMPILE_CACHE ??= 'node_modules/.cache/compile';

const inRealTime = filesInRealTime(import.meta.dirname);
const exclude = [...SEVERAL_PROCESSES, '**/node_modules/**']; // `npm run test:cluster`

export default defineConfig({
  test: {
    sequence: { sequencer: SpreadMeetings },
    // Most tests in real time wait: many of a file side by side take hardly more time than one, and no more processor.
    maxConcurrency: 12,
    expect: { poll: { timeout: 15_000 } }, // a browser on a busy machine takes longer than the usual second
    // A rejection nobody awaited is a defect of the bot, so it fails the run (vitest's default, kept explicit).
    dangerouslyIgnoreUnhandledErrors: false,
    // What computes would take the processor from people who speak, so the two kinds come one after the other.
    projects: [
      {
        extends: true,
        test: {
          ...{ name: 'real time', include: inRealTime, exclude, sequence: { groupOrder: 0 } },
          maxWorkers: 3, // mostly they wait, so that three files fit on two cores; with a fourth, whatever else runs spoils them
          ...{ testTimeout: 20_000, hookTimeout: 20_000 },
        },
      },
      {
        extends: true,
        test: {
          ...{ name: 'the rest', include: ['test/**/*.test.ts'], exclude: [...exclude, ...inRealTime] },
          sequence: { groupOrder: 1 },
          maxWorkers: 6, // half of their time most wait for limits of Discord’s, databases and processes
          isolate: false, // each process loads what many files need, as discord.js, once
          ...{ testTimeout: 60_000, hookTimeout: 60_000 }, // these only end what would never end
        },
      },
    ],
  },
});
