import { NEVER } from '../../core/concurrency/never.ts';
import type { MeetingId } from '../../core/ids.ts';
import type { LiveMeeting, Panels } from '../../core/ports/live-meetings.ts';
import type { MeetingRecord } from '../../core/record.ts';
import { endBesideVoices } from '../lobby/voice-chat-notice.ts';
import { VoiceStatus } from '../lobby/voice-status.ts';
import { Panel, type PanelParts } from './panel.ts';

/** The panels of all meetings, whichever process posted them. */
export class DiscordPanels implements Panels {
  readonly #parts: PanelParts;
  readonly #panels = new Map<MeetingId, Panel>();

  constructor(parts: PanelParts) {
    this.#parts = parts;
  }

  async show(meeting: LiveMeeting, lost = NEVER): Promise<void> {
    const { id } = meeting.head;
    const panel = new Panel(meeting.head, { ...this.#parts, signal: AbortSignal.any([this.#parts.signal, lost]) });
    this.#panels.set(id, panel);
    lost.addEventListener('abort', () => void (this.#panels.get(id) === panel && this.#panels.delete(id)));
    await panel.show(meeting);
  }

  async leave(meeting: LiveMeeting): Promise<void> {
    await this.#panels.get(meeting.head.id)?.leave(meeting);
  }

  /** Ends the panel of a meeting, with a link to the minutes if they are posted. */
  async end(record: MeetingRecord): Promise<void> {
    const { id, guildId } = record.head;
    const panel = this.#panels.get(id) ?? new Panel(record.head, this.#parts);
    const [place] = record.head.places?.minutes ?? [];
    this.#panels.delete(id);
    const url = place && `https://discord.com/channels/${guildId}/${place.channelId}/${place.messageId}`;
    const status = new VoiceStatus(record.head, this.#parts); // of a meeting that ended after a crash, or elsewhere
    await Promise.all([endBesideVoices(record, this.#parts), status.takeDown(), panel.end(record, url)]);
  }
}
