import type { GuildId, MeetingId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import type { LiveMeeting } from '../core/ports/live-meetings.ts';
import type { LineForwarder } from '../core/ports/minutes.ts';
import type { MeetingHead } from '../core/record.ts';
import { LineQueue, type LineQueueParts } from './line-queue.ts';
import { hasCredentials, reasonOf, type Webhook } from './post.ts';

const LAST_CHANCE_MS = 5_000; // when the process shuts down

export interface LineWebhooksOptions extends Omit<LineQueueParts, 'webhookOf' | 'keptLines'> {
  /** The webhook that gets a server's lines now; `undefined`: none does. */
  readonly webhookOf: (guildId: GuildId) => Promise<Webhook | undefined>;
  readonly keptLines: (meetingId: MeetingId) => Promise<ReadonlySet<string>>;
}

/** A meeting of this process. */
interface Followed {
  readonly head: MeetingHead;
  readonly meeting: Pick<LiveMeeting, 'addListener'>;
  queue?: LineQueue; // missing: its lines go nowhere
  leave?: () => void;
}

/**
 * Sends the lines of running meetings to the webhooks of their servers, in the background. Disposing gives what waits some seconds, then gives it up: it
 * is kept in memory only, and the minutes at the end have all of it.
 */
export class LineWebhooks implements LineForwarder, AsyncDisposable {
  readonly #options: LineWebhooksOptions;
  readonly #log: Log;
  readonly #meetings = new Map<MeetingId, Followed>();
  readonly #draining = new Set<LineQueue>(); // of meetings that are over

  constructor(options: LineWebhooksOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  began(head: MeetingHead, meeting: Pick<LiveMeeting, 'addListener'>): void {
    const followed = { head, meeting };
    this.#meetings.set(head.id, followed);
    void this.#apply(followed);
  }

  over({ id }: MeetingHead): void {
    const followed = this.#meetings.get(id);
    this.#meetings.delete(id);
    followed?.leave?.();
    if (followed?.queue) this.#drain(followed.queue);
  }

  async settingsChanged(guildId: GuildId): Promise<void> {
    const theirs = [...this.#meetings.values()].filter(({ head }) => head.guildId === guildId);
    await Promise.all(theirs.map((followed) => this.#apply(followed)));
  }

  /** Follows a meeting, or no longer, as its server wants it now. Never rejects. */
  async #apply(followed: Followed): Promise<void> {
    const { head, meeting } = followed;
    const webhook = await this.#options.webhookOf(head.guildId).catch((error: unknown) => {
      this.#log.warn(
        { meeting: head.id, reason: reasonOf(error) },
        'Nobody knows now whether lines go to a webhook: they do not',
      );
      return undefined;
    });
    if (this.#meetings.get(head.id) !== followed || followed.queue?.url === webhook?.url) return;
    followed.leave?.();
    followed.queue?.stop();
    delete followed.queue;
    delete followed.leave;
    if (!webhook || hasCredentials(new URL(webhook.url))) return;
    const queue = new LineQueue(head, webhook.url, {
      ...this.#options,
      webhookOf: () => this.#options.webhookOf(head.guildId),
      keptLines: () => this.#options.keptLines(head.id),
    });
    followed.queue = queue;
    followed.leave = meeting.addListener((news) => news !== 'over' && queue.take(news), { needsGrowing: false });
  }

  #drain(queue: LineQueue): void {
    this.#draining.add(queue);
    void queue.drained().finally(() => this.#draining.delete(queue));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { head } of this.#meetings.values()) this.over(head);
    const queues = [...this.#draining];
    const limit = setTimeout(() => {
      for (const queue of queues) queue.stop();
    }, LAST_CHANCE_MS);
    await Promise.all(queues.map((queue) => queue.drained()));
    clearTimeout(limit);
  }
}
