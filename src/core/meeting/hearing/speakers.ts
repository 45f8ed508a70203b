import type { SpeakerId } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { SttNotice, SttOptions, Transcriber } from '../../ports/speech-to-text.ts';
import type { SpeakerStream, VoiceRoom } from '../../ports/voice.ts';
import type { MeetingHead, SignOfLife, SpeakerTally } from '../../record.ts';
import type { TranscriptSegment } from '../../segment.ts';
import type { MeetingClock } from '../../time/clock.ts';
import { Ledger } from './ledger.ts';
import { SpeakerChain } from './speaker-chain.ts';

/** Takes what one chain's recogniser answers. */
export interface SegmentTaker {
  takeSegment(segment: TranscriptSegment): Promise<void>;
  /** The chain has ended. @param isCut - none of its words may be published any more */
  endChain(isCut: boolean): Promise<void>;
}

interface SpeakersParts {
  readonly head: MeetingHead;
  readonly clock: MeetingClock;
  readonly transcriber: Transcriber;
  readonly room: Pick<VoiceRoom, 'reception'>;
  readonly log: Log;
  readonly takerOf: () => SegmentTaker;
  readonly onNotice: (notice: SttNotice) => void;
}

/** Follows each speaker of a meeting separately, and adds up what went through. */
export class Speakers {
  readonly #parts: SpeakersParts;
  readonly #following = new Map<SpeakerChain, Promise<void>>();
  readonly #ledger = new Ledger();
  #isWatched = false;

  constructor(parts: SpeakersParts) {
    this.#parts = parts;
  }

  /** Follows a speaker until they leave, or until the signal aborts. */
  followSpeaker(speaker: SpeakerStream, options: SttOptions, signal: AbortSignal): void {
    const { transcriber, clock, takerOf, onNotice } = this.#parts;
    const notify = (notice: SttNotice) => {
      if (!chain.isCut) onNotice(notice); // people who do not want to be heard lose nothing
    };
    const stt = transcriber.open(speaker.speakerId, options, clock, notify, () => speaker.isResting);
    stt.watched(this.#isWatched);
    const chain = new SpeakerChain(speaker, stt);
    this.#following.set(chain, this.#followChain(chain, takerOf(), signal));
  }

  async #followChain(chain: SpeakerChain, taker: SegmentTaker, signal: AbortSignal): Promise<void> {
    const { head, log } = this.#parts;
    try {
      await chain
        .follow((segment) => taker.takeSegment(segment), signal)
        .catch((error: unknown) => {
          if (signal.aborted || chain.isCut) return;
          // One person's trouble stays with them: their next packet starts a new chain.
          log.error({ err: error, meeting: head.id, speaker: chain.speakerId }, 'A speaker was lost');
          chain.finish();
        });
      await taker.endChain(chain.isCut);
      await chain.stt[Symbol.asyncDispose]();
    } finally {
      this.#following.delete(chain);
      this.#ledger.close(chain);
    }
  }

  /** Somebody watches words grow, or nobody does any more: also for whoever is heard later. */
  watchWords(isWatched: boolean): void {
    this.#isWatched = isWatched;
    for (const { stt } of this.#chains) stt.watched(isWatched);
  }

  /** The person left; their last words still come. */
  finishSpeaker(speakerId: SpeakerId): void {
    for (const chain of this.#chains) if (chain.speakerId === speakerId) chain.finish();
  }

  /** Drops what one person's recogniser has not answered yet. Resolves when nothing of them can come any more. */
  async cutSpeaker(speakerId: SpeakerId): Promise<void> {
    const theirs = [...this.#following].filter(([chain]) => chain.speakerId === speakerId);
    for (const [chain] of theirs) chain.cut();
    await Promise.allSettled(theirs.map(([, following]) => following));
  }

  /** @param optionsFor - `undefined`: the person must not be heard any more */
  configureSpeakers(optionsFor: (speakerId: SpeakerId) => SttOptions | undefined): void {
    for (const chain of this.#chains) {
      const options = optionsFor(chain.speakerId);
      if (options === undefined) chain.cut();
      else chain.stt.configure(options);
    }
  }

  /** Resolves when everybody's last words have come. The room has to be left before. */
  async allFinished(): Promise<void> {
    await Promise.allSettled(this.#following.values());
  }

  /** Whose speech is not text yet, and since when. */
  pending(): SignOfLife['pending'] {
    return [...this.#chains].flatMap(({ speakerId, stt }) => {
      const sinceMs = stt.pendingSinceMs();
      return sinceMs === undefined ? [] : [{ speakerId, sinceMs }];
    });
  }

  /** The chains of everybody who is being followed, the latest of each. */
  latestChains(): ReadonlyMap<SpeakerId, SpeakerChain> {
    return new Map([...this.#chains].map((chain) => [chain.speakerId, chain]));
  }

  /** The sums that processes before this one had come to. */
  carryOver(tallies: readonly SpeakerTally[]): void {
    this.#ledger.carryOver(tallies);
  }

  /** Of everybody who was ever followed, up to now. */
  tallies(): readonly SpeakerTally[] {
    return this.#ledger.tallies(this.#chains, (speakerId) => this.#parts.room.reception(speakerId));
  }

  /** Audio sent to the recogniser so far, of everybody together. */
  sentMs(): number {
    return this.#ledger.sentMs(this.#chains);
  }

  /** The same, by this process alone. */
  sentHereMs(): number {
    return this.#ledger.sentHereMs(this.#chains);
  }

  get #chains(): Iterable<SpeakerChain> {
    return this.#following.keys();
  }
}
