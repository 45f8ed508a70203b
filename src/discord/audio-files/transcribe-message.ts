import type { AudioDesk, AudioHearing, AudioProgress, AudioSource } from '../../core/audio/desk.ts';
import { AudioText } from '../../core/audio/text.ts';
import { AudioError, SttError } from '../../core/errors.ts';
import type { GuildId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { SttOptions } from '../../core/ports/speech-to-text.ts';
import type { Words } from '../../i18n/words.ts';
import { errorText } from '../formatting/error-text.ts';
import { escapeNotice } from '../formatting/escape.ts';
import type { LiveReply } from '../interactions/live-reply.ts';
import { leftOutText } from '../transcript/notice-text.ts';
import { progressOf, type ReportedFile, type ReportHead, reportOf } from './report.ts';

/** A message with audio that will become text. */
export interface AudioMessage {
  readonly guildId: GuildId;
  readonly authorName: string;
  readonly sources: readonly AudioSource[];
  readonly options: SttOptions;
}

const MB = 1024 * 1024;
const MINUTE_MS = 60_000;

/**
 * Turns all audio of a message into text, one file after the other, and writes it to the reply.
 *
 * If one file fails, the reply says so in its place; the others are not affected.
 *
 * @throws as discord.js does when the answer cannot be written
 */
export async function transcribeMessage(
  message: AudioMessage,
  desk: AudioDesk,
  reply: LiveReply,
  words: Words,
  log: Log,
): Promise<void> {
  const head: ReportHead = { author: message.authorName, translateTo: message.options.translateTo };
  const files: ReportedFile[] = [];
  const { sources } = message;
  await desk.during(async (signal) => {
    let leftMs = desk.limits.maxMs;
    for (const source of sources) {
      const file: ReportedFile = { name: source.name, text: new AudioText() };
      files.push(file);
      const show = (progress: AudioProgress) =>
        reply.progress(() => progressOf(files, sources.length, progress, head, words));
      const leftOut: AudioHearing['leftOut'] = (what) => {
        remark(file, escapeNotice(leftOutText(what, words)));
      };
      const hearing: AudioHearing = { text: file.text, progress: show, leftOut };
      try {
        const { heardMs, outcome } = await desk.transcribe(
          message.guildId,
          source,
          message.options,
          leftMs,
          hearing,
          signal,
        );
        file.heardMs = heardMs;
        leftMs -= heardMs;
        if (outcome === 'broken off') remark(file, words.t('audio.brokenOff'));
        if (outcome === 'cut off') remark(file, words.t('audio.cutOff', { minutes: desk.limits.maxMs / MINUTE_MS }));
      } catch (error) {
        remark(file, remarkOn(error, desk, signal, words));
        log.info({ err: error, phase: 'audio file' }, 'An audio file did not become text');
        if (signal.aborted) break;
      }
    }
    await reply.finish(reportOf(files, head, words));
  });
}

/** Adds a remark, unless it is there already: a file may begin again. */
function remark(file: ReportedFile, text: string): void {
  if (file.remark?.includes(text) !== true) file.remark = file.remark === undefined ? text : `${file.remark} ${text}`;
}

/** Says what people can do about a failure, escaped. */
function remarkOn(error: unknown, desk: AudioDesk, signal: AbortSignal, words: Words): string {
  if (desk.isEnding) return words.t('audio.shutDown');
  if (signal.aborted) return words.t('audio.outOfTime');
  if (error instanceof SttError) return escapeNotice(errorText(error, words));
  if (!(error instanceof AudioError)) throw error;
  switch (error.code) {
    case 'too-large':
      return words.t('audio.tooLarge', { megabytes: desk.limits.maxBytes / MB });
    case 'too-long':
      return words.t('audio.tooLong', { minutes: desk.limits.maxMs / MINUTE_MS });
    case 'unknown-format':
    case 'unsupported-format':
      return words.t('audio.otherFormat');
    case 'unreadable':
      return words.t('audio.unreadable');
    case 'expired':
      return words.t('audio.expired');
    case 'download-failed':
      return words.t('audio.notFetched');
    case 'budget-used-up':
      return words.t('usage.filesUsedUp');
    case 'busy':
      return words.t('audio.busy', { files: desk.limits.waitingPerGuild });
    case 'shut-down':
      return words.t('audio.shutDown');
  }
}
