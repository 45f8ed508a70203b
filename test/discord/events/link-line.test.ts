import { describe, expect, it } from 'vitest';
import { withLink, withoutLink } from '../../../src/discord/events/link-line.ts';

const LINK = 'https://discord.com/channels/1/22/333';
const LINE = `📝 Transcript: ${LINK}`;

describe('the link in the description of an event', () => {
  it('follows what the author wrote', () => {
    expect(withLink('Chapter 1\n\nBring tea', `Transcript: ${LINK}`, '1')).toBe(`Chapter 1\n\nBring tea\n\n${LINE}`);
  });

  it('stands alone where the author wrote nothing', () => {
    expect(withLink('', `Transcript: ${LINK}`, '1')).toBe(LINE);
  });

  it.each(['', 'Chapter 1', 'Chapter 1\n', 'Two\n\n\nthree\n\n'])(
    'takes the place of the one before, after %j',
    (text) => {
      const first = withLink(text, `Transcript: ${LINK}`, '1') ?? '';
      const second = withLink(first, 'Minutes: https://discord.com/channels/1/5/6', '1') ?? '';
      expect(second).toBe(withLink(text, 'Minutes: https://discord.com/channels/1/5/6', '1'));
      expect(withoutLink(second, '1')).toBe(text);
    },
  );

  it.each([
    'See https://discord.com/channels/1/22/333',
    `📝 Transcript: ${LINK} (mine)`,
    '📝 Transcript: https://discord.com/channels/9/22/333',
    '📝 Transcript: https://evil.example/channels/1/22/333',
    `${LINE}\nand more`,
    '📝 notes',
  ])('is not taken for the author’s %j', (text) => {
    expect(withoutLink(text, '1')).toBe(text);
  });

  it('gives way when there is no room beside the author’s words', () => {
    const room = 1_000 - LINE.length - 2;
    expect(withLink('x'.repeat(room), `Transcript: ${LINK}`, '1')).toHaveLength(1_000);
    expect(withLink('x'.repeat(room + 1), `Transcript: ${LINK}`, '1')).toBeUndefined();
  });
});
