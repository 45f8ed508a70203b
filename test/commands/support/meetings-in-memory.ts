import type { ShownCorrection } from '../../../src/core/correcting/correction.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import type {
  LiveMeeting,
  LiveMeetings,
  MeetingFigures,
  MeetingStatus,
  Panels,
  SpeakerStatus,
  StartRequest,
} from '../../../src/core/ports/live-meetings.ts';
import type { Settings } from '../../../src/core/ports/settings.ts';
import type { MeetingEnding, MeetingHead, MeetingRecord, Occasion } from '../../../src/core/record.ts';

/** Meetings without voices: the port that commands use. */
export class MeetingsInMemory implements LiveMeetings {
  readonly #settings: Settings;
  readonly #journal: Journal;
  readonly #running = new Map<string, MeetingInMemory>();
  readonly requests: StartRequest[] = [];
  readonly changedGuilds: string[] = [];
  /** Where they show themselves. */
  panels: Panels | undefined;
  /** The next start fails with this. */
  failure: Error | undefined;

  constructor(settings: Settings, journal: Journal) {
    this.#settings = settings;
    settings.subscribe(async ({ guildId }) => void this.changedGuilds.push(guildId));
    this.#journal = journal;
  }

  meetingOf(guildId: string): MeetingInMemory | undefined {
    return this.#running.get(guildId);
  }

  async startMeeting(request: StartRequest): Promise<LiveMeeting | 'already running'> {
    if (this.failure) throw this.failure;
    if (this.#running.has(request.guildId)) return 'already running';
    this.requests.push(request);
    const { guildId, voiceChannelId, voiceChannelName, occasion, textChannelId, startedBy } = request;
    const head: MeetingHead = {
      id: `m${this.requests.length}`,
      guildId,
      title: occasion?.name ?? voiceChannelName,
      voiceChannelId,
      voiceChannelName,
      textChannelId,
      startedBy,
      beganAt: new Date(),
      ...(occasion && { places: { occasion } }),
    };
    const { spoken, translateTo } = await this.#settings.guild(guildId);
    await this.#journal.begin(head);
    const meeting = this.take(head, { language: request.spoken ?? spoken, translateTo });
    await this.panels?.show(meeting);
    return meeting;
  }

  /** Lets a meeting run that the journal knows. */
  take(head: MeetingHead, options: MeetingStatus['options'] = { language: 'auto', translateTo: [] }): MeetingInMemory {
    const meeting = new MeetingInMemory(head, options, async (ending) => {
      this.#running.delete(head.guildId);
      await this.#journal.of(head.id).end(60_000, ending);
      const record = await this.#journal.archive.read(head.id);
      if (!record) throw new Error('The journal lost a meeting');
      await this.panels?.end(record);
      return record;
    });
    this.#running.set(head.guildId, meeting);
    return meeting;
  }

  async isRunning(guildId: string, meetingId: string) {
    return this.meetingOf(guildId)?.head.id === meetingId;
  }

  /** Lines that running meetings were told to show, and what they answer. */
  readonly corrected: string[] = [];
  shows: ShownCorrection = 'shown';
  async showCorrection(guildId: string, meetingId: string, utteranceId: string): Promise<ShownCorrection> {
    if (!(await this.isRunning(guildId, meetingId))) return 'not here';
    this.corrected.push(utteranceId);
    return this.shows;
  }

  readonly erasures: string[] = [];
  async whileErasing<T>(_guildId: string, speakerId: string, erase: () => Promise<T>): Promise<T> {
    this.erasures.push(speakerId);
    return await erase();
  }
}

class MeetingInMemory implements LiveMeeting {
  readonly head: MeetingHead;
  readonly #options: MeetingStatus['options'];
  readonly #end: (ending: MeetingEnding) => Promise<MeetingRecord>;
  #isPaused = false;
  occasion: Occasion | undefined;
  speakers: readonly SpeakerStatus[] = [];
  figures: MeetingFigures = { sentMs: 0, lostMs: 0 };

  constructor(
    head: MeetingHead,
    options: MeetingStatus['options'],
    end: (ending: MeetingEnding) => Promise<MeetingRecord>,
  ) {
    this.head = head;
    this.occasion = head.places?.occasion;
    this.#options = options;
    this.#end = end;
  }

  currentStatus(): MeetingStatus {
    const phase = this.#isPaused ? 'paused' : 'running';
    const { head, speakers, figures } = this;
    return { head, phase, elapsedMs: 60_000, options: this.#options, speakers, figures };
  }

  async holdFor(occasion: Occasion): Promise<void> {
    this.occasion = occasion;
  }

  addListener(): () => void {
    return () => {};
  }

  pauseHearing(): boolean {
    const wasRunning = !this.#isPaused;
    this.#isPaused = true;
    return wasRunning;
  }

  resumeHearing(): boolean {
    const wasPaused = this.#isPaused;
    this.#isPaused = false;
    return wasPaused;
  }

  async stopMeeting(ending: MeetingEnding): Promise<MeetingRecord> {
    return await this.#end(ending);
  }
}
