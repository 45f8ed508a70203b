export const privacy = {
  policyHeard:
    '**What I hear.** Only while a meeting is transcribed: its panel says so, who joins later is told. Never who opted out, never during a pause: their sound is dropped before it is decoded. Voice messages, when a member asks for it: not yours after an opt-out.',
  policyOptIn: 'In this server only people who said yes are heard.',
  policyGoes:
    '**Where it goes.** Each person’s sound is streamed to the speech recogniser (Palabra) while they speak. I never store it. Texts go to the channel and, where whoever runs me has set it up, to a language model for summaries. Where a manager set it, minutes are sent on to another service.',
  policyKept:
    '**What is kept.** Texts, translations, who was there and when, for the minutes, {days, plural, =0 {until somebody deletes them} one {for one day} other {for # days}}; in the database of whoever runs me, for members who could read or hear the meeting.',
  policySentOn: 'Minutes of meetings are sent on to {host}, outside of Discord.',
  policyRights:
    '**Your rights.** `/privacy opt-out`: not heard from now on. `/privacy opt-in`: heard again. `/privacy forget-me`: what you said in this server is erased, also in messages of mine, with a receipt. What is left then is named there.',
  nothing: 'I keep nothing of yours in this server: no words, and no meeting in which you were.',
  question:
    'Erase for good what you said in this server? It is in {meetings, plural, one {# meeting} other {# meetings}}, and in {messages, plural, one {# message} other {# messages}} of mine. Your words, their translations, your name and when you were there go; summaries of those meetings go, too. There is no way back.',
  erase: 'Erase for good',
  keep: 'Keep everything',
  kept: 'Nothing was erased.',
  underWay: 'That is being done already: the receipt comes here.',
  receipt: 'Receipt {id}',
  when: 'Erased: {when}',
  server: 'Server: {name}',
  texts:
    '{count, plural, one {# text} other {# texts}} of yours, with their translations and what of them could be searched',
  stays:
    '{count, plural, one {# stay} other {# stays}} in {meetings, plural, one {# meeting} other {# meetings}}, with your name',
  messages:
    'Messages of mine: {deleted} deleted, {edited} edited so that only the others’ words stand there, {gone} were gone already, {left} left',
  minutes: 'Minutes in Discord: {edited} written anew without you, {left} left',
  left: 'What is left I could not change; a moderator can delete it:',
  unknownMinutes: 'Minutes of “{title}”, {when}: where they stand is not known to me any more',
  others: 'Not reached: files that people saved, backups, what others said about you, and who started a meeting.',
  stillHeard:
    'A meeting is running: what you say from now on is kept again. `/privacy opt-out` keeps me from hearing you.',
  diskLog:
    'Under way: somebody reads the database just now, a backup perhaps, so what was erased can still stand in its write-ahead file. I try every minute until that is overwritten.',
  diskRows: 'Under way: the database keeps erased rows on its disk until its next vacuum.',
  mentions:
    'Replies to your voice messages, greetings and notices with your name: {deleted} deleted, {edited} edited, {gone} were gone already, {left} left',
  nameless:
    'Members who came later were told here that they are transcribed. Their names were taken out at the wish of one of them.',
};
