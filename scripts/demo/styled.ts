import { styleText } from 'node:util';

/** One line of Discord's Markdown, as far as the bot uses it, in a terminal's own means. */
export function styled(line: string): string {
  return line
    .replaceAll(/<t:(\d+):([tTdDfFR])>/g, (_, seconds: string, style: string) => timeOf(Number(seconds), style))
    .replaceAll(/\[([^\]]+)\]\(https:[^)]+\)/g, (_, text: string) => styleText('underline', text))
    .replaceAll(/^> (.*)$/g, (_, text: string) => `  ${styleText('dim', '│')} ${text}`)
    .replaceAll(/^-# (.*)$/g, (_, text: string) => styleText('dim', text))
    .replaceAll(/^#+ (.*)$/g, (_, text: string) => styleText(['bold', 'underline'], text))
    .replaceAll(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, (_, text: string) => styleText('bold', text))
    .replaceAll(/\\([^\w\s])/g, '$1')
    .replaceAll('\u200b', '');
}

/** Discord shows times in each reader's own zone; so does this. */
function timeOf(seconds: number, style: string): string {
  const time = new Date(seconds * 1000);
  return style === 'T' || style === 't'
    ? styleText('dim', time.toLocaleTimeString('en-GB'))
    : time.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
