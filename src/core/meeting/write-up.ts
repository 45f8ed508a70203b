import { setTimeout as delay } from 'node:timers/promises';
import { NEVER } from '../concurrency/never.ts';
import { isSuperseded } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Archive } from '../ports/archive.ts';
import type { MeetingJournals } from '../ports/journal.ts';
import type { MeetingObserver, Panels } from '../ports/live-meetings.ts';
import type { MinutesForwarder, MinutesPoster, Summariser } from '../ports/minutes.ts';
import type { Settings } from '../ports/settings.ts';
import type { MeetingRecord } from '../record.ts';
import type { GuildSettings } from '../settings.ts';
import { isWorthSummingUp } from '../text/worth-summing-up.ts';
import { POSTING_LIMIT_MS } from './limits.ts';

const PANEL_LIMIT_MS = 4_000;

interface WriterParts {
  readonly journal: MeetingJournals;
  readonly archive: Pick<Archive, 'read'>;
  readonly minutes: MinutesPoster;
  readonly settings: Pick<Settings, 'guild'>;
  readonly panels: Pick<Panels, 'end'>;
  readonly summariser?: Summariser; // missing: minutes quote what was said
  readonly forwarder?: MinutesForwarder;
  readonly observer?: Pick<MeetingObserver, 'writtenUp'>;
  readonly log: Log;
}

/** Writes up meetings that are over: their summaries, their minutes, the end of their panels. */
export class MinutesWriter {
  readonly #parts: WriterParts;
  readonly #underWay = new Set<Promise<void>>();

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  /**
   * Posts a meeting's minutes, then ends its panel and settles it in the background.
   *
   * @param over - what is known of the meeting, in case the journal cannot be read
   * @param whenFailed - called when the minutes could not be posted
   * @param lost - aborted when another process owns the meeting, and writes it up
   * @returns the meeting as it was written up, with the places of its minutes if they were posted. Never rejects.
   */
  writeUp(over: MeetingRecord, whenFailed: () => Promise<void> = async () => {}, lost = NEVER): Promise<MeetingRecord> {
    const written = this.#postOnce(over, lost).catch(async (error: unknown) => {
      if (lost.aborted || isSuperseded(error)) return over;
      this.#parts.log.error({ err: error, meeting: over.head.id }, 'The minutes could not be posted');
      await whenFailed();
      return over;
    });
    const settling = written
      .then((record) => (lost.aborted ? undefined : this.#settleMeeting(record)))
      .finally(() => this.#underWay.delete(settling));
    this.#underWay.add(settling);
    return written;
  }

  /** How many meetings are being written up, or settled. */
  get count(): number {
    return this.#underWay.size;
  }

  /** Resolves when every meeting that is being written up now is settled. Never rejects. */
  async allSettled(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  /**
   * Posts the minutes unless an earlier process has, and has them forwarded once they are posted or cannot be posted.
   *
   * If Discord does not take them in time, the meeting stays unsettled, so that the next start tries again.
   *
   * @throws when they could not be posted
   */
  async #postOnce(over: MeetingRecord, lost: AbortSignal): Promise<MeetingRecord> {
    const { archive, minutes, settings, forwarder, log } = this.#parts;
    const { id, guildId, textChannelId } = over.head;
    const journal = this.#parts.journal.of(id);
    const kept = (await archive.read(id)) ?? over;
    const guild = await settings.guild(guildId);
    const forward = () => guild.webhook && forwarder?.forwardMinutes(id, guild.webhook.url);
    if (kept.head.places?.minutes) {
      forward(); // the process that posted them may have been killed before it did
      return kept;
    }
    const record = kept.summary ? kept : await this.#summarise(kept, guild);
    lost.throwIfAborted();
    const limit = AbortSignal.timeout(POSTING_LIMIT_MS);
    try {
      const messages = await minutes.post(
        record,
        guild.minutesChannelId ?? textChannelId,
        AbortSignal.any([limit, lost]),
      );
      const places = { ...record.head.places, minutes: messages };
      await journal.setPlaces({ minutes: messages }).catch((error: unknown) => {
        log.error({ err: error, meeting: id }, 'The journal could not note where the minutes are posted');
      });
      forward();
      return { ...record, head: { ...record.head, places } };
    } catch (error) {
      if (!limit.aborted && !lost.aborted) {
        await journal.settled(); // no channel takes them, and none will
        forward();
      }
      throw error;
    }
  }

  /** Adds a summary to the record and to the journal, unless no model is configured or too little was said. Never rejects. */
  async #summarise(
    record: MeetingRecord,
    { translateTo, timeZone, summary: brief }: GuildSettings,
  ): Promise<MeetingRecord> {
    const { summariser, journal, archive, log } = this.#parts;
    if (!summariser || !isWorthSummingUp(record.finals)) return record;
    const { id } = record.head;
    const summary = await summariser.summarise(record, translateTo, timeZone, brief);
    try {
      // Words may have been erased while the model was writing about them.
      if (await journal.of(id).summarised(summary, record.finals.length)) return { ...record, summary };
      return (await archive.read(id)) ?? record;
    } catch (error) {
      log.error({ err: error, meeting: id }, 'The journal could not keep a summary');
      return { ...record, summary };
    }
  }

  async #settleMeeting(record: MeetingRecord): Promise<void> {
    const { journal, observer, log } = this.#parts;
    observer?.writtenUp(record);
    await this.#endPanel(record);
    if (!record.head.places?.minutes) return; // the next start may post them
    await journal
      .of(record.head.id)
      .settled()
      .catch((error: unknown) => {
        log.error({ err: error, meeting: record.head.id }, 'The journal could not note that a meeting is settled');
      });
  }

  /** Waits for a panel only briefly: the panel goes on trying in the background. */
  async #endPanel(record: MeetingRecord): Promise<void> {
    const enough = new AbortController();
    const tooLong = delay(PANEL_LIMIT_MS, undefined, { signal: enough.signal }).catch(() => {});
    await Promise.race([this.#parts.panels.end(record), tooLong]);
    enough.abort();
  }
}
