export const usage = {
  notAllowed: 'Whoever runs me lets me work in certain servers only, and this is not one of them, so I leave.',
  usedUp:
    'This server has used up its minutes of this month. They begin anew on the first of the next (UTC); `/usage` shows managers what was used.',
  filesUsedUp: 'This server has used up its minutes of this month; they begin anew on the first of the next (UTC).',
  nearly:
    'This server has used more than 80 % of its minutes of this month. When they are used up, meetings end. `/usage` shows managers what was used.',
  ends: 'This server has used up its minutes of this month: the meeting ends here, the minutes follow.',
  head: '**What this server used in {month}** (UTC)',
  total: '{used} minutes of audio; there is no limit.',
  totalOf: '{used} of {limit} minutes of audio ({percent} %).',
  kinds:
    'Meetings: {meetings} · audio files: {files}. Every speaker counts on their own, pauses while the recogniser listens included.',
};
