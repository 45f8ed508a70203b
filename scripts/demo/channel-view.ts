import { stripVTControlCharacters, styleText } from 'node:util';
import { styled } from './styled.ts';

/** The parts of a message that the view shows. */
export interface ShownMessage {
  readonly id: string;
  readonly content: string;
  /** The speaker under whose name it was posted; missing for the bot's own messages. */
  readonly speaker?: string;
  readonly atMs: number; // since 1970
  readonly attachments: readonly { readonly name: string }[];
}

/** The output: a terminal with a height and a width, or a pipe without them. */
export interface Paper {
  write(text: string): void;
  readonly rows?: number;
  readonly columns?: number;
}

const ESC = '\u001b';

/** The line above what somebody says. */
const HEAD = /^\*\*(.+)\*\* · /;

/** A line that is still growing. */
const GROWING = /\*…\*$/;

/**
 * Shows a text channel while messages are posted and edited.
 *
 * On a terminal, an edited message is redrawn in place while it is on the screen. In a pipe, growing lines are left
 * out, and an edit adds lines that name their speaker.
 */
export class ChannelView {
  readonly #messages = new Map<string, ShownMessage>();
  readonly #begun = new Set<string>(); // speakers' messages that are partly printed
  readonly #paper: Paper;
  #drawn: readonly string[] = []; // the lines of the screen that may still change

  constructor(paper: Paper) {
    this.#paper = paper;
  }

  show(message: ShownMessage): void {
    const before = this.#messages.get(message.id);
    this.#messages.set(message.id, message);
    if (this.#paper.rows === undefined) this.#append(message, before);
    else this.#draw(linesOf(message), before && linesOf(before));
  }

  /** Writes a text that does not belong to the channel. */
  note(text: string): void {
    for (const line of text.split('\n')) this.#put(styleText('dim', line));
  }

  #append(message: ShownMessage, before: ShownMessage | undefined): void {
    const known = new Set(before?.content.split('\n'));
    let speaker = message.speaker ?? '';
    for (const line of message.content.split('\n')) {
      speaker = HEAD.exec(line)?.[1] ?? speaker;
      if (GROWING.test(line)) continue;
      if (speaker !== '' && speaker === message.speaker && !this.#begun.has(message.id)) {
        this.#begun.add(message.id);
        this.#put(headOf(speaker, message.atMs));
        this.#put(styled(line));
      } else if (!before) this.#put(styled(line));
      else if (!known.has(line) && HEAD.test(line)) this.#put(styled(line));
      // The numbers of the panel change all the time, so only speech gets a line.
      else if (!known.has(line) && speaker !== '') {
        this.#put(`${styleText('dim', `  (${speaker})`)} ${styled(line).trimStart()}`);
      }
    }
    if (!before) for (const { name } of message.attachments) this.#put(fileLine(name));
  }

  #draw(lines: readonly string[], before: readonly string[] | undefined): void {
    if (!before) {
      for (const line of lines) this.#put(line);
      return;
    }
    const from = findRun(this.#drawn, before);
    if (from === -1) return; // no longer on the screen
    const drawn = [...this.#drawn.slice(0, from), ...lines, ...this.#drawn.slice(from + before.length)];
    const height = this.#drawn.slice(from).reduce((sum, line) => sum + this.#rowsOf(line), 0);
    this.#paper.write(`${ESC}[${height}A${ESC}[J`);
    this.#drawn = drawn.slice(0, from);
    for (const line of drawn.slice(from)) this.#put(line);
  }

  #put(line: string): void {
    this.#paper.write(`${line}\n`);
    const drawn = [...this.#drawn, line];
    let height = drawn.reduce((sum, shown) => sum + this.#rowsOf(shown), 0);
    while (height > (this.#paper.rows ?? 1) - 2) height -= this.#rowsOf(drawn.shift() ?? '');
    this.#drawn = drawn;
  }

  #rowsOf(line: string): number {
    // Colour codes take no columns. Wide characters are too rare here to matter.
    const width = stripVTControlCharacters(line).length;
    return Math.max(1, Math.ceil(width / (this.#paper.columns ?? 80)));
  }
}

function linesOf(message: ShownMessage): string[] {
  const head = message.speaker === undefined ? [] : [headOf(message.speaker, message.atMs)];
  return [
    ...head,
    ...message.content.split('\n').map(styled),
    ...message.attachments.map(({ name }) => fileLine(name)),
  ];
}

function headOf(speaker: string, atMs: number): string {
  return styled(`**${speaker}** · <t:${Math.floor(atMs / 1000)}:T>`);
}

function fileLine(name: string): string {
  return styleText('cyan', `[file] ${name}`);
}

/** The index of the last occurrence of a run of lines, or -1. */
function findRun(lines: readonly string[], run: readonly string[]): number {
  for (let from = lines.length - run.length; from >= 0; from -= 1) {
    if (run.every((line, index) => lines[from + index] === line)) return from;
  }
  return -1;
}
