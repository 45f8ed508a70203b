import type { MeetingStatus, SpeakerStatus } from '../../src/core/ports/live-meetings.ts';
import type { SttStatus } from '../../src/core/ports/speech-to-text.ts';
import type { SpeakerReception } from '../../src/core/ports/voice.ts';
import { errorText } from '../../src/discord/formatting/error-text.ts';
import { escapeName, escapeNotice } from '../../src/discord/formatting/escape.ts';
import type { Ask } from '../../src/discord/interactions/command.ts';
import { audienceText, DEAF } from '../../src/discord/panel/view.ts';
import type { PhraseKey } from '../../src/i18n/phrases.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../shared/context.ts';

const ROOM_FOR_PEOPLE = 1_500; // characters; Discord's limit for the whole message is 2,000
const SILENT_FOR_MS = 3_000; // a person counts as speaking until they have been silent this long

/** Shows who is heard now, and how well. Members who may neither read nor hear the meeting learn only that it runs. */
export async function status(ask: Ask, { meetings, readers }: CommandContext, words: Words): Promise<string> {
  const meeting = meetings.meetingOf(ask.guildId);
  if (!meeting) return words.t('transcribe.nothingRuns');
  const mayKnow = await readers.mayKnow(ask.member, meeting.head);
  return mayKnow ? statusText(meeting.currentStatus(), words) : words.t('access.hiddenMeeting');
}

function statusText(status: MeetingStatus, words: Words): string {
  const { head, phase, options } = status;
  const language = words.language(options.language);
  const languages = words.list(options.translateTo.map(words.language));
  return [
    words.t('status.head', {
      state: words.t(`status.${phase}`),
      voice: `<#${head.voiceChannelId}>`,
      text: `<#${head.textChannelId}>`,
      since: `<t:${Math.floor(head.beganAt.getTime() / 1_000)}:R>`,
      starter: `<@${head.startedBy}>`,
    }),
    escapeNotice(
      languages === ''
        ? words.t('status.spoken', { language })
        : words.t('status.spokenAndTranslated', { language, languages }),
    ),
    ...(status.stageAudience ? [words.t('panel.stage'), audienceText(status.stageAudience, words)] : []),
    ...(status.deaf ? [words.t(DEAF[status.deaf])] : peopleLines(status, words)),
  ].join('\n');
}

function peopleLines({ speakers, elapsedMs, stageAudience }: MeetingStatus, words: Words): string[] {
  if (speakers.length === 0) return [words.t(stageAudience ? 'panel.nobodyOnStage' : 'status.nobody')];
  const lines: string[] = [];
  let room = ROOM_FOR_PEOPLE;
  for (const speaker of speakers) {
    const line = `• **${escapeName(speaker.person.displayName)}**: ${speakerText(speaker, elapsedMs, words)}`;
    room -= line.length + 1;
    if (room < 0) return [...lines, words.t('status.more', { count: speakers.length - lines.length })];
    lines.push(line);
  }
  return lines;
}

function speakerText({ consent, isTooQuiet, reception, stt }: SpeakerStatus, nowMs: number, words: Words): string {
  if (consent === 'opted out') return words.t('status.optedOut');
  if (consent === 'not opted in') return words.t('status.notOptedIn');
  if (consent === 'not informed') return words.t('status.notInformed');
  if (!reception || reception.packets === 0) return words.t('status.notYetHeard');
  const heard = isTooQuiet ? words.t('panel.tooQuiet') : heardText(reception, nowMs, words);
  const parts = [heard, encryptionText(reception, words)];
  if (stt) parts.push(...recogniserTexts(stt, nowMs, words));
  return parts.join(' · ');
}

function heardText({ lastHeardMs }: SpeakerReception, nowMs: number, words: Words): string {
  if (lastHeardMs === undefined) return words.t('status.notYetHeard');
  const silentMs = nowMs - lastHeardMs;
  return silentMs < SILENT_FOR_MS
    ? words.t('status.heardNow')
    : words.t('status.lastHeard', { ago: ago(silentMs, words) });
}

const ENCRYPTION: Readonly<Record<SpeakerReception['encryption'], PhraseKey>> = {
  'end-to-end': 'status.endToEnd',
  'transport only': 'status.transportOnly',
  negotiating: 'status.negotiating',
};

function encryptionText({ encryption, undecryptable, corrupt }: SpeakerReception, words: Words): string {
  const how = words.t(ENCRYPTION[encryption]);
  const count = undecryptable + corrupt;
  return count === 0 ? how : words.t('status.unreadable', { encryption: how, count });
}

const RECOGNISER: Readonly<Record<SttStatus['state'], PhraseKey>> = {
  idle: 'status.sttIdle',
  connecting: 'status.sttConnecting',
  live: 'status.sttLive',
  'waiting for a free socket': 'status.sttWaiting',
  retrying: 'status.sttRetrying',
  stopped: 'status.sttStopped',
};

function recogniserTexts({ state, error, lastTextMs }: SttStatus, nowMs: number, words: Words): string[] {
  const isInTrouble = state === 'retrying' || state === 'stopped';
  const why = error && isInTrouble ? ` (${escapeNotice(errorText(error, words).replace(/\.$/, ''))})` : '';
  return [
    words.t(RECOGNISER[state]) + why,
    lastTextMs === undefined
      ? words.t('status.noText')
      : words.t('status.lastText', { ago: ago(nowMs - lastTextMs, words) }),
  ];
}

function ago(durationMs: number, words: Words): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  return seconds < 120
    ? words.t('status.secondsAgo', { seconds })
    : words.t('status.minutesAgo', { minutes: Math.round(seconds / 60) });
}
