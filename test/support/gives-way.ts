import { constants, setPriority } from 'node:os';

/**
 * For tests that compute much and for which no time counts: they take what processor the meetings in real time beside them leave. Each
 * file has a process of its own, so nothing else is slowed down.
 */
setPriority(constants.priority.PRIORITY_LOW);
