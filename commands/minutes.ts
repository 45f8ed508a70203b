import { suggestLanguage } from '../src/discord/formatting/languages.ts';
import { channel } from './minutes/channel.ts';
import { definition } from './minutes/definition.ts';
import { deleteMeeting, mayDelete } from './minutes/delete.ts';
import { exportFile } from './minutes/export.ts';
import { list } from './minutes/list.ts';
import { newestMeetings, readableMeetings, suggestMeetings } from './minutes/past-meetings.ts';
import { renameSpeaker, suggestSpeakers } from './minutes/rename-speaker.ts';
import { retention } from './minutes/retention.ts';
import { search } from './minutes/search.ts';
import { latest, show } from './minutes/show.ts';
import type { ParleyCommand } from './shared/context.ts';

/** `/minutes`: sets where minutes are posted, and shows those of past meetings. */
export const minutes: ParleyCommand = {
  definition,
  async run(ask, context, words) {
    switch (ask.options.getSubcommand()) {
      case 'channel':
        return await channel(ask, context, words);
      case 'latest':
        return await latest(ask, context, words);
      case 'list':
        return await list(ask.member, context, ask.options.getInteger('page') ?? 1, words);
      case 'search':
        return await search(ask, context, words);
      case 'export':
        return await exportFile(ask, context, words);
      case 'delete':
        return await deleteMeeting(ask, context, words);
      case 'rename-speaker':
        return await renameSpeaker(ask, context, words);
      case 'retention':
        return await retention(ask, context, words);
      default:
        return await show(ask, context, ask.options.getString('meeting', true), words);
    }
  },
  async complete(typing, context, words) {
    const { name, value } = typing.options.getFocused(true);
    if (name === 'language') return suggestLanguage(value, words);
    if (name === 'speaker') {
      const { member, guildId } = typing;
      return await suggestSpeakers({ member, guildId }, context, typing.options.getString('meeting') ?? '', value);
    }
    const guild = await context.settings.guild(typing.guildId);
    const heads =
      typing.options.getSubcommand() === 'delete'
        ? (await newestMeetings(typing.guildId, context)).filter((head) => mayDelete(typing.member, head, guild))
        : await readableMeetings(typing.member, context);
    return suggestMeetings(heads, value, guild.timeZone);
  },
};
