export const common = {
  anyLanguage: 'qualquer idioma (detectado)',
  again: 'Foi muito em pouco tempo. Será possível de novo {when}.',
};
