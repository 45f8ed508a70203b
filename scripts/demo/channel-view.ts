import { stripVTControlCharacters, styleText } from 'node:util';
import { styled } from './styled.ts';

/** What of a message the view shows. */
export interface ShownMessage {
  readonly id: string;
  readonly content: string;
  /** Whoever it stands under, when that is a speaker and not the bot. */
  readonly speaker?: string;
  readonly atMs: number; // since 1970
  readonly attachments: readonly { readonly name: string }[];
}

/** Where the view is drawn: a terminal's height and width, or neither when the output is piped. */
export interface Paper {
  write(text: string): void;
  readonly rows?: number;
  readonly columns?: number;
}

const ESC = '\u001b';

/** A line that its speaker is still in the middle of. */
const GROWING = /\*…\*$/;

/**
 * A text channel in a terminal, as it fills and as its messages are edited.
 *
 * On a terminal, what is still on the screen is drawn again in place. Piped, what is still growing is left out, and an edit
 * adds lines of its own that name the speaker they belong to.
 */
export class ChannelView {
  readonly #messages = new Map<string, ShownMessage>();
  readonly #begun = new Set<string>(); // speakers' messages of which something stands here
  readonly #paper: Paper;
  #drawn: readonly string[] = []; // what of the screen may still change

  constructor(paper: Paper) {
    this.#paper = paper;
  }

  show(message: ShownMessage): void {
    const before = this.#messages.get(message.id);
    this.#messages.set(message.id, message);
    if (this.#paper.rows === undefined) this.#append(message, before);
    else this.#draw(linesOf(message), before && linesOf(before));
  }

  /** Writes something that is not of the channel; it scrolls away with it. */
  note(text: string): void {
    for (const line of text.split('\n')) this.#put(styleText('dim', line));
  }

  #append(message: ShownMessage, before: ShownMessage | undefined): void {
    const known = new Set(before?.content.split('\n'));
    let speaker = message.speaker ?? '';
    for (const line of message.content.split('\n')) {
      speaker = /^\*\*(.+)\*\* · /.exec(line)?.[1] ?? speaker;
      if (GROWING.test(line)) continue;
      if (speaker !== '' && speaker === message.speaker && !this.#begun.has(message.id)) {
        this.#begun.add(message.id);
        this.#put(headOf(speaker, message.atMs));
        this.#put(styled(line));
      } else if (!before) this.#put(styled(line));
      // The panel's numbers change all the time: only what somebody said is worth a line.
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
    if (from === -1) return; // scrolled out of sight
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
    // Colours take no room; wide characters are rare enough here not to be counted.
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

/** Where a run of lines stands, the last one; -1 when it does not. */
function findRun(lines: readonly string[], run: readonly string[]): number {
  for (let from = lines.length - run.length; from >= 0; from -= 1) {
    if (run.every((line, index) => lines[from + index] === line)) return from;
  }
  return -1;
}
