import { dayIn } from '../../src/core/time/day.ts';
import { escapeInline } from '../../src/discord/formatting/escape.ts';
import { MAX_CONTENT_WITH_MARGIN } from '../../src/discord/formatting/limits.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { Receipt } from './erase-person.ts';
import { onDiskLines } from './on-disk.ts';

const MAX_TITLE = 60;

/** The receipt as a message, and complete as a text file. */
export function receiptText(
  receipt: Receipt,
  server: { readonly name: string; readonly timeZone: string | undefined },
  words: Words,
): { message: string; file: string } {
  const { id, at, guildId, texts, stays, meetings, messages, mentions, leftMessages, minutesRewritten, leftMinutes } =
    receipt;
  const url = (channelId: string, messageId: string) =>
    `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
  const counts = [
    words.t('privacy.texts', { count: texts }),
    words.t('privacy.stays', { count: stays, meetings }),
    words.t('privacy.messages', messages),
    words.t('privacy.mentions', mentions),
    words.t('privacy.minutes', { edited: minutesRewritten, left: leftMinutes.length }),
    ...(receipt.keys === 0 ? [] : [words.t('privacy.keysRevoked', { keys: receipt.keys })]),
    ...(receipt.browsers === 0 ? [] : [words.t('privacy.signedOut', { browsers: receipt.browsers })]),
  ];
  const left = [
    ...leftMessages.map(({ channelId, messageId }) => ({
      text: url(channelId, messageId),
      safe: `<${url(channelId, messageId)}>`,
    })),
    ...leftMinutes.map(({ title, beganAt, places }) => {
      const [place] = places?.minutes ?? [];
      if (place) {
        const address = url(place.channelId, place.messageId);
        return { text: address, safe: `<${address}>` };
      }
      const when = dayIn(beganAt, server.timeZone);
      const short = title.slice(0, MAX_TITLE).toWellFormed();
      return {
        text: words.t('privacy.unknownMinutes', { title: short, when }),
        safe: words.t('privacy.unknownMinutes', { title: escapeInline(short), when }),
      };
    }),
  ];
  const end = [
    ...onDiskLines(receipt.onDisk, words),
    words.t('privacy.others'),
    ...(receipt.isInMeeting ? [words.t('privacy.stillHeard')] : []),
  ];
  const head = words.t('privacy.receipt', { id });
  const file = [
    head,
    words.t('privacy.when', { when: at.toISOString() }),
    words.t('privacy.server', { name: server.name }),
    '',
    ...counts,
    ...(left.length === 0 ? [] : ['', words.t('privacy.left'), ...left.map(({ text }) => text)]),
    '',
    ...end,
    '',
  ].join('\n');
  const lines = [`**${head}**`, ...counts.map((line) => `• ${line}`)];
  const links = left.length === 0 ? [] : [words.t('privacy.left')];
  let room = MAX_CONTENT_WITH_MARGIN - [...lines, ...links, ...end].join('\n').length;
  for (const { safe } of left) {
    room -= safe.length + 3;
    if (room < 0) break; // the file lists all of them
    links.push(`• ${safe}`);
  }
  return { message: [...lines, ...links, ...end].join('\n'), file };
}
