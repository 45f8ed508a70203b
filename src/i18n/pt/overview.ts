export const overview = {
  ended: 'fim: {how}',
  fullTranscript: 'Transcrição completa: o arquivo anexo `{file}`',
  nobodySpoke: 'ninguém falou',
  moreStays: 'e mais {count}',
  more: '… e mais {count}',
  moreInFile: '… e mais {count} no arquivo',
  continued: '(continuação)',
  spoken: 'falados: {languages}',
  none: 'nenhum',
  into: 'traduzido para {languages}',
};
