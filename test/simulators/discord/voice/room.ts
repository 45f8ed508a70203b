import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { VoiceClient } from './client.ts';
import { DaveGroup, type DaveTiming } from './dave/group.ts';
import type { Network } from './network.ts';
import { nowMs } from './pacer.ts';
import { Close, Op } from './protocol.ts';
import { SimulatedVoice, type VoiceHabits } from './simulated-voice.ts';
import type { RtpHeader } from './transport.ts';
import type { VoiceServer } from './voice-server.ts';

const EXTENSION = Buffer.from([0x10, 0xff, 0x90, 0x00]); // one byte of audio level, one of another element's head, padding

export interface RoomOptions {
  readonly channelId: string;
  readonly server: VoiceServer;
  readonly daveVersion: 0 | 1;
  readonly network: Network;
  readonly dave: Partial<DaveTiming>;
}

/** A voice channel on its server: simulated humans who speak, and real clients who hear them. */
export class Room {
  readonly channelId: string;
  readonly dave: DaveGroup;
  network: Network;
  readonly #server: VoiceServer;
  readonly #humans = new Map<string, SimulatedVoice>();
  readonly #clients = new Map<string, VoiceClient>();
  readonly #deaf = new Set<string>(); // clients that nothing is sent to
  readonly #suppressed = new Set<string>(); // humans in the audience of a stage: nothing of theirs is passed on

  constructor({ channelId, server, daveVersion, network, dave }: RoomOptions) {
    this.channelId = channelId;
    this.network = network;
    this.#server = server;
    this.dave = new DaveGroup(channelId, daveVersion, dave, {
      committed: (epoch, transitionId) => server.emit('commit', this, epoch, transitionId),
      executed: (transitionId) => server.emit('executed', this, transitionId),
      invalid: (userId, transitionId) => server.emit('invalid', userId, transitionId),
    });
  }

  get humans(): ReadonlyMap<string, SimulatedVoice> {
    return this.#humans;
  }

  /** Real clients that got as far as choosing a protocol. */
  get clients(): ReadonlyMap<string, VoiceClient> {
    return this.#clients;
  }

  get daveVersion(): 0 | 1 {
    return this.dave.version;
  }

  addHuman(userId: string, habits: Partial<VoiceHabits> = {}): SimulatedVoice {
    if (this.#humans.has(userId)) throw new Error(`Cannot add human ${userId}: already in the room`);
    const human = new SimulatedVoice(userId, this, this.#server.pacer, habits);
    this.#humans.set(userId, human);
    this.broadcast(Op.clientsConnect, { user_ids: [userId] });
    this.dave.join(human.dave);
    return human;
  }

  /** Changes the version of end-to-end encryption of the running call. Resolves when all have changed. */
  setDaveVersion(version: 0 | 1): Promise<void> {
    for (const client of this.#clients.values()) {
      if (client.maxDaveVersion < version) client.close(Close.daveRequired);
    }
    return this.dave.setVersion(version);
  }

  /** Resolves when everybody has the keys to hear everybody, or nothing is encrypted. */
  settled(): Promise<void> {
    return this.dave.settled();
  }

  /** Sends a datagram that is not what it seems to a client. Resolves when it is on its way. */
  async forge(client: VoiceClient, kind: 'bad tag' | 'short' | 'other port', speaker: SimulatedVoice): Promise<void> {
    const { transport, address } = client;
    if (transport === undefined || address === undefined) throw new Error('Cannot forge: the client is not ready');
    const header = { sequence: speaker.sequence, timestamp: 0, ssrc: speaker.ssrc };
    const packet = transport.seal(header, EXTENSION, Buffer.alloc(60, 0x5a));
    packet.writeUInt8(packet.readUInt8(20) ^ 0xff, 20); // inside the sealed part
    if (kind === 'bad tag') this.#server.sendDatagram(packet, address);
    else if (kind === 'short') {
      for (const bytes of [9, 10, 11]) this.#server.sendDatagram(packet.subarray(0, bytes), address);
    } else {
      const stranger = createSocket('udp4');
      stranger.send(packet, address.port, address.ip, () => stranger.close());
      await once(stranger, 'close');
    }
  }

  close(): void {
    this.dave.close();
    for (const human of this.#humans.values()) human.silence();
  }

  // ----------------------------------------------------------------------- for the server and its humans

  setDeaf(userId: string, isDeaf: boolean): void {
    if (isDeaf) this.#deaf.add(userId);
    else this.#deaf.delete(userId);
  }

  setSuppressed(userId: string, isSuppressed: boolean): void {
    if (isSuppressed) this.#suppressed.add(userId);
    else this.#suppressed.delete(userId);
  }

  /** A client has chosen its protocol: it learns who is here, and they learn of it. */
  enter(client: VoiceClient): void {
    const others = [...this.#humans.keys(), ...this.#clients.keys()].filter((id) => id !== client.userId);
    this.broadcast(Op.clientsConnect, { user_ids: [client.userId] });
    this.#clients.set(client.userId, client);
    if (others.length > 0) client.json(Op.clientsConnect, { user_ids: others });
    for (const human of this.#humans.values()) human.introduce(client);
    this.dave.join(client);
  }

  exit(client: VoiceClient): void {
    if (this.#clients.get(client.userId) !== client) return;
    this.#clients.delete(client.userId);
    this.broadcast(Op.clientDisconnect, { user_id: client.userId });
    this.dave.leave(client.userId);
  }

  dismiss(human: SimulatedVoice): void {
    if (this.#humans.get(human.userId) !== human) return;
    this.#humans.delete(human.userId);
    this.#suppressed.delete(human.userId);
    this.broadcast(Op.clientDisconnect, { user_id: human.userId });
    this.dave.leave(human.userId);
  }

  relaySpeaking(from: VoiceClient): void {
    for (const client of this.#clients.values()) {
      if (client !== from) client.json(Op.speaking, { user_id: from.userId, ssrc: from.ssrc, speaking: from.speaking });
    }
  }

  broadcast(op: number, d: unknown): void {
    for (const client of this.#clients.values()) client.json(op, d);
  }

  /** Takes one packet of a human to every client, through the network between them. */
  deliver(human: SimulatedVoice, header: RtpHeader, payload: Buffer): void {
    if (this.#suppressed.has(human.userId)) return;
    const network = human.network ?? this.network;
    const sentMs = nowMs();
    for (const client of this.#clients.values()) {
      const { transport, address } = client;
      if (this.#deaf.has(client.userId)) continue;
      if (transport === undefined || address === undefined) continue;
      const arrivals = human.pathTo(client).arrivals(network, sentMs, human.traffic);
      if (arrivals.length === 0) continue;
      const packet = transport.seal(header, EXTENSION, payload);
      for (const atMs of arrivals) {
        if (atMs <= sentMs) this.#server.sendDatagram(packet, address);
        else this.#server.pacer.at(atMs, () => this.#server.sendDatagram(packet, address));
      }
    }
  }
}
