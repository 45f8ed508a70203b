import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import { areMinutes } from '../../../scripts/crash/examine.ts';
import { Talk } from '../../../scripts/crash/talk.ts';
import { seededRandom } from '../../simulators/discord/voice/index.ts';
import type { FaultMeeting } from '../meetings/fault-meeting.ts';
import { packetsOf } from '../meetings/packets-of.ts';
import { sentences } from '../meetings/sentences.ts';
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts';
import { cut } from './cuts.ts';
import { type ClusterVerdict, type Deafness, examineCluster } from './examine.ts';
import type { Node } from './node.ts';

const HEARS_LIMIT_MS = 20_000;
const MINUTES_LIMIT_MS = 30_000;
const SECOND_SET_MS = 500; // time for a second set of minutes, which would be a defect
const SENTENCES = 80; // more than all people together say, unless told

export interface PlayOptions extends ClusterOptions {
  readonly meetings?: number; // 2 unless told
  readonly speakers?: number; // in each; 2 unless told
  readonly seed?: number;
  readonly sentences?: number; // that all people together say at most
}

/** How one meeting came through a fault, in milliseconds. */
export interface Crossing {
  readonly meeting: FaultMeeting;
  readonly to: string | undefined; // the node that hears it since
  readonly hearsAfterMs: number; // since the fault
  readonly deafForMs: number;
}

/** A cluster in which people talk in several meetings while things happen to its processes. */
export class ClusterPlay implements AsyncDisposable {
  readonly cluster: Cluster;
  readonly random: () => number;
  readonly #talks: readonly Talk[];
  readonly #deafness: Deafness[] = [];

  private constructor(cluster: Cluster, talks: readonly Talk[], random: () => number) {
    this.cluster = cluster;
    this.#talks = talks;
    this.random = random;
  }

  /** Resolves when the bot is in all meetings, and people talk. */
  static async begin({
    meetings = 2,
    speakers = 2,
    seed = 1,
    sentences: most = SENTENCES,
    ...options
  }: PlayOptions = {}): Promise<ClusterPlay> {
    const pool = sentences(most, seed);
    for (const text of pool) {
      packetsOf(text);
      await setImmediate(); // nobody stands still meanwhile
    }
    const unsaid = pool.values();
    const random = seededRandom(seed);
    await using opening = new AsyncDisposableStack();
    const cluster = opening.use(await startCluster(options));
    while (cluster.meetings.length < meetings) await cluster.meet(speakers);
    // In one of them, lines appear under the speakers' own names.
    const { guild } = cluster.meetings[0] ?? {};
    guild?.bot.setRoles([guild.botRole, guild.addRole('Webhooks', ['ManageWebhooks'])]);
    const talks = cluster.meetings.map((meeting) => new Talk(meeting, unsaid, random));
    opening.move(); // all is well: the caller disposes it
    return new ClusterPlay(cluster, talks, random);
  }

  /** Lets people talk for a while. */
  async talkFor(ms: number): Promise<void> {
    await delay(ms);
  }

  /** The meetings that a node runs now. */
  async meetingsOf(node: Node): Promise<readonly FaultMeeting[]> {
    const owners = await Promise.all(this.cluster.meetings.map((meeting) => this.cluster.ownerOf(meeting)));
    return this.cluster.meetings.filter((_, index) => owners[index] === node);
  }

  /** A node that runs a meeting, any of them, and the meetings that others run. */
  async someOwner(): Promise<{ readonly owner: Node; readonly others: readonly FaultMeeting[] }> {
    const { meetings } = this.cluster;
    const one = meetings[Math.floor(this.random() * meetings.length)];
    if (!one) throw new Error('There is no meeting');
    const owner = await this.cluster.ownerOf(one);
    const own = await this.meetingsOf(owner);
    return { owner, others: meetings.filter((meeting) => !own.includes(meeting)) };
  }

  /** How often the bot has been let into a meeting's voice channel. */
  arrivalsIn({ guild }: FaultMeeting): number {
    return this.cluster.voice.arrivals.filter(({ guildId }) => guildId === guild.id).length;
  }

  /** `kill -9`. Resolves when others hear all its meetings. */
  async kill(node: Node): Promise<readonly Crossing[]> {
    const meetings = await this.meetingsOf(node);
    return this.#cross(meetings, await node.kill());
  }

  /** SIGTERM. Resolves when others hear all its meetings, and it has ended. @throws when it does not end well */
  async stop(node: Node): Promise<readonly Crossing[]> {
    const meetings = await this.meetingsOf(node);
    const atMs = Date.now();
    const [crossings, code] = await Promise.all([
      this.#cross(meetings, atMs, 'hears until it is replaced'),
      node.stop(),
    ]);
    if (code !== 0) throw new Error(`${node.name} ended with ${code}:\n${node.output.slice(-3_000)}`);
    return crossings;
  }

  /** SIGSTOP, and SIGCONT a while later. Resolves when it is awake, and others hear its meetings. */
  async freeze(node: Node, forMs: number): Promise<readonly Crossing[]> {
    const meetings = await this.meetingsOf(node);
    const atMs = Date.now();
    node.freeze();
    const [crossings] = await Promise.all([this.#cross(meetings, atMs), delay(forMs)]);
    node.thaw();
    return crossings;
  }

  /** The network between one node and the database is gone for a while. Resolves when it is back, and others hear its meetings. */
  async cutFromDatabase(node: Node, forMs: number): Promise<readonly Crossing[]> {
    const meetings = await this.meetingsOf(node);
    const atMs = Date.now();
    node.postgres.cut();
    const [crossings] = await Promise.all([this.#cross(meetings, atMs, 'hears until it is replaced'), delay(forMs)]);
    node.postgres.mend();
    return crossings;
  }

  /** Every cable of a node is pulled for a while. Resolves when they are back, and others hear its meetings. */
  async isolate(node: Node, forMs: number): Promise<readonly Crossing[]> {
    const meetings = await this.meetingsOf(node);
    const atMs = Date.now();
    using _away = cut(this.cluster, node, 'everything');
    const [crossings] = await Promise.all([this.#cross(meetings, atMs), delay(forMs)]);
    return crossings;
  }

  /** Another number of shards. Resolves when they serve, to the meetings that another node has got. */
  async reshard(count: number): Promise<readonly Crossing[]> {
    const { meetings } = this.cluster;
    const owners = () => Promise.all(meetings.map((meeting) => this.cluster.ownerOf(meeting)));
    const atMs = Date.now();
    const before = await owners();
    await this.cluster.reshard(count);
    const after = await owners();
    const moved = meetings.filter((_, index) => before[index] !== after[index]);
    return await this.#cross(moved, atMs, 'hears until it is replaced');
  }

  /**
   * Starts a node again that was killed or stopped. Resolves when it can take over what others serve.
   *
   * @param startFile - of another version
   */
  async startAgain(node: Node, startFile?: string): Promise<void> {
    node.startAgain(startFile);
    await node.ready();
    await this.cluster.untilSpread();
  }

  /** Everybody stops, all meetings are ended, and what came of them is examined. */
  async finish(): Promise<ClusterVerdict> {
    await Promise.all(this.#talks.map((talk) => talk.end()));
    const endedAtMs = Date.now();
    await Promise.all(this.cluster.meetings.map((meeting) => this.#end(meeting))).catch((error: unknown) => {
      throw new Error(`A meeting did not end well; the logs say:\n${this.cluster.lastWords()}`, { cause: error });
    });
    await delay(SECOND_SET_MS);
    return await examineCluster(this.cluster, endedAtMs, this.#deafness);
  }

  async #end(meeting: FaultMeeting): Promise<void> {
    await meeting.askToEnd();
    await meeting.text.waitFor(areMinutes, { timeoutMs: MINUTES_LIMIT_MS });
    const isOver = ({ content }: { readonly content: string }) => content.includes('the meeting is over');
    await meeting.text.waitFor(isOver, { timeoutMs: MINUTES_LIMIT_MS });
  }

  async #cross(
    meetings: readonly FaultMeeting[],
    atMs: number,
    owner: 'hears nothing from then on' | 'hears until it is replaced' = 'hears nothing from then on',
  ): Promise<readonly Crossing[]> {
    return Promise.all(
      meetings.map(async (meeting) => {
        const { id: guildId } = meeting.guild;
        const { sessionId, deafSinceMs, hearsFromMs } = await this.cluster.voice.hearsAfter(
          guildId,
          atMs,
          HEARS_LIMIT_MS,
        );
        const sinceMs = owner === 'hears until it is replaced' ? (deafSinceMs ?? hearsFromMs) : atMs;
        this.#deafness.push({ guildId, sinceMs, untilMs: hearsFromMs });
        const to = this.cluster.nodeOfSession(sessionId)?.name;
        return { meeting, to, hearsAfterMs: hearsFromMs - atMs, deafForMs: hearsFromMs - sinceMs };
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#talks.map((talk) => talk.end()));
    await this.cluster[Symbol.asyncDispose]();
  }
}
