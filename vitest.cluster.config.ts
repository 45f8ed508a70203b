import { defineConfig, mergeConfig } from 'vitest/config';
import { SEVERAL_PROCESSES } from './test/several-processes.ts';
import base from './vitest.config.ts';

/** The tests with several whole processes, one after another: each wants the machine to itself. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({ test: { include: SEVERAL_PROCESSES, maxWorkers: 1, fileParallelism: false } }),
);
