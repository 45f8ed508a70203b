export const common = {
  anyLanguage: 'cualquier idioma (detectado)',
};
