import { constants, setPriority } from 'node:os';
import { vi } from 'vitest';

/**
 * For tests that compute much and for which no time counts: they take what processor the meetings in real time beside them leave. Each
 * file has a process of its own, so nothing else is slowed down.
 */
setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // with the lowest, threads of the bot run into limits of their own

/**
 * Whoever lets others go first may wait long for a processor: six seconds of work took more than twenty beside meetings on a busy
 * machine. A limit for such tests only ends what would never end.
 */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
