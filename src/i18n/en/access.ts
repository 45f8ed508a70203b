export const access = {
  stage: '{channel} is a stage. I can only listen in ordinary voice channels: meet in one of those.',
  full: '{channel} is full ({limit, plural, one {# person} other {# people}}). Raise its user limit by one, or give me Move Members.',
  noMessages: '{channel} takes no messages: choose a text channel.',
  locked: '{channel} is locked: choose another channel.',
  missing:
    'In {channel} I lack {count, plural, one {the permission} other {the permissions}} {names}. Give it to my role in that channel’s settings, then try again.',
  ViewChannel: 'View Channel',
  Connect: 'Connect',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  EmbedLinks: 'Embed Links',
  AttachFiles: 'Attach Files',
  unseen: 'I cannot see {channel}: give my role **View Channel** there.',
  notManager:
    'This is for people who may manage the server or its channels (**Manage Server** or **Manage Channels**): ask one of them.',
  mayNotHear: 'You may not join {channel} yourself, so I do not listen there for you.',
  mayNotWrite: 'You may not write in that text channel yourself, so I do not write there for you.',
  somebodyElses: 'That meeting is somebody else’s: join {channel}, or ask {starter} or a moderator.',
  mayNotChoose:
    'This binds everybody here, so it is chosen by people who may manage the server or its channels (**Manage Server** or **Manage Channels**), and while a meeting runs also by who started it or sits in it.',
  hiddenMeeting:
    'A meeting is being transcribed in this server already, in channels that you may not read or hear. I can be in one voice channel of a server.',
  joinToStart:
    'You are not in {channel}, so its people would not see who starts it: join it first. Who manages this server may start it from outside.',
};
