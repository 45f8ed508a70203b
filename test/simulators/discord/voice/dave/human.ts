import davey from '@snazzah/davey';
import { Op } from '../protocol.ts';
import type { DaveGroup } from './group.ts';
import type { DaveMember } from './member.ts';

/**
 * A human's client as far as DAVE goes. As Discord's own clients do, it goes on sending with the old keys until a
 * transition is executed.
 */
export class DaveHuman implements DaveMember {
  readonly kind = 'human';
  readonly userId: string;
  readonly #channelId: string;
  readonly #group: DaveGroup;
  readonly #session: davey.DAVESession;
  #version: number;
  #next: { readonly id: number; readonly apply: () => void } | undefined; // what changes at the next transition
  #hasKeys = false; // of an epoch that is in use

  constructor(userId: string, channelId: string, group: DaveGroup) {
    this.userId = userId;
    this.#channelId = channelId;
    this.#group = group;
    this.#version = group.version;
    this.#session = new davey.DAVESession(1, userId, channelId);
    if (group.version === 1) this.#offerKeyPackage();
  }

  /** Whether what it sends now is (rightly) plain or encrypted with keys that are in use. */
  get canSpeak(): boolean {
    return this.#version === 0 || this.#hasKeys;
  }

  /** One Opus packet as it leaves the human's client. */
  protect(packet: Buffer): Buffer {
    return this.#version === 1 && this.#session.ready ? this.#session.encryptOpus(packet) : packet;
  }

  json(op: number, d: unknown): void {
    this.#group.turns.take(() => this.#receiveJson(op, d));
  }

  binary(op: number, payload: Buffer): void {
    this.#group.turns.take(() => this.#receiveBinary(op, payload));
  }

  #receiveJson(op: number, d: unknown): void {
    const { epoch, protocol_version, transition_id } = d as Record<string, number | undefined>; // from our own server
    if (op === Op.davePrepareEpoch && epoch === 1) {
      this.#next = undefined;
      this.#hasKeys = false;
      this.#session.reinit(protocol_version ?? 1, this.userId, this.#channelId);
      this.#offerKeyPackage();
    } else if (op === Op.davePrepareTransition && transition_id === 0) this.#version = protocol_version ?? 0;
    else if (op === Op.davePrepareTransition && transition_id !== undefined) {
      this.#prepare(transition_id, () => {
        this.#version = protocol_version ?? 0;
        this.#hasKeys = false;
        this.#session.reset();
      });
    } else if (op === Op.daveExecuteTransition && transition_id === this.#next?.id) this.#apply();
  }

  #receiveBinary(op: number, payload: Buffer): void {
    if (op === Op.daveExternalSender) this.#session.setExternalSender(payload);
    if (op === Op.daveProposals) {
      this.#apply(); // proposals are for the newest epoch, whether or not its keys are in use yet
      const operation = payload[0] === 0 ? davey.ProposalsOperationType.APPEND : davey.ProposalsOperationType.REVOKE;
      const { commit, welcome } = this.#session.processProposals(operation, payload.subarray(1));
      if (commit === undefined) return;
      const message = welcome === undefined ? commit : Buffer.concat([commit, welcome]);
      this.#group.commitWelcome(this, message);
    }
    if (op !== Op.daveAnnounceCommit && op !== Op.daveWelcome) return;
    const id = payload.readUInt16BE(0);
    const message = payload.subarray(2);
    if (op === Op.daveWelcome) this.#session.processWelcome(message);
    const enter = () => {
      if (op === Op.daveAnnounceCommit) this.#session.processCommit(message);
      this.#version = 1;
      this.#hasKeys = true;
    };
    if (id === 0) enter();
    else this.#prepare(id, enter);
  }

  #prepare(id: number, apply: () => void): void {
    this.#apply();
    this.#next = { id, apply };
    this.#group.ready(this, id);
  }

  #apply(): void {
    const next = this.#next;
    this.#next = undefined;
    next?.apply();
  }

  #offerKeyPackage(): void {
    const keyPackage = this.#session.getSerializedKeyPackage();
    this.#group.turns.take(() => this.#group.keyPackage(this, keyPackage));
  }
}
