import type { VoiceCounts } from '../core/ports/metrics.ts';

/** The part of a room that counting needs. */
interface Counted {
  readonly linkState: string;
  readonly packets: Readonly<Record<string, number>>;
}

/** Sums up the packets of rooms, those that were left included. Nothing is counted twice: the rooms have the numbers. */
export class RoomCounts {
  readonly #rooms = new Set<Counted>();
  #past: Readonly<Record<string, number>> = {};

  add(room: Counted): void {
    if (room.linkState !== 'left') this.#rooms.add(room);
  }

  /** Keeps the sums of a room that changes no more. */
  remove(room: Counted): void {
    if (this.#rooms.delete(room)) this.#past = sumOf(this.#past, room.packets);
  }

  now(): VoiceCounts {
    const links: Record<string, number> = { connected: 0 };
    let packets = this.#past;
    for (const room of this.#rooms) {
      links[room.linkState] = (links[room.linkState] ?? 0) + 1;
      packets = sumOf(packets, room.packets);
    }
    return { packets, links };
  }
}

function sumOf(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}
