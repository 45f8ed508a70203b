export const settings = {
  transcripts: '文字起こし: {where} (`/settings set`)',
  minutes: '議事録: {where} (`/minutes channel`)',
  spoken: '話される言語: {language} (`/language`)',
  translations: '翻訳先: {languages} (`/translate`)',
  whereStarted: '`/transcribe start` を使った場所',
  whereTranscript: '文字起こしと同じ場所',
  nothing: 'なし',
  unseen: '{channel} が見えません。そこで私のロールに **チャンネルを見る** 権限を与えてください。',
  unchanged: '何も変更していません。',
  nothingChosen: '`/settings set` のオプションを少なくとも一つ選んでください。',
  changed: '変更しました。現在のサーバー設定:',
};
