/** How a line's head looks: who spoke, and when. */
const HEAD = /^\*\*(.+)\*\* · <t:(\d+):T>$/;
const NOTICE = /^ℹ️ /;

/** Whether lines of a transcript can be told apart in it at all. */
export function hasHeads(content: string): boolean {
  return content.split('\n').some((line) => HEAD.test(line));
}

/**
 * A transcript message without what one person said in it; what was not theirs stays as it is.
 *
 * @param isTheirs - whether what stands under a head is theirs; the name is as it was shown, escaped
 */
export function withoutLines(content: string, isTheirs: (name: string, atS: number) => boolean): string {
  const kept: string[] = [];
  let isKept = true;
  for (const line of content.split('\n')) {
    const [, name, atS] = HEAD.exec(line) ?? [];
    if (name !== undefined) isKept = !isTheirs(name, Number(atS));
    else if (NOTICE.test(line)) isKept = true;
    if (isKept) kept.push(line);
  }
  return kept.join('\n').trim();
}

/** A transcript message without the bot's own remarks in which one of these names stands; names as they are shown, escaped. */
export function withoutRemarks(content: string, names: readonly string[]): string {
  const isKept = (line: string) => !NOTICE.test(line) || !names.some((name) => line.includes(name));
  return content.split('\n').filter(isKept).join('\n').trim();
}
