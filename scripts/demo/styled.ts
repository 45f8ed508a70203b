import { styleText } from 'node:util';

/** A line of Discord's Markdown with terminal styles. Knows only the syntax that the bot uses. */
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

/** The time in the reader's own time zone, as in Discord. */
function timeOf(seconds: number, style: string): string {
  const time = new Date(seconds * 1000);
  return style === 'T' || style === 't'
    ? styleText('dim', time.toLocaleTimeString('en-GB'))
    : time.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
