import { type APIButtonComponent, ButtonStyle, ComponentType, type GuildMember } from 'discord.js';
import type { MeetingHead } from '../../src/core/record.ts';
import { escapeInline } from '../../src/discord/formatting/escape.ts';
import type { Answer } from '../../src/discord/interactions/command.ts';
import { customId } from '../../src/discord/interactions/control.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext, ParleyControl } from '../shared/context.ts';
import { momentOf, readableMeetings } from './past-meetings.ts';

const ON_A_PAGE = 10;

/** `/minutes list`: shows a page of the meetings that the member may read; beyond the last page, the last one. */
export async function list(
  member: GuildMember,
  context: CommandContext,
  wantedPage: number,
  words: Words,
): Promise<Answer> {
  const heads = await readableMeetings(member, context);
  if (heads.length === 0) return words.t('minutes.noneYet');
  const pages = Math.ceil(heads.length / ON_A_PAGE);
  const page = Math.min(Math.max(wantedPage, 1), pages);
  const runningId = context.meetings.meetingOf(member.guild.id)?.head.id;
  const lines = heads
    .slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE)
    .map((head) => `${lineOf(head)}${head.id === runningId ? ` · ${words.t('minutes.runningNow')}` : ''}`);
  const where = pages > 1 ? ` ${words.t('minutes.page', { page, pages })}` : '';
  const content = [words.t('minutes.listHead') + where, ...lines].join('\n');
  if (pages === 1) return content;
  const components = [
    turnTo(page - 1, page > 1, words.t('ofMinutes.newer')),
    turnTo(page + 1, page < pages, words.t('ofMinutes.older')),
  ];
  return { content, components: [{ type: ComponentType.ActionRow, components }] };
}

/** Turns the page in the same message, after checking again which meetings may be read. */
export const listButton: ParleyControl = {
  kind: 'button',
  id: 'm1:list',
  answers: 'in place',
  run: (pressed, page, context, words) => list(pressed.member, context, Number(page), words),
};

function turnTo(page: number, isThere: boolean, label: string): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: customId(listButton, `${page}`),
    label,
    disabled: !isThere,
  };
}

function lineOf(head: MeetingHead): string {
  return `• ${momentOf(head.beganAt, 'f')} **${escapeInline(head.title.slice(0, 60))}**, <#${head.voiceChannelId}>`;
}
