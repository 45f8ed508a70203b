import { defineConfig } from 'vitest/config';
import { SEVERAL_PROCESSES } from './test/several-processes.ts';
import { SpreadMeetings } from './test/support/spread-meetings.ts';

// Each file has a process of its own, which need not compile the same libraries anew: a sixth of the time of most.
process.env.NODE_COMPILE_CACHE ??= 'node_modules/.cache/compile';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...SEVERAL_PROCESSES, '**/node_modules/**'], // `npm run test:cluster`
    // Two cores: meetings in real time mostly wait, so that three files fit (266 s instead of 400, on a slower machine 320); a
    // fourth would steal their time.
    maxWorkers: 3,
    sequence: { sequencer: SpreadMeetings },
    // Most tests in real time wait: many of a file side by side take hardly more time than one, and no more processor.
    maxConcurrency: 12,
    testTimeout: 20_000,
    expect: { poll: { timeout: 15_000 } }, // a browser on a busy machine takes longer than the usual second
    hookTimeout: 20_000,
    // A rejection nobody awaited is a defect of the bot, so it fails the run (vitest's default, kept explicit).
    dangerouslyIgnoreUnhandledErrors: false,
  },
});
