export const access = {
  stage: '{channel} はステージです。通常のボイスチャンネルでのみ聞き取れます。そちらで集まってください。',
  full: '{channel} は満員です ({limit, plural, other {# 人}})。人数上限を 1 人増やすか、私に「メンバーを移動」権限をください。',
  noMessages: '{channel} にはメッセージを送れません。テキストチャンネルを選んでください。',
  locked: '{channel} はロックされています。別のチャンネルを選んでください。',
  missing:
    '{channel} で権限 {names} が足りません。{count, plural, other {チャンネル設定で私のロールに与えてから}}、もう一度お試しください。',
  ViewChannel: 'チャンネルを見る',
  Connect: '接続',
  SendMessages: 'メッセージを送信',
  SendMessagesInThreads: 'スレッドでメッセージを送信',
  EmbedLinks: '埋め込みリンク',
  AttachFiles: 'ファイルを添付',
  unseen: '{channel} が見えません。そこで私のロールに **チャンネルを見る** 権限を与えてください。',
  notManager:
    'これはサーバーやチャンネルを管理できる人 (**サーバー管理** または **チャンネルの管理**) 用です。その人に頼んでください。',
  mayNotHear: 'あなた自身が {channel} に入れないので、代わりに聞くことはできません。',
  mayNotWrite: 'あなた自身がそのテキストチャンネルに書き込めないので、代わりに書くことはできません。',
  somebodyElses: 'その会議は別の人のものです。{channel} に参加するか、{starter} またはモデレーターに頼んでください。',
};
