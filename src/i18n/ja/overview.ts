export const overview = {
  ended: '終了: {how}',
  fullTranscript: '全文: 添付ファイル `{file}`',
  nobodySpoke: '発言者なし',
  moreStays: 'ほか {count} 回',
  more: '… ほか {count} 人',
  moreInFile: '… ほか {count} 件はファイルに',
  continued: '(続き)',
  spoken: '話された言語: {languages}',
  none: 'なし',
  into: '翻訳先: {languages}',
};
