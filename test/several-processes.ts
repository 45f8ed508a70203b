/**
 * The tests in which several whole processes of the bot run side by side, in real time: `npm run test:cluster`.
 *
 * They are not part of `npm test`: each is one to several processes with databases and simulators on two cores, and what they
 * measure is time. With them the suite would take half as long again, and a busy machine would fail them.
 */
export const SEVERAL_PROCESSES = [
  'test/cluster/sittings/*.test.ts',
  'test/cluster/{cold-start,two-processes}.test.ts',
  'test/discord/limits/three-processes.test.ts',
  'test/faults/credentials.test.ts',
  'test/scripts/bench-{fleet,readers}.test.ts',
];
