export const common = {
  anyLanguage: 'jede Sprache (wird erkannt)',
};
