export const common = {
  anyLanguage: 'any language (detected)',
};
