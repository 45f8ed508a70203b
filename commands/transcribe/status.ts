import type { MeetingStatus, SpeakerStatus } from '../../src/core/meetings.ts';
import type { SpeakerReception, SttStatus } from '../../src/core/ports.ts';
import type { Ask } from '../../src/discord/command.ts';
import { escapeName, escapeNotice } from '../../src/discord/escape.ts';
import { namesList } from '../../src/discord/languages.ts';
import type { CommandContext } from '../context.ts';
import { NOTHING_RUNS } from './running-meeting.ts';

const ROOM_FOR_PEOPLE = 1_700; // characters; Discord's limit is 2,000 for all
const SILENT_FOR_MS = 3_000; // shorter than that somebody counts as speaking

/** Who is heard now, and how well. */
export async function status(ask: Ask, { meetings }: CommandContext): Promise<string> {
  const meeting = meetings.of(ask.guildId);
  return meeting ? statusText(meeting.status()) : NOTHING_RUNS;
}

function statusText(status: MeetingStatus): string {
  const { head, phase, options } = status;
  const since = `<t:${Math.floor(head.beganAt.getTime() / 1_000)}:R>`;
  const state = { running: 'Transcribing', paused: 'Paused:', finishing: 'Finishing:' }[phase];
  const translations =
    options.translateTo.length === 0 ? 'no translations' : `translated into ${namesList(options.translateTo)}`;
  return [
    `**${state} <#${head.voiceChannelId}>** → <#${head.textChannelId}>, started ${since} by <@${head.startedBy}>`,
    escapeNotice(`Spoken: ${namesList([options.language])}; ${translations}.`),
    ...peopleLines(status),
  ].join('\n');
}

function peopleLines({ speakers, elapsedMs }: MeetingStatus): string[] {
  if (speakers.length === 0) return ['Nobody is there.'];
  const lines: string[] = [];
  let room = ROOM_FOR_PEOPLE;
  for (const speaker of speakers) {
    const line = `• **${escapeName(speaker.person.displayName)}**: ${speakerText(speaker, elapsedMs)}`;
    room -= line.length + 1;
    if (room < 0) return [...lines, `… and ${speakers.length - lines.length} more`];
    lines.push(line);
  }
  return lines;
}

function speakerText({ consent, reception, stt }: SpeakerStatus, nowMs: number): string {
  if (consent === 'opted out') return 'opted out, not heard';
  if (consent === 'not opted in') return 'has not said yes, not heard (`/privacy opt-in`)';
  if (!reception || reception.packets === 0) return 'not yet heard';
  const parts = [heardText(reception, nowMs), encryptionText(reception)];
  if (stt) parts.push(...recogniserTexts(stt, nowMs));
  return parts.join(' · ');
}

function heardText({ lastHeardMs }: SpeakerReception, nowMs: number): string {
  if (lastHeardMs === undefined) return 'not yet heard';
  return nowMs - lastHeardMs < SILENT_FOR_MS ? 'heard now' : `last heard ${ago(nowMs - lastHeardMs)}`;
}

function encryptionText({ encryption, undecryptable, corrupt }: SpeakerReception): string {
  const words = {
    'end-to-end': 'end-to-end encrypted',
    'transport only': 'not end-to-end encrypted',
    negotiating: 'encryption being negotiated',
  }[encryption];
  const unheard = undecryptable + corrupt;
  return unheard === 0 ? words : `${words} (${unheard} packets unreadable)`;
}

function recogniserTexts({ state, error, lastTextMs }: SttStatus, nowMs: number): string[] {
  const words = {
    idle: 'recogniser waits for speech',
    connecting: 'recogniser connecting',
    live: 'recogniser live',
    'waiting for a free socket': 'waiting for a free recogniser',
    retrying: 'recogniser lost, trying again',
    stopped: 'recogniser stopped',
  }[state];
  const why = error && (state === 'retrying' || state === 'stopped') ? ` (${escapeNotice(error.message)})` : '';
  return [words + why, lastTextMs === undefined ? 'no text yet' : `last text ${ago(nowMs - lastTextMs)}`];
}

function ago(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  return seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
