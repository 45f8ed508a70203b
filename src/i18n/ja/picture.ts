export const picture = {
  whoSpokeWhen: '誰がいつ話したか: {title}',
  people: '{count, plural, other {{count} 人}}',
  talkTime: '発言時間',
  silent: '発言なし',
  atOnce: '同時に二人以上',
  speaking: '発言中',
  inChannel: '在室中',
  notTranscribed: '文字起こしなし',
  more: 'ほか {count} 人',
  nobody: '誰もいませんでした。',
  person: '{number} 人目',
};
