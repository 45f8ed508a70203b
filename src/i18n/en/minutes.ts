export const minutes = {
  channelDefault:
    'Minutes are posted where the transcript is. `/minutes channel channel:…` gives them a channel of their own.',
  channelIs: 'Minutes are posted in {channel}.',
  channelOff: 'From now on minutes are posted where the transcript is.',
  channelSet: 'From now on minutes are posted in {channel}.',
  stillRuns: 'This meeting still runs: `/transcribe stop` ends it, then it can be deleted.',
  erased:
    'Erased for good: **{title}** of {moment}: {count, plural, one {one piece of text} other {# pieces of text}}, who was there, and what of it could be searched.',
  erasedRest:
    'What I posted in Discord’s channels, and files that people saved, are not mine to find again: a moderator can delete the messages.',
  mayNotDelete:
    'A meeting is deleted by who started it, or by people who may manage the server (**Manage Server**): ask one of them.',
  unknownFormat: 'I do not know this kind of file any more: pick another one.',
  tooLarge:
    'The file is too large for this server: {size} MB, and Discord takes {most} MB. Captions and plain text are the smallest.',
  listHead: 'Meetings, newest first. `/minutes show` opens one.',
  page: 'Page {page} of {pages}.',
  runningNow: 'running now',
  noneYet: 'There are no meetings here that you could read yet.',
  noSuch: 'I know no such meeting here: pick one from the suggestions, or see `/minutes list`.',
  keptForever: 'Meetings are kept until somebody deletes them.',
  keptFor: 'Meetings are kept for {days, plural, one {one day} other {# days}} after their end.',
  keepChange: '`/minutes retention days:…` changes it.',
  serverManagers: 'This is for people who may manage the server (**Manage Server**): ask one of them.',
  nothingErased: 'From now on nothing is erased by itself.',
  olderErased:
    'Older ones are erased for good within two hours, and from then on every day; `/minutes retention days:0` before that stops it.',
  badSince: 'I cannot read “{typed}” as a time: give a date like `2026-11-23`, or `12h`, `7d`, `2w`.',
  needWord: 'Give me a word to look for: signs and emoji alone are not kept in the index.',
  foundNothing: 'I found nothing in the meetings that you may read. Fewer words find more.',
  moreHits: 'There is more: add words, or `speaker`, `since`, `language`.',
  hitsHead: 'What was said, newest first. `/minutes show` opens a meeting.',
  inLanguage: 'in {language}',
  filesBusy: 'Several files are being made right now: try again in a minute. Captions, text and Markdown come at once.',
  fileLate: 'I could not make this file in time. Captions, text and Markdown come at once.',
};
