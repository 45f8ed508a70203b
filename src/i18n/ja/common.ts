export const common = {
  anyLanguage: 'どの言語でも (自動判別)',
  again: '短時間に何度も実行されました。{when}にまた実行できます。',
};
