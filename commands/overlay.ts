import { InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { noteAccess } from '../src/core/access-log.ts';
import { readLanguage, suggestLanguage } from '../src/discord/formatting/languages.ts';
import type { Ask } from '../src/discord/interactions/command.ts';
import { mayManage } from '../src/discord/permissions/steering.ts';
import type { Words } from '../src/i18n/words.ts';
import type { ParleyCommand } from './shared/context.ts';
import { unreadableLanguage } from './shared/wording.ts';

const LINES = 2;
const SIZE_PX = 44; // suits a picture of 1080 lines

const definition = new SlashCommandBuilder()
  .setName('overlay')
  .setDescription('Show the last lines of a meeting in the picture of a stream')
  .setContexts(InteractionContextType.Guild)
  .addSubcommand((link) =>
    link
      .setName('link')
      .setDescription('Get the address for a browser source, for example in OBS')
      .addStringOption((language) =>
        language
          .setName('language')
          .setDescription('In which language; by default as it is spoken')
          .setAutocomplete(true),
      )
      .addIntegerOption((lines) =>
        lines.setName('lines').setDescription('How many lines; by default two').setMinValue(1).setMaxValue(6),
      )
      .addStringOption((position) =>
        position
          .setName('position')
          .setDescription('Where in the picture; by default at the bottom')
          .addChoices({ name: 'bottom', value: 'bottom' }, { name: 'top', value: 'top' }),
      ),
  )
  .addSubcommand((close) => close.setName('close').setDescription('End all overlays of the running meeting'))
  .toJSON();

/** `/overlay`: gives managers of a server the address of a page for streaming programs, and takes it back. */
export const overlay: ParleyCommand = {
  definition,
  async run(ask, context, words) {
    const { liveLinks, meetings, readers, settings, log } = context;
    if (!liveLinks) return words.t('overlay.noPages');
    const head = meetings.meetingOf(ask.guildId)?.head;
    const isManager = await mayManage(ask.member, settings);
    if (!head) return words.t(isManager ? 'transcribe.nothingRuns' : 'overlay.mayNot');
    const guest = { guildId: ask.guildId, meetingId: head.id, userId: ask.user.id, shows: 'overlay' } as const;
    if (!isManager || !(await readers.mayReadText(ask.member, head))) {
      noteAccess(log, { what: 'overlay', outcome: 'refused', ...guest });
      return words.t('overlay.mayNot');
    }
    if (ask.options.getSubcommand() === 'close') {
      const count = await liveLinks.closeAll(guest);
      noteAccess(log, { what: 'overlay', outcome: 'ended', ...guest });
      return words.t('overlay.closed', { count });
    }
    return await link(
      ask,
      async () => {
        noteAccess(log, { what: 'overlay', outcome: 'allowed', ...guest });
        return await liveLinks.invite(guest);
      },
      words,
    );
  },
  complete(typing, _context, words) {
    return suggestLanguage(typing.options.getFocused(), words);
  },
};

async function link(ask: Ask, invite: () => Promise<string>, words: Words): Promise<string> {
  const typed = ask.options.getString('language')?.trim() ?? '';
  const language = typed === '' ? undefined : readLanguage(typed);
  if (typed !== '' && language === undefined) return unreadableLanguage(words, typed);
  const url = new URL(await invite());
  if (language !== undefined) url.searchParams.set('in', language);
  url.searchParams.set('lines', `${ask.options.getInteger('lines') ?? LINES}`);
  url.searchParams.set('position', ask.options.getString('position') ?? 'bottom');
  url.searchParams.set('size', `${SIZE_PX}`);
  return words.t('overlay.link', { url: url.href });
}
