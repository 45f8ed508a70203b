/** The content of a journal to search in, the same for both databases. */

export const SEGMENTS_PER_MEETING = 2_000;
const MEETINGS_PER_GUILD = 1_000;
export const WORDS_PER_SEGMENT = 12;
export const VOCABULARY = 20_000;
export const SPEAKERS = 10;
export const SEGMENT_MS = 3_600;
export const FIRST_MEETING = new Date('2026-01-01T10:00:00Z');
export const MEETING_EVERY_MS = 3 * 3_600_000;

const OFFSET = 0x1_00_00; // makes all words equally long
const LETTERS = 'bcdfghjklmnpqrst'; // for the hexadecimal digits

/** A word by its rank. Rank 1 is the most common. */
export function word(rank: number): string {
  return [...(rank + OFFSET).toString(16)].map((digit) => LETTERS[Number.parseInt(digit, 16)]).join('');
}

export function wordInSql(rank: string): string {
  return `translate(to_hex((${rank}) + ${OFFSET}), '0123456789abcdef', '${LETTERS}')`;
}

/** A random rank. Half of all words are among the 141 most common, as in natural languages (Zipf's law). */
export function rankOf(random: number): number {
  return Math.floor(VOCABULARY ** random);
}

export function rankInSql(): string {
  return `floor(${VOCABULARY} ^ random())::int`;
}

/** The server of a meeting: the first thousand belong to one server, the others are mixed. */
export function guildOf(meeting: number): string {
  return String(meeting < MEETINGS_PER_GUILD ? 0 : meeting % 5);
}
