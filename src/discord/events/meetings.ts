import { setTimeout as delay } from 'node:timers/promises';
import {
  type APIGuildScheduledEvent,
  type Client,
  Events,
  GatewayDispatchEvents,
  type Guild,
  type VoiceState,
} from 'discord.js';
import type { GuildId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Archive } from '../../core/ports/archive.ts';
import type { MeetingJournals } from '../../core/ports/journal.ts';
import type { LiveMeeting, LiveMeetings } from '../../core/ports/live-meetings.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { MeetingHead, MeetingRecord } from '../../core/record.ts';
import type { Budget } from '../../core/usage/usage.ts';
import { haveGathered, headcountIn, meetingOfThoseIn } from '../lobby/gathering.ts';
import { giveWay } from '../messages/importance.ts';
import { allowsTranscription } from '../permissions/allowed-channels.ts';
import { isInStageAudience } from '../permissions/on-stage.ts';
import { EventActs } from './acts.ts';
import { deedsFor } from './deeds.ts';
import { EventLinks } from './links.ts';
import { type EventNow, eventNow } from './now.ts';
import { readEvents } from './read-events.ts';
import { Watched } from './watched.ts';

const AGAIN_MS = [2_000, 10_000, 60_000]; // when Discord did not say which events there are

interface EventMeetingsParts {
  readonly client: Client<true>;
  readonly meetings: Pick<LiveMeetings, 'meetingOf' | 'startMeeting'>;
  readonly settings: Pick<Settings, 'guild'>;
  readonly journal: MeetingJournals;
  readonly archive: Pick<Archive, 'head' | 'list' | 'read'>;
  readonly budget: Pick<Budget, 'standing'>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Begins a meeting when an event of the server takes place in a voice channel and people are there, and ends it with the
 * event.
 *
 * At most once per gathering, like automatic starts: somebody who ends the meeting is not overruled. Whatever Discord tells of
 * an event, and each change of people, meetings or settings, is followed by a look at all there is (`deedsFor`), one look of
 * a server after the other.
 */
export class EventMeetings implements Disposable {
  readonly #parts: EventMeetingsParts;
  readonly #links: EventLinks;
  readonly #acts: EventActs;
  readonly #watched = new Map<GuildId, Watched>(); // only servers that want it
  readonly #turns = new Map<GuildId, Promise<void>>();
  readonly #listening = new DisposableStack();

  constructor(parts: EventMeetingsParts) {
    this.#parts = parts;
    this.#links = new EventLinks(parts);
    this.#acts = new EventActs({ ...parts, links: this.#links });
    this.#listen();
  }

  [Symbol.dispose](): void {
    this.#listening.dispose();
  }

  /** Reads the events of a guild of which nothing was known for a while: some may have begun, or ended. */
  lookAt({ id }: Guild): void {
    this.#inTurn(id, async (guild) => {
      if (await this.#isWanted(id)) await this.#watchAnew(guild);
      else this.#watched.delete(id);
    });
  }

  /** Resolves when every look at a guild so far is over, and every link set. */
  async settled(guildId: GuildId): Promise<void> {
    for (let turn = this.#turns.get(guildId); turn; turn = this.#turns.get(guildId)) await turn;
    await this.#links.settled();
  }

  began({ guildId }: MeetingHead): void {
    this.#consider(guildId);
  }

  over({ guildId }: MeetingHead): void {
    this.#consider(guildId);
  }

  writtenUp({ head }: MeetingRecord): void {
    if (this.#watched.has(head.guildId)) this.#links.linkMinutes(head);
  }

  settingsChanged(guildId: GuildId): void {
    this.#inTurn(guildId, async (guild) => {
      const watched = this.#watched.get(guildId);
      if (!(await this.#isWanted(guildId))) this.#watched.delete(guildId);
      else if (watched) {
        watched.tryAgain();
        await this.#look(guild, watched);
      } else await this.#watchAnew(guild);
    });
  }

  #listen(): void {
    const { client } = this.#parts;
    const onChange = (event: APIGuildScheduledEvent) => this.#hear(event);
    const onDelete = (event: APIGuildScheduledEvent) => this.#hear(event, { isGone: true });
    const onVoice = (before: VoiceState, after: VoiceState) => this.#onVoice(before, after);
    const onGuildGone = ({ id }: Guild) => void this.#watched.delete(id);
    // discord.js itself keeps no events, and without them tells of no deleted ones.
    client.ws.on(GatewayDispatchEvents.GuildScheduledEventCreate, onChange);
    client.ws.on(GatewayDispatchEvents.GuildScheduledEventUpdate, onChange);
    client.ws.on(GatewayDispatchEvents.GuildScheduledEventDelete, onDelete);
    client.on(Events.VoiceStateUpdate, onVoice);
    client.on(Events.GuildDelete, onGuildGone);
    this.#listening.defer(() => {
      client.ws.off(GatewayDispatchEvents.GuildScheduledEventCreate, onChange);
      client.ws.off(GatewayDispatchEvents.GuildScheduledEventUpdate, onChange);
      client.ws.off(GatewayDispatchEvents.GuildScheduledEventDelete, onDelete);
      client.off(Events.VoiceStateUpdate, onVoice);
      client.off(Events.GuildDelete, onGuildGone);
    });
  }

  #hear(event: APIGuildScheduledEvent, { isGone = false } = {}): void {
    const guildId = event.guild_id;
    if (!this.#watched.has(guildId) && !this.#turns.has(guildId)) return; // nobody there wants it
    this.#inTurn(guildId, async (guild) => {
      const watched = this.#watched.get(guildId);
      if (!watched) return;
      if (isGone) watched.forget(event.id);
      else watched.hear(eventNow(event));
      await this.#look(guild, watched);
    });
  }

  #onVoice(before: VoiceState, after: VoiceState): void {
    const { guild } = after;
    const watched = this.#watched.get(guild.id);
    const isSame = before.channelId === after.channelId && isInStageAudience(before) === isInStageAudience(after);
    if (!watched || watched.active.length === 0 || isSame) return;
    watched.forgetGatherings(guild);
    this.#consider(guild.id);
  }

  #consider(guildId: GuildId): void {
    if (!this.#watched.has(guildId)) return;
    this.#inTurn(guildId, async (guild) => {
      const watched = this.#watched.get(guildId);
      if (watched) await this.#look(guild, watched);
    });
  }

  /** Acts after the looks before, so that two of them do not begin two meetings. */
  #inTurn(guildId: GuildId, act: (guild: Guild) => Promise<void>): void {
    const { client, log, signal } = this.#parts;
    const turn = (this.#turns.get(guildId) ?? Promise.resolve())
      .then(async () => {
        const guild = client.guilds.cache.get(guildId);
        if (guild?.available && !signal.aborted && !this.#listening.disposed) await act(guild);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) log.warn({ err: error, guild: guildId }, 'The events of a server could not be followed');
      });
    this.#turns.set(guildId, turn);
    void turn.finally(() => {
      if (this.#turns.get(guildId) === turn) this.#turns.delete(guildId);
    });
  }

  async #isWanted(guildId: GuildId): Promise<boolean> {
    return (await this.#parts.settings.guild(guildId)).events ?? false;
  }

  async #watchAnew(guild: Guild): Promise<void> {
    const events = await this.#readEvents(guild);
    const watched = this.#watched.get(guild.id) ?? new Watched();
    watched.hearAll(events);
    for (const { id, channelId } of watched.active) {
      const had = await meetingOfThoseIn(guild, channelId, this.#parts.archive);
      if (had?.ending !== 'event over' && had?.head.places?.occasion?.eventId === id) watched.serve(id);
    }
    this.#watched.set(guild.id, watched);
    await this.#look(guild, watched);
  }

  async #readEvents(guild: Guild): Promise<readonly EventNow[]> {
    const { log, signal } = this.#parts;
    for (const waitMs of AGAIN_MS) {
      try {
        return await giveWay(() => readEvents(guild, signal));
      } catch (error) {
        log.debug({ err: error, guild: guild.id }, 'Discord did not say which events there are');
        await delay(waitMs, undefined, { signal });
      }
    }
    return await readEvents(guild, signal);
  }

  /** Does what has to be done, until nothing is left. */
  async #look(guild: Guild, watched: Watched): Promise<void> {
    const { meetings, settings } = this.#parts;
    const wishes = await settings.guild(guild.id);
    for (let isDone = false; !isDone; ) {
      const meeting = meetings.meetingOf(guild.id);
      if (meeting && isLeaving(meeting)) return; // there is another look when it is over
      if (meeting) watched.serveAllOf(meeting);
      watched.forgetGatherings(guild);
      const deeds = deedsFor({
        events: watched.active,
        meeting: meeting && { voiceChannelId: meeting.head.voiceChannelId, occasion: meeting.occasion },
        isAllowed: (channelId) => allowsTranscription(channelId, wishes),
        hasSpeakers: (channelId) => haveGathered(headcountIn(guild, channelId), 1),
        served: watched.served,
      });
      isDone = true;
      for (const deed of deeds) if (await this.#acts.act(deed, { guild, watched, meeting, wishes })) isDone = false;
    }
  }
}

function isLeaving(meeting: LiveMeeting): boolean {
  const { phase } = meeting.currentStatus();
  return phase === 'finishing' || phase === 'restarting';
}
