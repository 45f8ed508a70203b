export const picture = {
  whoSpokeWhen: 'Qui a parlé et quand : {title}',
  people: '{count, plural, =0 {0 personne} one {1 personne} other {{count} personnes}}',
  talkTime: 'temps de parole',
  silent: 'silence',
  atOnce: 'deux ou plus à la fois',
  speaking: 'parle',
  inChannel: 'dans le salon',
  notTranscribed: 'non transcrit',
  more: 'et {count} autres personnes',
  nobody: 'Personne n’était là.',
  person: 'personne {number}',
};
