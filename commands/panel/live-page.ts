import { ButtonStyle, ComponentType } from 'discord.js';
import { noteAccess } from '../../src/core/access-log.ts';
import { PANEL_IDS } from '../../src/discord/panel-ids.ts';
import type { ParleyControl } from '../context.ts';

/** A link of their own to the live page, for those who may read the meeting's text channel. */
export const livePageButton: ParleyControl = {
  kind: 'button',
  id: PANEL_IDS.live,
  answers: 'alone',
  async run(pressed, meetingId, { meetings, readers, inviteToLivePage, log }, words) {
    const head = meetings.of(pressed.guildId)?.head;
    if (head?.id !== meetingId) return words.t('panel.otherMeeting');
    if (!inviteToLivePage) return words.t('router.outdatedControl');
    const isReader = await readers.mayReadText(pressed.member, head);
    const whose = { guildId: pressed.guildId, userId: pressed.user.id, meetingId };
    noteAccess(log, { what: 'live link', outcome: isReader ? 'allowed' : 'refused', ...whose });
    if (!isReader) return words.t('live.notForYou');
    const url = inviteToLivePage({ guildId: pressed.guildId, meetingId, userId: pressed.user.id });
    const link = {
      type: ComponentType.Button,
      style: ButtonStyle.Link,
      label: words.t('panel.livePage'),
      url,
    } as const;
    return {
      content: words.t('live.invitation'),
      components: [{ type: ComponentType.ActionRow, components: [link] }],
    };
  },
};
