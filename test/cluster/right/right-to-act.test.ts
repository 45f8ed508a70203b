import { describe, expect, it } from 'vitest';
import { RightToAct } from '../../../src/cluster/right/right-to-act.ts';

/** A process whose membership and time the test moves. */
function makeProcess() {
  let nowMs = 0;
  let term = new AbortController();
  const membership = {
    isAlive: () => !term.signal.aborted,
    get term() {
      return term.signal;
    },
  };
  const right = new RightToAct(membership, () => nowMs);
  return {
    right,
    pass: (ms: number) => {
      nowMs += ms;
    },
    endTerm: () => term.abort(),
    beginTerm() {
      term = new AbortController();
      right.noteRenewal(true);
    },
    read: () => right.noteRead(term.signal),
  };
}

describe('the right of a process to act', () => {
  it('begins when it has read what it owns in its term', () => {
    const { right, read } = makeProcess();
    expect(right.mayAct()).toBe(false);
    read();
    expect(right.mayAct()).toBe(true);
  });

  it('ends with the term while the database answers: others may have taken everything', () => {
    const { right, read, endTerm } = makeProcess();
    read();
    right.noteRenewal(true);
    endTerm();
    expect(right.mayAct()).toBe(false);
  });

  it('begins again only when the process has read anew what is left', () => {
    const { right, read, endTerm, beginTerm } = makeProcess();
    read();
    endTerm();
    beginTerm();
    expect(right.mayAct()).toBe(false);
    read();
    expect(right.mayAct()).toBe(true);
  });

  it('goes on while nobody can reach the database: nobody can take anything over', () => {
    const { right, read, endTerm, pass } = makeProcess();
    read();
    endTerm();
    for (let second = 0; second < 20; second += 1) {
      right.noteDiscord();
      right.noteRenewal(false);
      pass(1_000);
      expect(right.mayAct()).toBe(true);
    }
    expect(right.contact.aborted).toBe(false);
  });

  it('ends where Discord is not heard either: the process is cut off, and its requests must not arrive later', () => {
    const { right, read, endTerm, beginTerm, pass } = makeProcess();
    read();
    right.noteDiscord();
    for (let second = 0; second < 3; second += 1) {
      pass(1_000);
      right.noteRenewal(false);
      expect(right.mayAct()).toBe(true);
    }
    endTerm();
    pass(1_000);
    right.noteRenewal(false);
    const { contact } = right;
    expect([right.mayAct(), contact.aborted]).toEqual([false, true]);
    beginTerm();
    read();
    expect([right.mayAct(), contact.aborted, right.contact.aborted]).toEqual([true, true, false]);
  });

  it('goes on where Discord is not heard while the database answers: nobody takes over from a living process', () => {
    const { right, read, pass } = makeProcess();
    read();
    pass(20_000);
    right.noteRenewal(true);
    expect([right.mayAct(), right.contact.aborted]).toEqual([true, false]);
  });

  it('ends when the process stood still, also while the database was away', () => {
    const { right, read, endTerm, pass } = makeProcess();
    read();
    endTerm();
    right.noteRenewal(false);
    pass(10_000);
    expect(right.mayAct()).toBe(false);
    right.noteDiscord();
    right.noteRenewal(false); // it is still away
    expect(right.mayAct()).toBe(true);
  });

  it('is worth nothing when renewals neither succeed nor fail any more: only another start can help', () => {
    const { right, pass } = makeProcess();
    expect(right.isSound).toBe(true); // it has just joined
    for (let second = 0; second < 60; second += 1) {
      pass(1_000);
      right.noteRenewal(false); // the database is away: that is no reason for another start
    }
    expect(right.isSound).toBe(true);
    pass(19_000);
    expect(right.isSound).toBe(true);
    pass(1_000);
    expect(right.isSound).toBe(false);
    right.noteRenewal(true);
    expect(right.isSound).toBe(true);
  });
});
