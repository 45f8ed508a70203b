import type { ChannelId, MeetingId, MessageId } from '../core/ids.ts';
import type { LiveMeeting } from '../core/meetings.ts';
import type { Panels } from '../core/ports.ts';
import type { MeetingRecord } from '../core/record.ts';
import { Panel, type PanelParts } from './panel.ts';

/** The panels of all meetings, by whom they were posted notwithstanding: this process or one before. */
export class DiscordPanels implements Panels {
  readonly #parts: PanelParts;
  readonly #panels = new Map<MeetingId, Panel>();
  readonly #minutes = new Map<MeetingId, { readonly channelId: ChannelId; readonly messageId: MessageId }>();

  constructor(parts: PanelParts) {
    this.#parts = parts;
  }

  async show(meeting: LiveMeeting): Promise<void> {
    const panel = new Panel(meeting.head, this.#parts);
    this.#panels.set(meeting.head.id, panel);
    await panel.show(meeting);
  }

  /** To be said before `end`: the panel then links to them. */
  minutesAt(id: MeetingId, place: { readonly channelId: ChannelId; readonly messageId: MessageId }): void {
    this.#minutes.set(id, place);
  }

  async end(record: MeetingRecord): Promise<void> {
    const { id, guildId } = record.head;
    const panel = this.#panels.get(id) ?? new Panel(record.head, this.#parts);
    const place = this.#minutes.get(id);
    this.#panels.delete(id);
    this.#minutes.delete(id);
    const url = place && `https://discord.com/channels/${guildId}/${place.channelId}/${place.messageId}`;
    await panel.end(record, url);
  }
}
