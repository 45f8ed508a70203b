import { type Client, Status } from 'discord.js';
import { commands, controls, definitions } from '../../commands/index.ts';
import type { GuildId } from '../core/ids.ts';
import { MeetingHouse } from '../core/meeting/house.ts';
import type { ShardHealth } from '../core/ports/metrics.ts';
import { watchAudio } from '../discord/audio-files/watch.ts';
import { EventMeetings } from '../discord/events/meetings.ts';
import { AllowedGuilds } from '../discord/gateway/allowed-guilds.ts';
import { seesMessages } from '../discord/gateway/client.ts';
import { Ear } from '../discord/gateway/ear.ts';
import { DiscordPresences } from '../discord/gateway/presence/presence.ts';
import { registerCommands } from '../discord/gateway/register-commands.ts';
import { voiceAdapterOf } from '../discord/gateway/voice-adapter.ts';
import { routeInteractions } from '../discord/interactions/router.ts';
import { AutoStart } from '../discord/lobby/auto-start.ts';
import { NameMark } from '../discord/lobby/name-mark.ts';
import { DiscordUshers } from '../discord/lobby/usher.ts';
import { fallbacksFor } from '../discord/messages/destination.ts';
import { DiscordMinutesPoster } from '../discord/minutes/minutes-poster.ts';
import { DiscordPanels } from '../discord/panel/panels.ts';
import { Readers } from '../discord/permissions/readers.ts';
import { DiscordTranscriptChannels } from '../discord/transcript/transcript-channels.ts';
import { makeMinutes } from '../minutes/make-minutes.ts';
import { viewOf } from '../minutes/view-of.ts';
import { DiscordVoiceRooms } from '../voice/index.ts';
import type { Authority } from './authority.ts';
import { lookAtGuilds } from './look-at-guilds.ts';
import type { Shared } from './shared.ts';

const EMPTY_AFTER_MS = 60_000;
const SIGN_EVERY_MS = 750; // another process that takes a meeting over says what was lost, to a second: writing takes time, too

/**
 * The bot in the servers of one gateway session: its meetings, and everything that reacts to what happens there.
 *
 * It only listens until `serve` is called: then it answers, starts meetings, and resumes what was left unfinished.
 */
export class Bot implements AsyncDisposable {
  readonly client: Client<true>;
  readonly house: MeetingHouse;
  readonly readers: Readers;
  readonly ear: Ear;
  readonly #shared: Shared;
  readonly #mark: NameMark;
  #serving = new AsyncDisposableStack();
  readonly #looksAfter: ((guildId: GuildId) => boolean) | undefined;
  readonly #answering: Disposable | undefined; // missing: only while the bot serves
  #autoStart: AutoStart | undefined;
  #events: EventMeetings | undefined;
  #allowed: AllowedGuilds | undefined;

  /**
   * Takes over a client that is logged in, and destroys it in the end.
   *
   * @param authority - missing: this process is the only one of its bot
   */
  constructor(client: Client<true>, shared: Shared, authority?: Authority) {
    this.client = client;
    this.#shared = shared;
    this.readers = new Readers(client);
    this.ear = new Ear(client);
    this.#looksAfter = authority && ((guildId) => authority.looksAfter(guildId));
    const { log, settings, journal, posting: signal } = shared;
    this.#mark = new NameMark({ client, settings, log });
    this.house = new MeetingHouse({
      ...shared,
      ...this.#postings(),
      archive: journal.archive,
      rooms: new DiscordVoiceRooms({
        adapterOf: voiceAdapterOf(client, authority && ((guildId) => authority.maySit(guildId))),
        sampleRateHz: shared.sampleRateHz,
        native: shared.native,
        takesPackets: () => shared.transcriber.takesPackets,
        counts: shared.roomCounts,
        log,
      }),
      presences: new DiscordPresences(client),
      ushers: new DiscordUshers({ client, mark: this.#mark, journal, archive: journal.archive, log, signal }),
      observer: {
        began: (head, meeting) => {
          this.#autoStart?.began(head);
          this.#events?.began(head);
          shared.meter.began(meeting);
          const live = this.house.meetingOf(head.guildId);
          if (live) shared.neighbours?.words.began(head, live);
          if (live) shared.lines.began(head, live);
        },
        over: (head) => {
          this.#autoStart?.over(head);
          this.#events?.over(head);
          shared.meter.over(head);
          shared.neighbours?.words.over(head);
          shared.lines.over(head);
        },
        writtenUp: (record) => this.#events?.writtenUp(record),
        settingsChanged: (guildId) => {
          this.#autoStart?.settingsChanged(guildId);
          this.#events?.settingsChanged(guildId);
        },
      },
      emptyAfterMs: EMPTY_AFTER_MS,
      ...(authority && {
        unfinished: async () => [], // those that this process comes to own are taken over one by one
        whenSeatTaken: (head) => authority.seatTaken(head),
        signEveryMs: SIGN_EVERY_MS,
      }),
    });
    settings.subscribe(async ({ guildId, keys }) => {
      if (keys.includes('webhook')) await shared.lines.settingsChanged(guildId); // lives as long as the process
    });
    if (authority) this.#answering = this.#answer(authority);
  }

  /** Whether Discord is heard. */
  get isConnected(): boolean {
    return this.client.isReady() && this.client.ws.status === Status.Ready;
  }

  /** Its gateway sessions. */
  get shards(): readonly ShardHealth[] {
    return this.client.ws.shards.map(({ id, status, ping }) => ({
      shardId: id,
      isUp: status === Status.Ready,
      ...(ping >= 0 && { latencyMs: ping }),
    }));
  }

  /** Begins to act. @param registers - whether to tell Discord which commands there are. @returns whether commands had to be registered */
  async serve(registers = true): Promise<'unchanged' | 'registered'> {
    const { client, house } = this;
    const { settings, journal, budget, audio, log, signal, allowedGuilds: allowed } = this.#shared;
    const { archive } = journal;
    const serving = this.#serving;
    const starting = { client, meetings: house, settings, archive, budget, log, signal };
    const autoStart = serving.use(new AutoStart(starting));
    const events = serving.use(new EventMeetings({ ...starting, journal }));
    this.#autoStart = autoStart;
    this.#events = events;
    this.#allowed = allowed && serving.use(new AllowedGuilds({ client, allowed, log, signal }));
    await this.#allowed?.leaveOthers();
    const registered = registers
      ? await registerCommands(client.rest, client.application.id, definitions, signal)
      : 'unchanged';
    if (seesMessages(client)) serving.use(watchAudio({ client, desk: audio, settings, archive, log }));
    if (!this.#answering) serving.use(this.#answer());
    // People in a meeting that a crash cut off should not have to start it again.
    serving.use(
      lookAtGuilds({
        ...{ client, house, mark: this.#mark, autoStart, events, signal },
        ...(this.#looksAfter && { looksAfter: this.#looksAfter }),
      }),
    );
    return registered;
  }

  /** Answers people until disposed. */
  #answer(authority?: Authority): Disposable {
    const { client, house, readers } = this;
    const { settings, journal, budget, audio, summariser, answerer, links, hasSignIn } = this.#shared;
    const { coolDowns, log, signal, allowsPrivateWebhooks, publicUrl } = this.#shared;
    const context = {
      meetings: this.#shared.neighbours?.around(house) ?? house,
      ...{
        settings,
        archive: journal.archive,
        sessions: journal.sessions,
        apiKeys: journal.apiKeys,
        readers,
        audio,
        budget,
        client,
        log,
        signal,
      },
      coolDowns,
      allowsPrivateWebhooks,
      hasSignIn,
      ...(summariser && { summariser }),
      ...(answerer && { answerer }),
      ...(links && { liveLinks: links }),
      ...(publicUrl !== undefined && { publicUrl }),
    };
    return routeInteractions(client, { commands, controls }, context, log, {
      isServed: (guildId) => this.#allowed?.has(guildId) ?? true,
      whenGoingOn: async (guildId) => {
        await authority?.untilOurs(guildId);
        await house.whenGoingOn(guildId);
      },
      ...(authority && { mayAnswer: authority.mayAnswer }),
    });
  }

  /** Only listens again: another process acts. */
  async standBy(): Promise<void> {
    const serving = this.#serving;
    this.#serving = new AsyncDisposableStack();
    this.#autoStart = undefined;
    this.#events = undefined;
    await serving.disposeAsync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#answering?.[Symbol.dispose]();
    await this.#serving.disposeAsync();
    await this.#mark[Symbol.asyncDispose]();
    await this.client.destroy();
  }

  #postings() {
    const { client } = this;
    const { settings, journal, links, pricePerMinute, costliestStyle, log, posting: signal } = this.#shared;
    const plainer = costliestStyle && { costliestStyle };
    return {
      channels: new DiscordTranscriptChannels({ client, log, fallbacks: fallbacksFor, signal, ...plainer }),
      minutes: new DiscordMinutesPoster({
        client,
        settings,
        write: (record, guild, locale, signal) =>
          makeMinutes(record, { ...viewOf(guild, locale), languages: guild.translateTo }, log, signal),
      }),
      panels: new DiscordPanels({
        ...{ client, journal, log, signal },
        ...(pricePerMinute !== undefined && { pricePerMinute }),
        ...plainer,
        hasLivePage: links !== undefined,
      }),
    };
  }
}
