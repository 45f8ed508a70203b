export const picture = {
  whoSpokeWhen: 'Who spoke when: {title}',
  people: '{count, plural, one {1 person} other {{count} people}}',
  talkTime: 'talk time',
  silent: 'silent',
  atOnce: 'two or more at once',
  speaking: 'speaking',
  inChannel: 'in the channel',
  notTranscribed: 'not transcribed',
  more: 'and {count} more people',
  nobody: 'Nobody was here.',
  person: 'person {number}',
};
