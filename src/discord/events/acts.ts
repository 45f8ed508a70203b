import type { Guild } from 'discord.js';
import type { Log } from '../../core/log.ts';
import type { LiveMeeting, LiveMeetings } from '../../core/ports/live-meetings.ts';
import type { GuildSettings } from '../../core/settings.ts';
import { guildWords } from '../formatting/guild-words.ts';
import { type Refusal, type StartingParts, sayInFirst, startAutomatically } from '../lobby/automatic-start.ts';
import type { ActiveEvent, Deed } from './deeds.ts';
import type { EventLinks } from './links.ts';
import { occasionOf } from './now.ts';
import type { Watched } from './watched.ts';

interface ActsParts extends StartingParts {
  readonly meetings: Pick<LiveMeetings, 'meetingOf' | 'startMeeting'>;
  readonly links: Pick<EventLinks, 'linkTranscript'>;
  readonly log: Log;
}

/** The server in which something is done, as it is at that moment. */
interface Scene {
  readonly guild: Guild;
  readonly watched: Watched;
  readonly meeting: LiveMeeting | undefined;
  readonly wishes: GuildSettings;
}

/** Does what `deedsFor` says. */
export class EventActs {
  readonly #parts: ActsParts;

  constructor(parts: ActsParts) {
    this.#parts = parts;
  }

  /** @returns whether something else may have to be done now @throws as `startAutomatically` does, and discord.js */
  async act(deed: Deed, scene: Scene): Promise<boolean> {
    switch (deed.kind) {
      case 'begin':
        return await this.#begin(deed.event, scene);
      case 'hold for':
        this.#holdFor(deed, scene);
        return false;
      case 'end':
        this.#end(scene);
        return false;
      case 'let wait':
        await this.#letWait(deed.event, scene);
        return false;
    }
  }

  async #begin(event: ActiveEvent, scene: Scene): Promise<boolean> {
    const { guild, watched, wishes } = scene;
    const { links, log, meetings } = this.#parts;
    watched.serve(event.id);
    const occasion = occasionOf(event, true);
    const outcome = await startAutomatically(this.#parts, guild, { voiceChannelId: event.channelId, occasion }, wishes);
    if (outcome === 'already running') {
      watched.serveAgain(event.id); // another meeting is about to begin, and says so
      return false;
    }
    if (outcome === 'begun') {
      log.info({ guild: guild.id }, 'A meeting began with an event');
      const meeting = meetings.meetingOf(guild.id);
      if (meeting) links.linkTranscript(meeting.head, occasion);
    } else if (outcome !== 'channel gone') await this.#reportProblem(event, outcome, scene);
    return true;
  }

  /** Nobody waits for the journal, which may wait for its database. */
  #holdFor({ occasion }: Extract<Deed, { readonly kind: 'hold for' }>, { meeting }: Scene): void {
    if (!meeting) return;
    const { links, log } = this.#parts;
    if (meeting.occasion?.eventId !== occasion.eventId) links.linkTranscript(meeting.head, occasion);
    meeting.holdFor(occasion).catch((error: unknown) => {
      log.error({ err: error, meeting: meeting.head.id }, 'The journal could not keep the event of a meeting');
    });
  }

  #end({ meeting, watched }: Scene): void {
    if (!meeting) return;
    watched.releaseAllOf(meeting);
    this.#parts.log.info({ meeting: meeting.head.id }, 'A meeting ends with its event');
    void meeting.stopMeeting('event over'); // never rejects; its last words still count
  }

  async #reportProblem(event: ActiveEvent, { problem, places }: Refusal, scene: Scene): Promise<void> {
    this.#parts.log.warn({ guild: scene.guild.id }, 'A meeting should have begun with an event, and could not');
    const voice = `<#${event.channelId}>`;
    const sentence = guildWords(this.#parts.client, scene.guild.id).t('events.failed', { voice, problem });
    await this.#sayOnce(event, sentence, places, scene);
  }

  /** Says why nothing begins although people are there for the event; not where the bot is, as not everybody may know that. */
  async #letWait(event: ActiveEvent, scene: Scene): Promise<void> {
    const { guild } = scene;
    const voice = `<#${event.channelId}>`;
    const sentence = guildWords(this.#parts.client, guild.id).t('events.waits', { voice });
    const places = [guild.channels.cache.get(event.channelId), guild.systemChannel];
    await this.#sayOnce(event, sentence, places, scene);
  }

  async #sayOnce(
    { id }: ActiveEvent,
    sentence: string,
    places: Refusal['places'],
    { guild, watched }: Scene,
  ): Promise<void> {
    if (watched.report(id, sentence)) await sayInFirst(guild, places, sentence, this.#parts.signal);
  }
}
