export const ofMinutes = {
  timeZone: '議事録の時刻: {zone} (`/settings set`)',
  noTimeZone:
    '「{typed}」というタイムゾーンはありません。`Europe/Berlin` や `America/New_York` のように指定してください。',
  glossary: '用語集: {count, plural, =0 {用語なし} other {#語}} (`/settings glossary`)',
  noTerms: '用語はまだありません。`/settings glossary` の `written` オプションで追加できます。',
  heardAs: '聞こえ方: {heard}',
  termAdded: 'これからは {term} と書きます。',
  termRemoved: '{term} を用語集から外しました。',
  noTerm: '用語集に「{typed}」という用語はありません。',
  glossaryFull: '用語集がいっぱいです（{most}語）。先にどれかを外してください。',
  noTranslations:
    '「{typed}」を訳語として読み取れません。`es=Consejo, fr=Conseil` のように書いてください。何も変更していません。',
  webhook: '議事録の送信先: {host} (`/settings webhook`)',
  webhookNone: '議事録の送信先: なし (`/settings webhook`)',
  webhookSet:
    'これからは会議が終わると議事録を {host} に送ります。署名に使う秘密鍵はこれです。再表示しませんので、今すぐ保管してください: ||`{secret}`||',
  webhookOff: 'これからは議事録をどこにも送りません。',
  sentOn: 'この会議の議事録は Discord の外の {host} に送られます。',
  sentOnNoMore: 'この会議の議事録はもうどこにも送られません。',
  noWebhook: '議事録は `https://` で始まり、名前やパスワードを含まないアドレスにだけ送ります。何も変更していません。',
  newer: '新しい会議',
  older: '前の会議',
};
