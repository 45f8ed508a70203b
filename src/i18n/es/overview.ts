export const overview = {
  ended: 'fin: {how}',
  fullTranscript: 'Transcripción completa: el archivo adjunto `{file}`',
  nobodySpoke: 'nadie habló',
  moreStays: 'y {count} más',
  more: '… y {count} más',
  moreInFile: '… y {count} más en el archivo',
  continued: '(continuación)',
  spoken: 'hablados: {languages}',
  none: 'ninguno',
  into: 'traducido a {languages}',
};
