import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Deafness, Lateness, MeetingStatus, StageAudience } from '../../core/ports/live-meetings.ts';
import type { MeetingHead, MeetingRecord } from '../../core/record.ts';
import type { TranscriptStyle } from '../../core/settings.ts';
import type { PhraseKey } from '../../i18n/phrases.ts';
import type { Words } from '../../i18n/words.ts';
import { escapeInline, escapeNotice } from '../formatting/escape.ts';
import { MAX_CONTENT } from '../formatting/limits.ts';
import type { MessageBody } from '../messages/message-api.ts';
import { PANEL_IDS } from './ids.ts';
import { peopleLines } from './people.ts';

const MINUTE_MS = 60_000;

/** The content of a panel. Its numbers change all the time, and need not be shown as soon as the rest. */
export interface PanelView extends Required<Pick<MessageBody, 'content' | 'components'>> {
  /** The same for views that differ in numbers only. */
  readonly essence: string;
  /** Whether people are heard: the panel has to tell the truth about that at once. */
  readonly phase: MeetingStatus['phase'] | Deafness | 'over';
}

export interface PanelOptions {
  readonly words: Words;
  /** More people speak than the recogniser takes at once. */
  readonly takesTurns: boolean;
  /** The transcript is plainer than the server chose, as Discord takes too few requests. */
  readonly plainerStyle: TranscriptStyle | undefined;
  /** There are live pages to link to. */
  readonly hasLivePage: boolean;
  /** The price of a minute of audio, in US dollars. */
  readonly pricePerMinute: number | undefined;
}

/** Why nobody is heard. */
export const DEAF = {
  deafened: 'panel.deafened',
  'voice connection lost': 'panel.interrupted',
} as const satisfies Readonly<Record<Deafness, PhraseKey>>;

/** The panel of a running meeting. */
export function runningView(status: MeetingStatus, options: PanelOptions): PanelView {
  const { head, phase, sentOnTo, sendsLines = false, deaf, stageAudience } = status;
  const { words, takesTurns, plainerStyle } = options;
  const lines = [
    `### ${words.t(deaf ? 'panel.deaf' : `panel.${phase}`, { voice: `<#${head.voiceChannelId}>` })}`,
    words.t('panel.notice', { since: moment(head.beganAt, 'R'), starter: `<@${head.startedBy}>` }),
    languagesLine(status, words),
    ...(stageAudience ? [words.t('panel.stage')] : []),
    ...(sentOnTo === undefined
      ? []
      : [words.t(sendsLines ? 'ofMinutes.linesSentOn' : 'ofMinutes.sentOn', { host: escapeInline(sentOnTo) })]),
    ...(deaf ? [words.t(DEAF[deaf])] : phase === 'restarting' ? [] : peopleLines(status, words)),
    ...(takesTurns ? [words.t('panel.turns')] : []),
    ...(plainerStyle === undefined
      ? []
      : [words.t(plainerStyle === 'digest' ? 'panel.inBlocks' : 'panel.inSentences')]),
  ];
  const numbers = figuresLine(status, options);
  const isHeld = phase === 'running' || phase === 'paused';
  const components = !isHeld ? [] : rowsOf(head, phase === 'paused', options);
  return {
    content: cut([...lines, ...(numbers === '' ? [] : [`-# ${numbers}`])].join('\n')),
    components,
    essence: JSON.stringify([lines, components]),
    phase: phaseOf(status),
  };
}

/** What the panel of a running meeting says about whether people are heard. */
export function phaseOf({ deaf, phase }: Pick<MeetingStatus, 'deaf' | 'phase'>): PanelView['phase'] {
  return deaf ?? phase;
}

/** The panel of a meeting that is over. @param minutesUrl - of the message with the minutes */
export function overView(
  { head, endedMs = 0 }: Pick<MeetingRecord, 'head' | 'endedMs'>,
  minutesUrl: string | undefined,
  words: Words,
): PanelView {
  const ended = new Date(head.beganAt.getTime() + endedMs);
  const content = [
    `### ${words.t('panel.over', { voice: `<#${head.voiceChannelId}>` })}`,
    words.t('panel.lasted', {
      began: moment(head.beganAt, 'f'),
      ended: moment(ended, 't'),
      starter: `<@${head.startedBy}>`,
    }),
  ].join('\n');
  const link: APIButtonComponent | undefined =
    minutesUrl === undefined
      ? undefined
      : { type: ComponentType.Button, style: ButtonStyle.Link, label: words.t('panel.minutes'), url: minutesUrl };
  const components = link ? [row(link)] : [];
  return { content, components, essence: content, phase: 'over' };
}

function languagesLine({ options: { language, translateTo } }: MeetingStatus, words: Words): string {
  const spoken = escapeNotice(words.language(language));
  if (translateTo.length === 0) return words.t('panel.spoken', { spoken });
  const targets = escapeNotice(words.list(translateTo.map(words.language)));
  return words.t('panel.translated', { spoken, targets });
}

function figuresLine({ figures, stageAudience }: MeetingStatus, { words, pricePerMinute }: PanelOptions): string {
  const { sentMs, lostMs } = figures;
  const lateness = figures.posted ?? figures.final;
  const seconds = Math.round(lostMs / 1_000);
  const parts = [
    ...(stageAudience ? [audienceText(stageAudience, words)] : []),
    ...(lateness ? [latenessText(lateness, words)] : []),
    ...(sentMs > 0 ? [sentText(sentMs / MINUTE_MS, pricePerMinute, words)] : []),
    ...(seconds > 0 ? [words.t('panel.lost', { seconds: decimal(seconds, 0, words) })] : []),
  ];
  return parts.join(' · ');
}

/** Hundreds come and go: as a number it is not shown at once, like all figures. */
export function audienceText({ now, most }: StageAudience, words: Words): string {
  return words.t('panel.stageAudience', { now: decimal(now, 0, words), most: decimal(most, 0, words) });
}

function latenessText({ p50Ms, p95Ms }: Lateness, words: Words): string {
  const inSeconds = (ms: number) => decimal(ms / 1_000, 1, words);
  return words.t('panel.lateness', { median: inSeconds(p50Ms), slow: inSeconds(p95Ms) });
}

function sentText(sentMinutes: number, pricePerMinute: number | undefined, words: Words): string {
  const minutes = decimal(sentMinutes, 1, words);
  if (pricePerMinute === undefined) return words.t('panel.sent', { minutes });
  const cost = numberFormat(words, { style: 'currency', currency: 'USD' }).format(sentMinutes * pricePerMinute);
  return words.t('panel.sentFor', { minutes, cost });
}

function decimal(value: number, digits: number, words: Words): string {
  return numberFormat(words, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

const formats = new Map<string, Intl.NumberFormat>(); // making a format takes a hundred times longer than using it

function numberFormat({ locale }: Words, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([locale, options]);
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, options);
  formats.set(key, format);
  return format;
}

function rowsOf(
  head: MeetingHead,
  isPaused: boolean,
  { words, hasLivePage }: PanelOptions,
): Required<MessageBody>['components'] {
  const button = (name: keyof typeof PANEL_IDS, label: string, style: Style = ButtonStyle.Secondary) =>
    ({ type: ComponentType.Button, style, label, custom_id: `${PANEL_IDS[name]}:${head.id}` }) as const;
  return [
    row(
      isPaused
        ? button('resume', words.t('panel.resume'), ButtonStyle.Success)
        : button('pause', words.t('panel.pause')),
      button('stop', words.t('panel.stop'), ButtonStyle.Danger),
      button('translate', words.t('panel.translate')),
      button('reads', words.t('panel.myLanguage')),
      button('soFar', words.t('panel.soFar')),
    ),
    ...(hasLivePage ? [row(button('live', words.t('panel.livePage')))] : []),
  ];
}

type Style = ButtonStyle.Secondary | ButtonStyle.Success | ButtonStyle.Danger;

function row(...components: readonly APIButtonComponent[]) {
  return { type: ComponentType.ActionRow as const, components: [...components] };
}

function moment(at: Date, style: 'R' | 'f' | 't'): string {
  return `<t:${Math.floor(at.getTime() / 1_000)}:${style}>`;
}

function cut(content: string): string {
  return content.length > MAX_CONTENT ? `${content.slice(0, MAX_CONTENT - 1).toWellFormed()}…` : content;
}
