import { ButtonStyle, ComponentType } from 'discord.js';
import type { Answer, Ask } from '../../src/discord/interactions/command.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext, ParleyControl } from '../shared/context.ts';
import { erasePerson } from './erase-person.ts';
import { receiptText } from './receipt.ts';

const ERASE = { id: 'c1:erase' };
const KEEP = { id: 'c1:keep' };

/** The members whose erasure is under way: pressing the button twice erases once. */
const underWay = new Set<string>();

/** `/privacy forget-me`: says what would be erased, and asks. */
export async function forgetMe(
  { guildId, user }: Ask,
  { archive, sessions, apiKeys }: CommandContext,
  words: Words,
): Promise<Answer> {
  const meetings = (await archive.meetingsOf(guildId, user.id)).length;
  const mentions = (await archive.mentionsOf(guildId, user.id)).length;
  if (meetings === 0 && mentions === 0) {
    const browsers = await sessions.endAllOf(user.id);
    const keys = await apiKeys.revokeAllOf(guildId, user.id);
    return [
      words.t('privacy.nothing'),
      ...(keys === 0 ? [] : [words.t('privacy.keysRevoked', { keys })]),
      ...(browsers === 0 ? [] : [words.t('privacy.signedOut', { browsers })]),
    ].join(' ');
  }
  const messages = (await archive.messagesOf(guildId, user.id)).length + mentions;
  const button = (control: { id: string }, label: string, style: ButtonStyle.Danger | ButtonStyle.Secondary) =>
    ({ type: ComponentType.Button, style, label, custom_id: `${control.id}:` }) as const;
  return {
    content: [
      words.t('privacy.question', { meetings, messages }),
      ...((await apiKeys.listOf(guildId, user.id)).length > 0 ? [words.t('privacy.alsoRevokesKeys')] : []),
      ...((await sessions.countOf(user.id)) > 0 ? [words.t('privacy.alsoSignsOut')] : []),
    ].join(' '),
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          button(ERASE, words.t('privacy.erase'), ButtonStyle.Danger),
          button(KEEP, words.t('privacy.keep'), ButtonStyle.Secondary),
        ],
      },
    ],
  };
}

/** The buttons under the question, which only the asker sees. */
export const eraseMe: ParleyControl = {
  kind: 'button',
  ...ERASE,
  answers: 'in place',
  async run({ guild, guildId, user }, _concerns, context, words) {
    const whose = `${guildId} ${user.id}`;
    if (underWay.has(whose)) return words.t('privacy.underWay');
    underWay.add(whose);
    try {
      const receipt = await erasePerson(guildId, user.id, context);
      const { timeZone } = await context.settings.guild(guildId);
      const text = receiptText(receipt, { name: guild.name, timeZone }, words);
      const file = { name: `receipt-${receipt.id}.txt`, bytes: Buffer.from(text.file) };
      return { content: text.message, files: [file], components: [] };
    } finally {
      underWay.delete(whose);
    }
  },
};

export const keepMine: ParleyControl = {
  kind: 'button',
  ...KEEP,
  answers: 'in place',
  run: async (_pressed, _concerns, _context, words) => words.t('privacy.kept'),
};
