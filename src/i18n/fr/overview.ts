export const overview = {
  ended: 'fin : {how}',
  fullTranscript: 'Transcription complète : le fichier joint `{file}`',
  nobodySpoke: 'personne n’a parlé',
  moreStays: 'et {count} de plus',
  more: '… et {count} de plus',
  moreInFile: '… et {count} de plus dans le fichier',
  continued: '(suite)',
  spoken: 'parlées : {languages}',
  none: 'aucune',
  into: 'traduit en {languages}',
};
