export const common = {
  anyLanguage: 'どの言語でも (自動判別)',
};
