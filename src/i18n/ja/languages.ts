export const languages = {
  unreadable:
    '{typed} を言語として読み取れません。{codes} のようなコードか、スペイン語のような名前を指定してください。何も変更していません。',
  doubt:
    '{count, plural, other {{codes} が対応しているかは不明です}}。認識エンジンに拒否された場合は文字起こしでお知らせします。',
  off: '翻訳なし (off)',
  auto: '自動判別 (auto)',
  default: 'サーバーの設定に従う (default)',
  noneSet: 'ここでは翻訳していません。`/translate languages:en,fr` で言語を設定できます。',
  areSet: 'ここの会議の翻訳先: {languages}。`/translate languages:off` で終わります。',
  offNow: 'これからは翻訳しません。',
  setNow: 'これから会議を次の言語に翻訳します: {languages}。',
  spokenHere: '{language} はここで話されている言語なので翻訳は不要です。除外しました。',
  twice: '{languages}: 2 回指定されましたが 1 回として扱います。',
  unchanged: '何も変更していません。',
  toldOff: '{name} さんが翻訳を終了しました。',
  toldSet: '{name} さんが翻訳先を設定しました: {languages}。',
  serverAuto: 'これからここで話される言語を自動判別します。メンバーは `/language` で自分の言語を選べます。',
  serverSet: 'これからここで話される言語は {language} とみなします。メンバーは `/language` で自分の言語を選べます。',
  alsoTarget: '{language} は翻訳先にも含まれています。その言語を話す人については省きます。',
  mineDefault: 'これからあなたの言語はサーバーの設定に従います: {language}。',
  mineAuto: 'これからあなたの話す言語を自動判別します。',
  mineSet: 'これからあなたの言語を {language} とみなします。',
};
