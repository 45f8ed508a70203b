import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Whole meetings, which take their time: `test/cluster/x.test.ts`, `test/faults/x.test.ts`, `test/meetings/x.test.ts`. */
const MEETINGS = /^test\/(cluster|faults|meetings)\/[^/]+\.test\.ts$/;

/** So much of the run has meetings in it: short files at the end keep all workers busy to the last. */
const SHARE = 0.75;

/**
 * Spreads whole meetings over the run: side by side they would take each other's processor, and the last of them would
 * leave the other workers idle.
 */
export class SpreadMeetings extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isMeeting = ({ moduleId, project }: TestSpecification) =>
      MEETINGS.test(relative(project.config.root, moduleId).replaceAll('\\', '/'));
    const meetings = sorted.filter(isMeeting);
    const others = sorted.filter((file) => !isMeeting(file));
    const between = Math.floor((others.length * SHARE) / Math.max(1, meetings.length));
    const groups = meetings.map((meeting, i) => [meeting, ...others.slice(i * between, (i + 1) * between)]);
    return [...groups.flat(), ...others.slice(meetings.length * between)];
  }
}
