import { type Client, Events, type Guild, type VoiceState } from 'discord.js';
import type { ChannelId, GuildId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Archive } from '../../core/ports/archive.ts';
import type { LiveMeetings } from '../../core/ports/live-meetings.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { MeetingHead } from '../../core/record.ts';
import type { GuildSettings } from '../../core/settings.ts';
import type { Budget } from '../../core/usage/usage.ts';
import { wordsFor } from '../../i18n/words.ts';
import { isInStageAudience } from '../permissions/on-stage.ts';
import { type Refusal, sayInFirst, startAutomatically } from './automatic-start.ts';
import { haveGathered, headcountIn, meetingOfThoseIn, peopleIn } from './gathering.ts';

const USUAL_PEOPLE = 2;

interface AutoStartParts {
  readonly client: Client<true>;
  readonly meetings: Pick<LiveMeetings, 'meetingOf' | 'startMeeting'>;
  readonly settings: Pick<Settings, 'guild'>;
  readonly archive: Pick<Archive, 'list' | 'read'>;
  readonly budget: Pick<Budget, 'standing'>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Begins a meeting automatically when enough people have come together in the voice channel that their server chose.
 *
 * At most once per gathering, which lasts until the channel is empty: somebody who ends the meeting is not overruled. A
 * failure is reported once.
 */
export class AutoStart implements Disposable {
  readonly #parts: AutoStartParts;
  readonly #served = new Map<GuildId, ChannelId>(); // the channel in which a gathering had its meeting, or its attempt
  readonly #reported = new Map<GuildId, string>(); // the problem that people have read of
  readonly #without = new Set<GuildId>(); // they chose no channel: people come and go all day, and the settings need not be read
  readonly #turns = new Map<GuildId, Promise<void>>();
  readonly #onVoice = (before: VoiceState, after: VoiceState) => {
    if (before.channelId === after.channelId && isInStageAudience(before) === isInStageAudience(after)) return;
    const { guild } = after;
    const served = this.#served.get(guild.id);
    if (served !== undefined && peopleIn(guild, served) === 0) this.#served.delete(guild.id); // the gathering is over
    if (!this.#without.has(guild.id)) this.#consider(guild.id);
  };

  constructor(parts: AutoStartParts) {
    this.#parts = parts;
    parts.client.on(Events.VoiceStateUpdate, this.#onVoice);
  }

  [Symbol.dispose](): void {
    this.#parts.client.off(Events.VoiceStateUpdate, this.#onVoice);
  }

  /** Looks at a guild of which nothing was known for a while: people may have come together, or gone. */
  async lookAt(guild: Guild): Promise<void> {
    const served = this.#served.get(guild.id);
    if (served !== undefined && peopleIn(guild, served) === 0) this.#served.delete(guild.id);
    await this.#recall(guild).catch((error: unknown) => {
      this.#parts.log.warn({ err: error, guild: guild.id }, 'Earlier gatherings could not be looked up');
    });
    this.#consider(guild.id);
  }

  /** Resolves when every look at a guild so far is over. */
  async settled(guildId: GuildId): Promise<void> {
    await this.#turns.get(guildId);
  }

  began({ guildId, voiceChannelId }: MeetingHead): void {
    this.#served.set(guildId, voiceChannelId);
  }

  over({ guildId }: MeetingHead): void {
    this.#consider(guildId);
  }

  settingsChanged(guildId: GuildId): void {
    if (this.#reported.delete(guildId)) this.#served.delete(guildId); // perhaps it works now
    this.#consider(guildId);
  }

  /** Looks at a guild after the looks before, so that two looks do not start two meetings. */
  #consider(guildId: GuildId): void {
    const { client, log, signal } = this.#parts;
    const look = async () => {
      const guild = client.guilds.cache.get(guildId);
      if (guild?.available && !signal.aborted) await this.#look(guild);
    };
    const turn = (this.#turns.get(guildId) ?? Promise.resolve()).then(look).catch((error: unknown) => {
      if (!signal.aborted) log.warn({ err: error, guild: guildId }, 'A meeting could not be started automatically');
    });
    this.#turns.set(guildId, turn);
    void turn.finally(() => {
      if (this.#turns.get(guildId) === turn) this.#turns.delete(guildId);
    });
  }

  async #look(guild: Guild): Promise<void> {
    if (this.#parts.meetings.meetingOf(guild.id)) return;
    const wishes = await this.#parts.settings.guild(guild.id);
    const { autoStartChannelId: channelId, autoStartPeople = USUAL_PEOPLE } = wishes;
    if (channelId === undefined) this.#without.add(guild.id);
    else this.#without.delete(guild.id);
    if (channelId === undefined || this.#served.get(guild.id) === channelId) return;
    if (!haveGathered(headcountIn(guild, channelId), autoStartPeople)) return;
    this.#served.set(guild.id, channelId);
    await this.#start(guild, channelId, wishes);
  }

  async #start(guild: Guild, voiceChannelId: ChannelId, wishes: GuildSettings): Promise<void> {
    const outcome = await startAutomatically(this.#parts, guild, { voiceChannelId }, wishes);
    if (outcome === 'channel gone') return; // deleted since it was chosen
    if (outcome === 'already running') {
      this.#served.delete(guild.id); // another meeting is about to begin, and says so
      return;
    }
    if (outcome === 'begun') {
      this.#reported.delete(guild.id);
      this.#parts.log.info({ guild: guild.id }, 'A meeting began automatically');
      return;
    }
    await this.#reportProblem(guild, outcome);
  }

  /** Posts a problem where people see it; the same problem again only after the settings have changed. */
  async #reportProblem(guild: Guild, { problem, places }: Refusal): Promise<void> {
    const { log, signal } = this.#parts;
    const sentence = wordsFor(guild.preferredLocale).t('consent.autoStartFailed', { problem });
    if (this.#reported.get(guild.id) === sentence) return;
    this.#reported.set(guild.id, sentence);
    log.warn({ guild: guild.id }, 'A meeting should have begun automatically, and could not');
    await sayInFirst(guild, places, sentence, signal);
  }

  /** Whether the people who are there now had a meeting, and ended it, before this process began. */
  async #recall(guild: Guild): Promise<void> {
    const { settings, archive } = this.#parts;
    const { autoStartChannelId: channelId } = await settings.guild(guild.id);
    if (channelId !== undefined && (await meetingOfThoseIn(guild, channelId, archive)))
      this.#served.set(guild.id, channelId);
  }
}
