export const common = {
  anyLanguage: 'cualquier idioma (detectado)',
  again: 'Ha sido mucho en poco tiempo. Se podrá de nuevo {when}.',
};
