export const picture = {
  whoSpokeWhen: 'Wer wann sprach: {title}',
  people: '{count, plural, one {1 Person} other {{count} Personen}}',
  talkTime: 'Redezeit',
  silent: 'still',
  atOnce: 'zwei oder mehr zugleich',
  speaking: 'spricht',
  inChannel: 'im Kanal',
  notTranscribed: 'nicht mitgeschrieben',
  more: 'und {count} weitere Personen',
  nobody: 'Niemand war hier.',
  person: 'Person {number}',
};
