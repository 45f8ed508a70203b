import { noteAccess } from '../../src/core/access-log.ts';
import { PANEL_IDS } from '../../src/discord/panel/ids.ts';
import { mayManage } from '../../src/discord/permissions/steering.ts';
import type { ParleyControl } from '../shared/context.ts';
import { linkRow } from '../shared/page-link.ts';

/** Gives a personal link to the live page to members who may read the meeting's text channel. */
export const livePageButton: ParleyControl = {
  kind: 'button',
  id: PANEL_IDS.live,
  answers: 'alone',
  async run(pressed, meetingId, { meetings, readers, liveLinks, settings, log }, words) {
    const head = meetings.meetingOf(pressed.guildId)?.head;
    if (head?.id !== meetingId) return words.t('panel.otherMeeting');
    if (!liveLinks) return words.t('router.outdatedControl');
    const isReader = await readers.mayReadText(pressed.member, head);
    const guest = { guildId: pressed.guildId, meetingId, userId: pressed.user.id };
    noteAccess(log, { what: 'live link', outcome: isReader ? 'allowed' : 'refused', ...guest });
    if (!isReader) return words.t('live.notForYou');
    const url = await liveLinks.invite(guest);
    const address = { url, label: words.t('panel.livePage'), meetingId };
    const row = await linkRow(pressed, address, { settings }, words);
    return { content: words.t('live.invitation'), components: [row] };
  },
};

/** Ends the asker's own links to a meeting, even when the meeting is over. */
export const closeMyLinksButton: ParleyControl = {
  kind: 'button',
  id: PANEL_IDS.closeMyLinks,
  answers: 'alone',
  async run(pressed, meetingId, { liveLinks, log }, words) {
    if (!liveLinks) return words.t('router.outdatedControl');
    const guest = { guildId: pressed.guildId, meetingId, userId: pressed.user.id };
    const count = await liveLinks.close(guest);
    noteAccess(log, { what: 'live link', outcome: 'ended', ...guest });
    return words.t('live.closedMine', { count });
  },
};

/** Ends all links to a meeting, if the asker manages the server. */
export const closeAllLinksButton: ParleyControl = {
  kind: 'button',
  id: PANEL_IDS.closeAllLinks,
  answers: 'alone',
  async run(pressed, meetingId, { liveLinks, settings, log }, words) {
    if (!liveLinks) return words.t('router.outdatedControl');
    const asker = { guildId: pressed.guildId, meetingId, userId: pressed.user.id };
    if (!(await mayManage(pressed.member, settings))) {
      noteAccess(log, { what: 'live link', outcome: 'refused', ...asker });
      return words.t('live.mayNotCloseAll');
    }
    const count = await liveLinks.closeAll(asker);
    noteAccess(log, { what: 'live link', outcome: 'ended', ...asker });
    return words.t('live.closedAll', { count });
  },
};
