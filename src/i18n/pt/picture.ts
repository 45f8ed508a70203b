export const picture = {
  whoSpokeWhen: 'Quem falou e quando: {title}',
  people: '{count, plural, one {1 pessoa} other {{count} pessoas}}',
  talkTime: 'tempo de fala',
  silent: 'em silêncio',
  atOnce: 'duas ou mais ao mesmo tempo',
  speaking: 'falando',
  inChannel: 'no canal',
  notTranscribed: 'não transcrito',
  more: 'e mais {count} pessoas',
  nobody: 'Ninguém esteve aqui.',
  person: 'pessoa {number}',
};
