export const common = {
  anyLanguage: 'n’importe quelle langue (détectée)',
  again: 'C’était beaucoup en peu de temps. Ce sera de nouveau possible {when}.',
};
