import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { noteAccess } from '../../src/core/access-log.ts';
import type { MeetingId } from '../../src/core/ids.ts';
import type { MeetingHead } from '../../src/core/record.ts';
import { customId } from '../../src/discord/interactions/control.ts';
import { PANEL_IDS } from '../../src/discord/panel/ids.ts';
import { mayManage } from '../../src/discord/permissions/steering.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { Asker, CommandContext } from './context.ts';

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/**
 * A personal link to the page of a meeting, running or over, with buttons that end such links.
 *
 * @returns `undefined` for members who may not read the channel in which the meeting was transcribed, and where there are no pages
 */
export async function pageLink(
  asker: Asker,
  head: MeetingHead,
  context: Pick<CommandContext, 'readers' | 'liveLinks' | 'settings' | 'log'>,
  words: Words,
): Promise<Row | undefined> {
  const { readers, liveLinks, log } = context;
  if (!liveLinks || !(await readers.mayReadText(asker.member, head))) return undefined;
  const guest = { guildId: asker.guildId, meetingId: head.id, userId: asker.member.id };
  noteAccess(log, { what: 'live link', outcome: 'allowed', ...guest });
  const url = await liveLinks.invite(guest);
  return await linkRow(asker, { url, label: words.t('live.openPage'), meetingId: head.id }, context, words);
}

interface PageAddress {
  readonly url: string;
  readonly label: string;
  readonly meetingId: MeetingId;
}

/** A link, a button that ends the asker's links to this meeting, and for managers of the server one that ends all links to it. */
export async function linkRow(
  { member }: Pick<Asker, 'member'>,
  { url, label, meetingId }: PageAddress,
  { settings }: Pick<CommandContext, 'settings'>,
  words: Words,
): Promise<Row> {
  const closing = (id: string, text: string): APIButtonComponent => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: text,
    custom_id: customId({ id }, meetingId),
  });
  const link: APIButtonComponent = { type: ComponentType.Button, style: ButtonStyle.Link, label, url };
  const mine = closing(PANEL_IDS.closeMyLinks, words.t('live.closeMine'));
  const all = closing(PANEL_IDS.closeAllLinks, words.t('live.closeAll'));
  const isManager = await mayManage(member, settings);
  return { type: ComponentType.ActionRow, components: isManager ? [link, mine, all] : [link, mine] };
}
