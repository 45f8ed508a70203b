import { describe, expect, it } from 'vitest';
import { Phases } from '../../../src/core/meeting/phases.ts';

const ways: Readonly<Record<string, (phases: Phases) => void>> = {
  running: () => {},
  paused: (phases) => void phases.pause(200),
  ended: (phases) => phases.end(900),
  'done with here': (phases) => phases.leave({ isGoingOn: false }),
  'going on elsewhere': (phases) => phases.leave({ isGoingOn: true }),
};

function inPhase(name: string): Phases {
  const phases = new Phases();
  ways[name]?.(phases);
  return phases;
}

describe('the phases of a meeting', () => {
  it.each([
    ['running', 'running', true, true, undefined],
    ['paused', 'paused', false, true, undefined],
    ['ended', 'finishing', false, false, 900],
    ['done with here', 'finishing', false, false, undefined],
    ['going on elsewhere', 'restarting', false, false, undefined],
  ] as const)('show one that is %s as %s', (name, kind, isRunning, isOpen, endedMs) => {
    const phases = inPhase(name);
    expect([phases.kind, phases.isRunning, phases.isOpen, phases.endedMs]).toEqual([kind, isRunning, isOpen, endedMs]);
  });

  it.each([
    ['running', true, 'paused'],
    ['paused', false, 'paused'],
    ['ended', false, 'finishing'],
    ['going on elsewhere', false, 'restarting'],
  ] as const)('let one that is %s be paused: %s', (name, isPaused, kind) => {
    const phases = inPhase(name);
    expect([phases.pause(500), phases.kind]).toEqual([isPaused, kind]);
  });

  it('keep since when a meeting is paused, whoever pauses it again', () => {
    const phases = inPhase('paused');
    phases.pause(300);
    expect(phases.resume(500)).toEqual({ startMs: 200, endMs: 500, reason: 'paused' });
    expect(phases.kind).toBe('running');
  });

  it.each([
    ['running', 'running'],
    ['ended', 'finishing'],
    ['going on elsewhere', 'restarting'],
  ] as const)('have no pause to end in one that is %s', (name, kind) => {
    const phases = inPhase(name);
    expect([phases.pauseUntil(500), phases.resume(500), phases.kind]).toEqual([undefined, undefined, kind]);
  });

  it('tell of a pause that goes on, and leave it so', () => {
    const phases = inPhase('paused');
    expect(phases.pauseUntil(500)).toEqual({ startMs: 200, endMs: 500, reason: 'paused' });
    expect(phases.kind).toBe('paused');
  });

  it('forget when a meeting ended that another process owns', () => {
    const phases = inPhase('ended');
    phases.leave({ isGoingOn: false });
    expect([phases.kind, phases.endedMs]).toEqual(['finishing', undefined]);
  });
});
