export const picture = {
  whoSpokeWhen: 'Quién habló y cuándo: {title}',
  people: '{count, plural, one {1 persona} other {{count} personas}}',
  talkTime: 'tiempo de palabra',
  silent: 'en silencio',
  atOnce: 'dos o más a la vez',
  speaking: 'habla',
  inChannel: 'en el canal',
  notTranscribed: 'sin transcribir',
  more: 'y {count} personas más',
  nobody: 'No hubo nadie.',
  person: 'persona {number}',
};
