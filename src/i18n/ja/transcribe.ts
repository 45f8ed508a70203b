export const transcribe = {
  nothingRuns: 'このサーバーでは何も書き起こしていません。`/transcribe start` で始まります。',
  joinFirst: '先にボイスチャンネルに入るか、指定してください: `/transcribe start voice-channel:…`',
  noText: '書き込めるチャンネルが見えません。指定してください: `/transcribe start text-channel:…`',
  alreadyRunning:
    'このサーバーではすでに {voice} を書き起こしています ({since} に {starter} が開始、{text} に投稿)。一つのサーバーで入れるボイスチャンネルは一つです。`/transcribe stop` でその会議を終えられます。',
  justStarted: '別の人がちょうどここで会議を始めました。',
  started: '{voice} で聞いています。発言は {text} に表示されます。',
  pausedAlready: '会議はすでに一時停止中です。`/transcribe resume` で続けます。',
  toldPaused: '⏸️ {name} さんが文字起こしを一時停止しました。`/transcribe resume` まで何も聞きません。',
  paused: '一時停止しました。これから何も聞かず、書きません。`/transcribe resume` で続けます。',
  notPaused: '会議は一時停止していません。発言を書き起こしています。',
  toldResumed: '▶️ {name} さんが文字起こしを再開しました。発言を再び書き起こします。',
  resumed: '再開しました。発言を再び書き起こします。',
  over: '{voice} の会議が終わりました: {contents}。議事録は {minutes} にあり、`/minutes latest` でも表示できます。',
  nothingSaid: '書き取れる発言はありませんでした',
  contents: '{people, plural, other {# 人}}の発言 {lines, plural, other {# 行}}',
};
