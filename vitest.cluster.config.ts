import { defineConfig } from 'vitest/config';
import { SEVERAL_PROCESSES } from './test/several-processes.ts';

process.env.NODE_COMPILE_CACHE ??= 'node_modules/.cache/compile';

/** The tests with several whole processes, one after another: each wants the machine to itself. */
export default defineConfig({
  test: {
    include: SEVERAL_PROCESSES,
    ...{ maxWorkers: 1, fileParallelism: false },
    ...{ testTimeout: 20_000, hookTimeout: 20_000 },
    expect: { poll: { timeout: 15_000 } },
  },
});
