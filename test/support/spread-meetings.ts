import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Whole meetings, which take their time: `test/cluster/x.test.ts`, `test/faults/x.test.ts`, `test/meetings/x.test.ts`. */
const MEETINGS = /^test\/(cluster|faults|meetings)\/[^/]+\.test\.ts$/;

/** So much of their project's run has meetings in it: short files at the end keep all workers busy to the last. */
const SHARE = 0.75;

/**
 * Spreads whole meetings over the other files in real time: side by side they would take each other's processor, and the
 * last of them would leave the other workers idle.
 */
export class SpreadMeetings extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const [inRealTime, rest] = split(sorted, ({ project }) => project.name === 'real time');
    const [meetings, others] = split(inRealTime, ({ moduleId, project }) =>
      MEETINGS.test(relative(project.config.root, moduleId).replaceAll('\\', '/')),
    );
    const between = Math.floor((others.length * SHARE) / Math.max(1, meetings.length));
    const groups = meetings.map((meeting, i) => [meeting, ...others.slice(i * between, (i + 1) * between)]);
    return [...groups.flat(), ...others.slice(meetings.length * between), ...rest];
  }
}

function split<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
