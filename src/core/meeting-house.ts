import { randomBytes } from 'node:crypto';
import { startClock } from './clock.ts';
import type { ChannelId, GuildId, MeetingId } from './ids.ts';
import type { Log } from './log.ts';
import { Meeting } from './meeting.ts';
import type { LiveMeeting, LiveMeetings, StartRequest } from './meetings.ts';
import type {
  Journal,
  MinutesPoster,
  Presences,
  Settings,
  Transcriber,
  TranscriptChannels,
  VoiceRooms,
} from './ports.ts';
import type { MeetingEnding, MeetingHead } from './record.ts';

/** The adapters that meetings are built from. */
export interface HouseParts {
  readonly rooms: VoiceRooms;
  readonly presences: Presences;
  readonly transcriber: Transcriber;
  readonly channels: TranscriptChannels;
  readonly journal: Journal;
  readonly settings: Settings;
  readonly minutes: MinutesPoster;
  readonly log: Log;
  readonly emptyAfterMs: number;
}

/** All meetings of this process, one a guild. */
export class MeetingHouse implements LiveMeetings {
  readonly #parts: HouseParts;
  readonly #meetings = new Map<GuildId, Meeting>();
  readonly #starting = new Set<GuildId>();

  constructor(parts: HouseParts) {
    this.#parts = parts;
  }

  of(guildId: GuildId): LiveMeeting | undefined {
    return this.#meetings.get(guildId);
  }

  /** The meetings whose text goes to this channel. */
  writingTo(channelId: ChannelId): readonly MeetingHead[] {
    return [...this.#meetings.values()].map(({ head }) => head).filter((head) => head.textChannelId === channelId);
  }

  get running(): number {
    return this.#meetings.size;
  }

  async start(request: StartRequest, signal: AbortSignal): Promise<LiveMeeting | 'already running'> {
    const { guildId } = request;
    if (this.#meetings.has(guildId) || this.#starting.has(guildId)) return 'already running';
    this.#starting.add(guildId);
    try {
      return await this.#open(request, signal);
    } finally {
      this.#starting.delete(guildId);
    }
  }

  async #open(request: StartRequest, signal: AbortSignal): Promise<Meeting> {
    const { rooms, presences, channels, settings, ...shared } = this.#parts;
    const guild = await settings.guild(request.guildId);
    const clock = startClock();
    const head = headOf(request, clock.beganAt);
    // The room asks whom it may hear from its first packet on, and that is before the meeting stands.
    let meeting: Meeting | undefined;
    const ears = (speakerId: string) => meeting?.hears(speakerId) ?? false;
    const room = await rooms.join(head.guildId, head.voiceChannelId, clock, ears, signal);
    const presence = presences.watch(head.guildId, head.voiceChannelId);
    const channel = channels.open(head.textChannelId, clock.beganAt);
    meeting = new Meeting(head, clock, guild, request.spoken, { ...shared, settings, room, presence, channel });
    this.#meetings.set(head.guildId, meeting);
    meeting.whenOver(() => this.#meetings.delete(head.guildId));
    try {
      await meeting.open();
    } catch (error) {
      this.#meetings.delete(head.guildId);
      presence[Symbol.dispose]();
      await room.leave();
      throw error;
    }
    return meeting;
  }

  async settingsChanged(guildId: GuildId): Promise<void> {
    await this.#meetings.get(guildId)?.reconfigure();
  }

  /** Ends every meeting, all at once. Never rejects. */
  async stopAll(ending: MeetingEnding): Promise<void> {
    await Promise.all([...this.#meetings.values()].map((meeting) => meeting.stop(ending)));
  }
}

function headOf(request: StartRequest, beganAt: Date): MeetingHead {
  const { guildId, voiceChannelId, voiceChannelName, textChannelId, startedBy } = request;
  return {
    id: newMeetingId(beganAt),
    title: voiceChannelName,
    guildId,
    voiceChannelId,
    voiceChannelName,
    textChannelId,
    startedBy,
    beganAt,
  };
}

/** Sorts by time, and two guilds never share one. */
function newMeetingId(beganAt: Date): MeetingId {
  return `${beganAt.getTime().toString(36)}-${randomBytes(4).toString('hex')}`;
}
