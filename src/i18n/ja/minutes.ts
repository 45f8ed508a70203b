export const minutes = {
  channelDefault:
    '議事録は文字起こしと同じ場所に投稿されます。`/minutes channel channel:…` で専用チャンネルを設定できます。',
  channelIs: '議事録は {channel} に投稿されます。',
  channelOff: 'これから議事録は文字起こしと同じ場所に投稿されます。',
  channelSet: 'これから議事録は {channel} に投稿されます。',
  stillRuns: 'この会議はまだ進行中です。`/transcribe stop` で終えてから削除できます。',
  erased: '完全に消去しました: {moment} の **{title}**: {count, plural, other {テキスト # 件}}、出席者、検索用の情報。',
  erasedRest:
    'Discord のチャンネルに投稿したものや保存されたファイルは私には見つけられません。モデレーターがメッセージを削除できます。',
  mayNotDelete:
    '会議を削除できるのは開始した人か、サーバーを管理できる人 (**サーバー管理**) です。その人に頼んでください。',
  unknownFormat: 'この種類のファイルは現在ありません。別のものを選んでください。',
  tooLarge:
    'このサーバーにはファイルが大きすぎます: {size} MB (上限 {most} MB)。字幕とプレーンテキストが最も小さくなります。',
  listHead: '会議一覧 (新しい順)。`/minutes show` で開けます。',
  page: '{pages} ページ中 {page} ページ目。',
  runningNow: '進行中',
  noneYet: 'ここにはまだ閲覧できる会議がありません。',
  noSuch: 'そのような会議はここにありません。候補から選ぶか `/minutes list` を見てください。',
  keptForever: '会議は誰かが削除するまで保存されます。',
  keptFor: '会議は終了後 {days, plural, other {# 日}}間保存されます。',
  keepChange: '`/minutes retention days:…` で変更できます。',
  serverManagers: 'これはサーバーを管理できる人 (**サーバー管理**) 用です。その人に頼んでください。',
  nothingErased: 'これから自動では何も消去しません。',
  olderErased:
    'それより古いものは 2 時間以内に、以後は毎日、完全に消去されます。その前なら `/minutes retention days:0` で止められます。',
  badSince: '「{typed}」を時刻として読み取れません。`2026-11-23` のような日付か `12h`、`7d`、`2w` を指定してください。',
  needWord: '探す言葉を指定してください。記号や絵文字だけでは検索できません。',
  foundNothing: '閲覧できる会議には見つかりませんでした。語を減らすと見つかりやすくなります。',
  moreHits: '他にもあります。語や話者、期間、言語を加えてください。',
  hitsHead: '発言一覧 (新しい順)。`/minutes show` で会議を開けます。',
  inLanguage: '{language}',
  filesBusy:
    'いま複数のファイルを作成しています。1分ほどしてからもう一度お試しください。字幕、テキスト、Markdownはすぐにお渡しできます。',
  fileLate: 'このファイルは時間内に作成できませんでした。字幕、テキスト、Markdownはすぐにお渡しできます。',
};
