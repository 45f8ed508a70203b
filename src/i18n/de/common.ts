export const common = {
  anyLanguage: 'jede Sprache (wird erkannt)',
  again: 'Das war viel in kurzer Zeit. Es geht wieder {when}.',
};
