export const live = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Connection lost, trying again…',
  over: 'The meeting is over.',
  ended: 'You may not read this any more.',
  textSize: 'Text size',
  smaller: 'Smaller text',
  larger: 'Larger text',
  noScript: 'This page needs JavaScript.',
  nothing:
    'There is nothing to see here. The link may be too old: press “Live page” on the meeting’s panel for a new one.',
  notForYou: 'The live page is for those who may read the channel that this meeting is written in.',
  invitation:
    'A page that shows what is said, growing, in the language you chose under “My language”. The link is yours alone: whoever has it reads along. It works for twelve hours.',
};
