import { readLanguage } from '../../src/discord/formatting/languages.ts';
import type { Answer, Ask } from '../../src/discord/interactions/command.ts';
import type { Words } from '../../src/i18n/words.ts';
import { ExportError } from '../../src/minutes/documents/export-error.ts';
import { EXPORT_FORMATS, exportMinutes } from '../../src/minutes/export-minutes.ts';
import { viewOf } from '../../src/minutes/view-of.ts';
import type { CommandContext } from '../shared/context.ts';
import { tooSoon, unreadableLanguage } from '../shared/wording.ts';
import { readMeeting } from './past-meetings.ts';

const MAX_BYTES = 25 * 1024 * 1024; // the most that a bot may upload in a server without boosts
const MEBIBYTE = 1024 * 1024;

/** `/minutes export`: gives the minutes as a file, newly made from the archive. */
export async function exportFile(ask: Ask, context: CommandContext, words: Words): Promise<Answer> {
  const typed = ask.options.getString('language');
  const language = typed === null ? undefined : readLanguage(typed);
  if (typed !== null && language === undefined) return unreadableLanguage(words, typed);
  const format = EXPORT_FORMATS.find((one) => one === ask.options.getString('format', true));
  if (!format) return words.t('minutes.unknownFormat');
  const againMs = context.coolDowns.take('export', ask.guildId, ask.user.id);
  if (againMs !== undefined) return tooSoon(words, againMs);
  const record = await readMeeting(ask.member, context, ask.options.getString('meeting', true), 'meeting exported');
  if (!record) return words.t('minutes.noSuch');
  const view = viewOf(await context.settings.guild(ask.guildId), words.locale);
  const options = { format, ...view, ...(language !== undefined && { language }) };
  const file = await exportMinutes(record, options, context.signal).catch(withoutFile);
  if (!('bytes' in file)) return words.t(file.because);
  const limit = Math.min(ask.attachmentSizeLimit, MAX_BYTES);
  if (file.bytes.length > limit) {
    const size = Math.ceil(file.bytes.length / MEBIBYTE);
    const most = Math.floor(limit / MEBIBYTE);
    return words.t('minutes.tooLarge', { size, most });
  }
  return { content: `\`${file.name}\``, files: [file] };
}

/** The phrase for an error that people can do something about. Throws any other error again. */
function withoutFile(error: unknown): { readonly because: 'minutes.filesBusy' | 'minutes.fileLate' } {
  if (error instanceof ExportError && error.code === 'busy') return { because: 'minutes.filesBusy' };
  if (error instanceof ExportError && error.code === 'late') return { because: 'minutes.fileLate' };
  throw error;
}
