import type { Client } from 'discord.js';
import type { Log } from '../../core/log.ts';
import type { Archive } from '../../core/ports/archive.ts';
import type { MeetingJournals } from '../../core/ports/journal.ts';
import type { MeetingHead, MessagePlace, Occasion } from '../../core/record.ts';
import type { Words } from '../../i18n/words.ts';
import { guildWords } from '../formatting/guild-words.ts';
import { giveWay } from '../messages/importance.ts';
import { linkInEvent } from './read-events.ts';

interface LinkParts {
  readonly client: Client<true>;
  readonly journal: MeetingJournals;
  readonly archive: Pick<Archive, 'head'>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What a link leads to; also the name of its phrase. */
type Goal = 'transcript' | 'minutes';

/**
 * Links meetings in the descriptions of their events, where Discord lets the bot. Nobody waits for it.
 *
 * An event that is over cannot be changed, so its link is that of the transcript, whose panel leads to the minutes. An event
 * that goes on, or comes again, gets the minutes in its place.
 */
export class EventLinks {
  readonly #parts: LinkParts;
  #turn: Promise<void> = Promise.resolve(); // so that no link takes the place of a newer one

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  /** Links the panel of a meeting that runs. */
  linkTranscript(head: MeetingHead, occasion: Occasion): void {
    this.#link(head, occasion, 'transcript', async () => {
      const { journal, archive } = this.#parts;
      await journal.of(head.id).setPlaces({}); // after the panel's own place, which may be on its way
      const messageId = (await archive.head(head.id))?.places?.panelMessageId;
      return messageId === undefined ? undefined : { channelId: head.textChannelId, messageId };
    });
  }

  /** Links the minutes of a meeting that is over, if they are posted. */
  linkMinutes(head: MeetingHead): void {
    const { occasion, minutes: [place] = [] } = head.places ?? {};
    if (occasion && place) this.#link(head, occasion, 'minutes', async () => place);
  }

  /** Resolves when every link so far is set, or cannot be. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  #link(head: MeetingHead, { eventId }: Occasion, goal: Goal, find: () => Promise<MessagePlace | undefined>): void {
    const { client, log, signal } = this.#parts;
    const { guildId, voiceChannelId } = head;
    const link = async () => {
      const guild = client.guilds.cache.get(guildId);
      const place = guild && !signal.aborted ? await find() : undefined;
      if (!guild || !place) return;
      const url = `https://discord.com/channels/${guildId}/${place.channelId}/${place.messageId}`;
      const sentence = sentenceOf(goal, url, guildWords(client, guildId));
      const isLinked = await giveWay(() => linkInEvent(guild, { eventId, voiceChannelId }, sentence, signal));
      log.debug({ meeting: head.id, goal, isLinked }, 'A meeting was to be linked in its event');
    };
    this.#turn = this.#turn.then(link).catch((error: unknown) => {
      if (!signal.aborted) log.debug({ err: error, meeting: head.id }, 'A meeting could not be linked in its event');
    });
  }
}

function sentenceOf(goal: Goal, url: string, words: Words): string {
  return words.t(goal === 'transcript' ? 'events.transcript' : 'events.minutes', { url });
}
