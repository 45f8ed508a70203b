export const live = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Connection lost, trying again…',
  over: 'The meeting is over.',
  ended: 'You may not read this any more.',
  closed: 'This link has ended. Press “Live page” on the meeting’s panel for a new one.',
  gaveWay: 'You have opened this page more often than five times, so this one stopped. Load it again to read on here.',
  stopped: 'This page has stopped. Load it again to read on.',
  later: 'Too much was asked for at once, or Discord does not answer. Load this page again in some seconds.',
  textSize: 'Text size',
  smaller: 'Smaller text',
  larger: 'Larger text',
  noScript: 'This page needs JavaScript.',
  nothing:
    'There is nothing to see here. The link may be too old: press “Live page” on the meeting’s panel for a new one.',
  notForYou: 'The live page is for those who may read the channel that this meeting is written in.',
  invitation:
    'A page that shows what is said, growing, in the language you chose under “My language”. The link is yours alone: whoever has it reads along. It works for twelve hours; “Close my links” ends it sooner.',
  closeMine: 'Close my links',
  closeAll: 'Close all links',
  closedMine:
    '{count, plural, =0 {You have no link to this meeting’s live page.} one {Your link is closed, and pages that it opened have ended.} other {Your # links are closed, and pages that they opened have ended.}}',
  closedAll:
    '{count, plural, =0 {There are no links to this meeting’s live page.} one {One link to this meeting’s live page is closed, and pages that it opened have ended.} other {All # links to this meeting’s live page are closed, and pages that they opened have ended.}}',
  mayNotCloseAll: 'Only who manages this server may close the links of others.',
};
