import { ChannelType, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { MeetingHead } from '../src/core/record.ts';
import type { Answer, Ask } from '../src/discord/command.ts';
import { escapeInline } from '../src/discord/escape.ts';
import { textProblem } from '../src/discord/preflight.ts';
import type { CommandContext, ParleyCommand } from './context.ts';
import { isManager, mayRead, mayReadAll, NOT_A_MANAGER } from './who-may.ts';

const LISTED = 10;
const SEARCHED = 50; // so many of the newest are looked through for those the asker may read
const NONE_YET = 'There are no meetings here that you could read yet.';

const definition = new SlashCommandBuilder()
  .setName('minutes')
  .setDescription('Minutes of meetings: where they go, and past ones')
  .setContexts(InteractionContextType.Guild)
  .addSubcommand((channel) =>
    channel
      .setName('channel')
      .setDescription('Show or set the channel where minutes are posted')
      .addChannelOption((to) =>
        to
          .setName('channel')
          .setDescription('Where minutes go from now on')
          .addChannelTypes(
            ChannelType.GuildText,
            ChannelType.GuildAnnouncement,
            ChannelType.PublicThread,
            ChannelType.PrivateThread,
          ),
      )
      .addBooleanOption((off) =>
        off.setName('off').setDescription('Post minutes where the transcript is instead of in a channel of their own'),
      ),
  )
  .addSubcommand((latest) =>
    latest.setName('latest').setDescription('Show the minutes of the last meeting, only to you'),
  )
  .addSubcommand((list) => list.setName('list').setDescription('List past meetings, only to you'))
  .addSubcommand((show) =>
    show
      .setName('show')
      .setDescription('Show the minutes of one meeting, only to you')
      .addStringOption((meeting) =>
        meeting.setName('meeting').setDescription('Which one').setRequired(true).setAutocomplete(true),
      ),
  )
  .toJSON();

/** `/minutes`: where they are posted, and those of past meetings. */
export const minutes: ParleyCommand = {
  definition,
  async run(ask, context) {
    switch (ask.options.getSubcommand()) {
      case 'channel':
        return await channel(ask, context);
      case 'latest':
        return await latest(ask, context);
      case 'list':
        return await list(ask, context);
      default:
        return await show(ask, context, ask.options.getString('meeting', true));
    }
  },
  async complete(typing, { journal }) {
    const wanted = typing.options.getFocused().toLowerCase();
    const heads = (await journal.list(typing.guildId, SEARCHED)).filter((head) => mayRead(typing.member, head));
    return heads
      .map((head) => ({ name: `${dayOf(head)} ${head.title}`.slice(0, 100).toWellFormed(), value: head.id }))
      .filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === wanted);
  },
};

async function channel(ask: Ask, { settings }: CommandContext): Promise<string> {
  const to = ask.options.getChannel('channel');
  const isOff = ask.options.getBoolean('off') === true;
  if (!to && !isOff) {
    const { minutesChannelId } = await settings.guild(ask.guildId);
    return minutesChannelId === undefined
      ? 'Minutes are posted where the transcript is. `/minutes channel channel:…` gives them a channel of their own.'
      : `Minutes are posted in <#${minutesChannelId}>.`;
  }
  if (!isManager(ask.member)) return NOT_A_MANAGER;
  if (isOff || !to) {
    await settings.changeGuild(ask.guildId, { minutesChannelId: undefined });
    return 'From now on minutes are posted where the transcript is.';
  }
  const known = ask.guild.channels.cache.get(to.id);
  if (!known) return 'I cannot see that channel: give my role **View Channel** there, then try again.';
  const problem = textProblem(known, await ask.guild.members.fetchMe());
  if (problem !== undefined) return problem;
  await settings.changeGuild(ask.guildId, { minutesChannelId: to.id });
  return `From now on minutes are posted in <#${to.id}>.`;
}

async function latest(ask: Ask, context: CommandContext): Promise<Answer> {
  const heads = await context.journal.list(ask.guildId, SEARCHED);
  const runningId = context.meetings.of(ask.guildId)?.head.id;
  const head = heads.find((one) => one.id !== runningId && mayRead(ask.member, one));
  return head ? await show(ask, context, head.id) : NONE_YET;
}

async function list(ask: Ask, { journal, meetings }: CommandContext): Promise<string> {
  const heads = (await journal.list(ask.guildId, SEARCHED)).filter((head) => mayRead(ask.member, head));
  if (heads.length === 0) return NONE_YET;
  const runningId = meetings.of(ask.guildId)?.head.id;
  const lines = heads.slice(0, LISTED).map((head) => {
    const at = `<t:${Math.floor(head.beganAt.getTime() / 1_000)}:f>`;
    const now = head.id === runningId ? ' · running now' : '';
    return `• ${at} **${escapeInline(head.title).slice(0, 100)}**, <#${head.voiceChannelId}>${now}`;
  });
  return ['Meetings, newest first. `/minutes show` opens one.', ...lines].join('\n');
}

async function show(ask: Ask, { journal, renderMinutes }: CommandContext, id: string): Promise<Answer> {
  const record = await journal.read(id);
  // The same words for "not yours" and "not there": an id says nothing about other servers.
  if (record?.head.guildId !== ask.guildId || !mayReadAll(ask.member, record)) {
    return 'I know no such meeting here: pick one from the suggestions, or see `/minutes list`.';
  }
  const { overview, files } = renderMinutes(record);
  return { content: overview, files };
}

function dayOf({ beganAt }: MeetingHead): string {
  return beganAt.toISOString().slice(0, 16).replace('T', ' ');
}
