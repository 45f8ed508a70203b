import { describe, expect, it } from 'vitest';
import { escapeInline } from '../../../src/minutes/text/escape.ts';
import { escapeChat } from '../../../src/minutes/text/escape-chat.ts';
import { minutesMessage } from '../../../src/minutes/text/minutes-message.ts';
import { makeFinal, makeHead } from '../../support/make.ts';

const INVISIBLE = '\u200b';
/** Undoes the three escapes of Slack, the only ones that it knows. */
const read = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const HOSTILE = [
  '<!channel>',
  '<!subteam^S123|all>',
  '<@U123>',
  '<https://evil.example|Payroll>',
  '&lt;!here&gt;',
  '@here',
  '[Payroll](https://evil.example)',
  'a & b',
];

describe('the text for a chat program', () => {
  it.each([
    ['a call to everybody', '<!channel>', '&lt;!channel&gt;'],
    ['a link under other words', '<https://evil.example|Payroll>', '&lt;https://evil.example|Payroll&gt;'],
    ['text that is already escaped', '&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['an at sign', 'ask @channel', `ask @${INVISIBLE}channel`],
    ['a link of Markdown', '[Payroll](https://evil.example)', `[Payroll]${INVISIBLE}(https://evil.example)`],
    ['a link in two parts', '[Payroll][1] [1]: x', `[Payroll]${INVISIBLE}[1] [1]${INVISIBLE}: x`],
    [
      'a time and a link that Parley made',
      '[00:00:01] https://discord.com/channels/1/2/3',
      '[00:00:01] https://discord.com/channels/1/2/3',
    ],
  ])('shows %s unchanged to the reader', (_, said, sent) => {
    expect(escapeChat(said)).toBe(sent);
  });

  it('runs nothing in a wiki that runs the content of braces', () => {
    expect(escapeInline('{process.exit()} {{ config }} {% raw %}')).toBe(
      String.raw`\{process.exit()\} \{\{ config \}\} \{% raw %\}`,
    );
  });

  it('shows names, titles and words unchanged and obeys none of them', () => {
    const message = minutesMessage(
      {
        head: makeHead({ title: '<!everyone> Weekly', voiceChannelName: '<#C1|voice>' }),
        endedMs: 60_000,
        ending: 'stopped',
        attendance: HOSTILE.map((displayName, n) => ({ speakerId: `${100 + n}`, displayName, joinedMs: 0 })),
        finals: Array.from({ length: 24 }, (_, n) =>
          makeFinal({
            utteranceId: `u${n}`,
            speakerId: `${100 + (n % 8)}`,
            startMs: n * 1_000,
            endMs: n * 1_000 + 900,
            text: `${HOSTILE[n % 8]} waits for the parser of the release number ${n}`,
          }),
        ),
        translations: [],
        gaps: [],
        messages: [],
      },
      { locale: 'en-US' },
    );
    const { text, minutes } = JSON.parse(message);
    expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)|@(?!\u200b)|\]\(/);
    for (const name of HOSTILE) expect(read(text).replaceAll(INVISIBLE, '')).toContain(`${name}: `);
    expect(read(text)).toMatch(/^- .*: “.* waits for the parser/m); // a quote
    expect(minutes.people.map(({ name }: { name: string }) => name)).toEqual(HOSTILE); // data
  });
});
