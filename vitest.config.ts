import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two cores: a third worker only steals time from the real-time meetings of the other two.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // A rejection nobody awaited is a defect of the bot, so it fails the run (vitest's default, kept explicit).
    dangerouslyIgnoreUnhandledErrors: false,
  },
});
