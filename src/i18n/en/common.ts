export const common = {
  anyLanguage: 'any language (detected)',
  again: 'That was a lot in a short time. It is possible again {when}.',
};
