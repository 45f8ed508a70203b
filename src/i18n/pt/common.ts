export const common = {
  anyLanguage: 'qualquer idioma (detectado)',
};
