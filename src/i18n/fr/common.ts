export const common = {
  anyLanguage: 'n’importe quelle langue (détectée)',
};
