import { Op } from '../protocol.ts';
import { ExternalSender, type SignedProposal } from './external-sender.ts';
import type { DaveMember } from './member.ts';
import { readCommit, type SeenCommit, u16, u64, vector } from './mls-wire.ts';
import { Turns } from './turns.ts';

const APPEND = 0;
const REVOKE = 1;

export interface DaveTiming {
  readonly batchMs: number; // joins and leaves within this time share a commit
  readonly readyTimeoutMs: number; // how long a transition waits for members that do not say they are ready
  readonly commitTimeoutMs: number; // how long proposals wait for a commit
  readonly preferenceMs: number; // how long a commit of the preferred kind of member is waited for
}

const TIMING: DaveTiming = { batchMs: 10, readyTimeoutMs: 2_000, commitTimeoutMs: 3_000, preferenceMs: 300 };

export interface DaveEvents {
  committed(epoch: bigint, transitionId: number): void;
  executed(transitionId: number): void;
  invalid(userId: string, transitionId: number): void;
}

interface Seat {
  readonly member: DaveMember;
  keyPackage: Buffer | undefined; // while it waits to be added
  leaf: number | undefined; // its place in the group's tree, once it was added
}

interface InFlight {
  readonly proposals: ReadonlyMap<string, SignedProposal>; // by reference, in hexadecimal
  readonly askedIds: ReadonlySet<string>; // who was asked to commit
  readonly userOf: ReadonlyMap<SignedProposal, string>;
  readonly timer: NodeJS.Timeout;
  spare: { readonly member: DaveMember; readonly bytes: Buffer; readonly timer: NodeJS.Timeout } | undefined;
}

interface Transition {
  readonly id: number;
  readonly awaited: Set<string>;
  readonly timer: NodeJS.Timeout;
}

/**
 * The voice server's side of DAVE for one call: it sees who joins and leaves, proposes that to the members' MLS group,
 * hands round the first good commit, and says when everybody changes keys.
 *
 * One change at a time: the next proposals wait until the transition before them was executed.
 */
export class DaveGroup {
  /** Whose commits win where both kinds of members make one. */
  prefers: 'humans' | 'clients' | 'first' = 'first';
  /** So many transitions are announced and then never executed. */
  unexecuted = 0;
  epoch = 0n;
  /** What the humans in the call do with messages, one after another. */
  readonly turns = new Turns(() => this.#settle());
  lateCommits = 0; // commits that came after another one had won, or did not fit
  takenBack = 0; // times that proposals were revoked, as nobody committed to them
  readonly #sender = new ExternalSender();
  readonly #groupId: Buffer;
  readonly #timing: DaveTiming;
  readonly #events: DaveEvents;
  readonly #seats = new Map<string, Seat>();
  #version: 0 | 1;
  #leaves: (string | undefined)[] = [];
  #lastTransitionId = 0;
  #isUpgrade = false; // the group about to be made replaces none: its members have to be told when to begin
  #inFlight: InFlight | undefined;
  #transition: Transition | undefined;
  #batch: NodeJS.Timeout | undefined;
  #settling: (() => void)[] = [];
  #closed = false;

  constructor(channelId: string, version: 0 | 1, timing: Partial<DaveTiming>, events: DaveEvents) {
    this.#groupId = u64(BigInt(channelId));
    this.#version = version;
    this.#timing = { ...TIMING, ...timing };
    this.#events = events;
  }

  get version(): 0 | 1 {
    return this.#version;
  }

  get memberIds(): readonly string[] {
    return this.#leaves.filter((userId) => userId !== undefined);
  }

  join(member: DaveMember): void {
    this.#seats.set(member.userId, { member, keyPackage: undefined, leaf: undefined });
    if (this.#version === 1) member.binary(Op.daveExternalSender, this.#sender.package);
  }

  leave(userId: string): void {
    if (!this.#seats.delete(userId)) return;
    this.#waitNoLongerFor(userId);
    this.#schedule();
  }

  keyPackage(member: DaveMember, bytes: Buffer): void {
    const seat = this.#seatOf(member);
    if (seat === undefined) return;
    seat.keyPackage = Buffer.from(bytes);
    seat.leaf = undefined; // what it had in the tree is stale: it begins anew
    this.#schedule();
  }

  commitWelcome(member: DaveMember, bytes: Buffer): void {
    const flight = this.#inFlight;
    if (flight === undefined || this.#seatOf(member) === undefined) {
      this.lateCommits++;
      return;
    }
    const preferred = { humans: 'human', clients: 'client', first: member.kind }[this.prefers];
    const isWaitedFor = [...flight.askedIds].some((id) => this.#seats.get(id)?.member.kind === preferred);
    if (member.kind !== preferred && isWaitedFor) {
      if (flight.spare !== undefined) return;
      const timer = setTimeout(() => this.#take(flight, member, bytes), this.#timing.preferenceMs);
      flight.spare = { member, bytes, timer };
    } else this.#take(flight, member, bytes);
  }

  ready(member: DaveMember, transitionId: number): void {
    if (this.#seatOf(member) !== undefined && this.#transition?.id === transitionId)
      this.#waitNoLongerFor(member.userId);
  }

  /** A member cannot read a commit or its welcome: it is removed, and added again with its next key package. */
  invalid(member: DaveMember, transitionId: number): void {
    const seat = this.#seatOf(member);
    if (seat === undefined) return;
    this.#events.invalid(member.userId, transitionId);
    seat.leaf = undefined;
    seat.keyPackage = undefined;
    this.#waitNoLongerFor(member.userId);
    this.#schedule();
  }

  /** Turns end-to-end encryption off or on for the running call. Resolves when everybody has changed. */
  async setVersion(version: 0 | 1): Promise<void> {
    await this.settled();
    if (version === this.#version) return;
    if (version === 0) {
      const id = this.#nextTransitionId();
      this.#dissolve();
      this.#version = 0;
      const members = [...this.#seats.values()];
      this.#begin(
        id,
        members.map((seat) => seat.member),
      );
      for (const { member } of members)
        member.json(Op.davePrepareTransition, { transition_id: id, protocol_version: 0 });
    } else {
      this.#version = 1;
      this.#isUpgrade = this.#seats.size > 1;
      for (const { member } of this.#seats.values()) {
        member.json(Op.davePrepareEpoch, { epoch: 1, protocol_version: 1 });
        member.binary(Op.daveExternalSender, this.#sender.package);
        if (!this.#isUpgrade) member.json(Op.davePrepareTransition, { transition_id: 0, protocol_version: 1 });
      }
    }
    await this.settled();
  }

  /** Resolves when everybody who is in the call is in the group, nobody else is, and no transition is under way. */
  settled(): Promise<void> {
    if (this.isSettled) return Promise.resolve();
    return new Promise((resolve) => this.#settling.push(resolve));
  }

  get isSettled(): boolean {
    if (this.#closed) return true;
    if (this.#transition !== undefined || this.#inFlight !== undefined || this.#batch !== undefined) return false;
    if (!this.turns.isIdle) return false;
    if (this.#version === 0 || this.#seats.size < 2) return this.#leaves.length === 0;
    return [...this.#seats.values()].every((seat) => seat.leaf !== undefined) && this.#stale().length === 0;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#batch);
    clearTimeout(this.#transition?.timer);
    this.#endFlight();
    this.turns.stop();
    this.#seats.clear();
    this.#settle();
  }

  // --------------------------------------------------------------------------------------------- proposing

  #schedule(): void {
    if (this.#closed || this.#batch !== undefined) return;
    this.#batch = setTimeout(() => {
      this.#batch = undefined;
      if (this.turns.isIdle) this.#propose();
      else this.#schedule(); // more key packages may be among what is being done
      this.#settle();
    }, this.#timing.batchMs);
  }

  #propose(): void {
    if (this.#version === 0 || this.#inFlight !== undefined || this.#transition !== undefined) return;
    if (this.epoch === 0n) this.#proposeGroup();
    else this.#proposeChanges();
  }

  #proposeChanges(): void {
    const stale = this.#stale();
    const remaining = this.memberIds.length - stale.length;
    if (remaining === 0 || this.#seats.size === 1) {
      this.#startAnew();
      return;
    }
    const users = new Map<SignedProposal, string>();
    const staleIds = new Set(stale.map((leaf) => this.#leaves[leaf]));
    for (const leaf of stale) this.#sign(users, { kind: 'remove', leaf }, this.#leaves[leaf] ?? '');
    for (const seat of this.#waiting()) {
      // The same person's old place goes first, in a commit of its own.
      if (seat.keyPackage === undefined || staleIds.has(seat.member.userId)) continue;
      this.#sign(users, { kind: 'add', keyPackage: seat.keyPackage }, seat.member.userId);
    }
    if (users.size === 0) return;
    const asked = [...this.#seats.values()].filter((seat) => seat.leaf !== undefined);
    this.#fly(
      users,
      asked.map((seat) => seat.member),
    );
    for (const { member } of asked) member.binary(Op.daveProposals, append([...users.keys()]));
  }

  /**
   * There is no group yet: every client is asked to make one with all the others in it. Of the humans only the first:
   * making a group takes seconds for fifty of them, and one group is kept in any case.
   */
  #proposeGroup(): void {
    const waiting = this.#waiting();
    if (waiting.length < 2) return;
    const users = new Map<SignedProposal, string>();
    for (const { keyPackage, member } of waiting) {
      if (keyPackage !== undefined) this.#sign(users, { kind: 'add', keyPackage }, member.userId);
    }
    const founder = waiting.find((seat) => seat.member.kind === 'human');
    const asked = waiting.filter((seat) => seat === founder || seat.member.kind === 'client');
    const members = asked.map((seat) => seat.member);
    this.#fly(users, members);
    for (const member of members) {
      member.binary(
        Op.daveProposals,
        append([...users.keys()].filter((signed) => users.get(signed) !== member.userId)),
      );
    }
  }

  #sign(users: Map<SignedProposal, string>, proposal: SignedProposal['proposal'], userId: string): void {
    users.set(this.#sender.propose(this.#groupId, this.epoch, proposal), userId);
  }

  #fly(users: ReadonlyMap<SignedProposal, string>, asked: readonly DaveMember[]): void {
    this.#inFlight = {
      proposals: new Map([...users.keys()].map((signed) => [signed.reference.toString('hex'), signed])),
      askedIds: new Set(asked.map((member) => member.userId)),
      userOf: users,
      timer: setTimeout(() => this.#giveUp(), this.#timing.commitTimeoutMs),
      spare: undefined,
    };
  }

  /** Nobody committed: what was proposed is taken back, and proposed again as things now stand. */
  #giveUp(): void {
    const flight = this.#inFlight;
    if (flight === undefined) return;
    this.#endFlight();
    this.takenBack++;
    const references = [...flight.userOf.keys()].map((signed) => vector(signed.reference));
    for (const userId of flight.askedIds) {
      this.#seats
        .get(userId)
        ?.member.binary(Op.daveProposals, Buffer.concat([Buffer.from([REVOKE]), vector(...references)]));
    }
    this.#schedule();
  }

  #endFlight(): void {
    clearTimeout(this.#inFlight?.timer);
    clearTimeout(this.#inFlight?.spare?.timer);
    this.#inFlight = undefined;
  }

  // -------------------------------------------------------------------------------------------- committing

  #take(flight: InFlight, member: DaveMember, bytes: Buffer): void {
    const commit = this.#inFlight === flight ? readableCommit(bytes) : undefined;
    const proposals = commit && this.#accepted(flight, member, commit);
    if (commit === undefined || proposals === undefined) {
      this.lateCommits++;
      return;
    }
    this.#endFlight();
    const id = this.epoch === 0n && !this.#isUpgrade ? 0 : this.#nextTransitionId();
    this.#isUpgrade = false;
    if (this.epoch === 0n) this.#place(member.userId, 0);
    const committed = [...this.#seats.values()].filter((seat) => seat.leaf !== undefined);
    const welcomed = this.#apply(proposals, flight.userOf);
    this.epoch++;
    const members = [...committed, ...welcomed].map((seat) => seat.member);
    if (id !== 0) this.#begin(id, members);
    this.#events.committed(this.epoch, id);
    const announced = Buffer.concat([u16(id), bytes.subarray(0, commit.length)]);
    const welcome = Buffer.concat([u16(id), bytes.subarray(commit.length)]);
    for (const seat of committed) seat.member.binary(Op.daveAnnounceCommit, announced);
    for (const seat of welcomed) seat.member.binary(Op.daveWelcome, welcome);
    if (id === 0) this.#events.executed(0); // a first group is in use at once
    this.#schedule();
  }

  /** The proposals of a commit, in its order; `undefined` unless it is for now, of a member, and just what was proposed. */
  #accepted(flight: InFlight, member: DaveMember, commit: SeenCommit): SignedProposal[] | undefined {
    const isNew = this.epoch === 0n;
    const chosen = commit.references.map((reference) => flight.proposals.get(reference.toString('hex')));
    const proposals = chosen.filter((signed) => signed !== undefined);
    const expected = flight.proposals.size - (isNew ? 1 : 0); // at the beginning nobody adds themselves
    const isSender = isNew ? commit.sender === 0 : this.#leaves[commit.sender] === member.userId;
    const isWhole = commit.isByReferenceOnly && chosen.length === expected && proposals.length === expected;
    return commit.epoch === this.epoch && isSender && isWhole ? proposals : undefined;
  }

  /** Changes the tree as every member does: removes first, then adds, each at the leftmost blank leaf. */
  #apply(proposals: readonly SignedProposal[], userOf: ReadonlyMap<SignedProposal, string>): Seat[] {
    const welcomed: Seat[] = [];
    for (const { proposal } of proposals) if (proposal.kind === 'remove') this.#leaves[proposal.leaf] = undefined;
    for (const signed of proposals) {
      if (signed.proposal.kind === 'remove') continue;
      const userId = userOf.get(signed) ?? '';
      const blank = this.#leaves.indexOf(undefined);
      const leaf = blank === -1 ? this.#leaves.length : blank;
      this.#leaves[leaf] = userId;
      const seat = this.#seats.get(userId);
      // Somebody who left, or began anew meanwhile, cannot use this place: the next commit removes it.
      if (seat?.keyPackage?.equals(signed.proposal.keyPackage) !== true) continue;
      this.#place(userId, leaf);
      welcomed.push(seat);
    }
    return welcomed;
  }

  #place(userId: string, leaf: number): void {
    this.#leaves[leaf] = userId;
    const seat = this.#seats.get(userId);
    if (seat === undefined) return;
    seat.leaf = leaf;
    seat.keyPackage = undefined;
  }

  #waitNoLongerFor(userId: string): void {
    const transition = this.#transition;
    transition?.awaited.delete(userId);
    if (transition?.awaited.size === 0) this.#execute(transition);
  }

  /** Somebody who comes back is another member: what the earlier one still says counts no more. */
  #seatOf(member: DaveMember): Seat | undefined {
    const seat = this.#seats.get(member.userId);
    return seat?.member === member ? seat : undefined;
  }

  #begin(id: number, members: readonly DaveMember[]): void {
    const transition = {
      id,
      awaited: new Set(members.map((member) => member.userId)),
      timer: setTimeout(() => this.#execute(transition), this.#timing.readyTimeoutMs),
    };
    this.#transition = transition;
  }

  #execute(transition: Transition): void {
    if (this.#transition !== transition) return;
    clearTimeout(transition.timer);
    this.#transition = undefined;
    if (this.unexecuted > 0) this.unexecuted--;
    else {
      for (const { member } of this.#seats.values())
        member.json(Op.daveExecuteTransition, { transition_id: transition.id });
      this.#events.executed(transition.id);
    }
    this.#schedule();
  }

  /** One member is left, or none that still has the keys: the group is given up, the next one begins with new keys. */
  #startAnew(): void {
    this.#dissolve();
    for (const seat of this.#seats.values()) {
      seat.member.json(Op.davePrepareEpoch, { epoch: 1, protocol_version: 1 });
      seat.member.json(Op.davePrepareTransition, { transition_id: 0, protocol_version: 1 });
    }
  }

  #dissolve(): void {
    this.#endFlight();
    this.epoch = 0n;
    this.#leaves = [];
    for (const seat of this.#seats.values()) {
      seat.leaf = undefined;
      seat.keyPackage = undefined;
    }
  }

  #waiting(): Seat[] {
    return [...this.#seats.values()].filter((seat) => seat.leaf === undefined && seat.keyPackage !== undefined);
  }

  /** Leaves of people who left, or who had to begin anew. */
  #stale(): number[] {
    return [...this.#leaves.entries()]
      .filter(([leaf, userId]) => userId !== undefined && this.#seats.get(userId)?.leaf !== leaf)
      .map(([leaf]) => leaf);
  }

  #nextTransitionId(): number {
    this.#lastTransitionId = (this.#lastTransitionId % 0xffff) + 1; // 0 is a first group's
    return this.#lastTransitionId;
  }

  #settle(): void {
    if (!this.isSettled) return;
    const settling = this.#settling;
    this.#settling = [];
    for (const resolve of settling) resolve();
  }
}

/** What can be seen of a commit; `undefined` when it is none, from which nobody else must suffer. */
function readableCommit(bytes: Buffer): SeenCommit | undefined {
  try {
    return readCommit(bytes);
  } catch {
    return undefined;
  }
}

function append(proposals: readonly SignedProposal[]): Buffer {
  return Buffer.concat([Buffer.from([APPEND]), vector(...proposals.map((signed) => signed.message))]);
}
