export const notices = {
  moved: '{channel} に移動されたので、そこで続けます。',
  back: '離席していましたが戻りました。直前の {seconds} 秒間の発言はここに載っていないかもしれません。',
  restarting: '再起動のため席を外し、まもなく戻ります。それまでは誰の声も聞いていません。',
  nothingHeard:
    '現在ボイスチャンネルの音声が聞こえません。再試行を続けます。続く場合は `/transcribe stop` と `/transcribe start` で接続し直せます。',
  deafened:
    'モデレーターが私をサーバースピーカーミュートにしました。解除されるまで、誰の声も聞こえません（ボイスチャンネルで私を右クリックし、「サーバースピーカーミュート」を外してください）。',
  hearsAgain: 'また聞こえるようになりました。直前の {seconds} 秒間の発言はここにありません。',
  endsHere: '会議はここで終了し、議事録が続きます。',
  meetingFailed: 'こちらで問題が発生しました。会議はここで終了し、議事録が続きます。',
  noText: '{name} さんが話していますが、15 秒間テキストが届いていません: {because}',
  takingTurns: '認識エンジンが同時に扱える人数より多くの人が話しています。発言は後から届きます。',
  outOfReach: '認識エンジンに接続できません。発言を保持して再試行を続けます。',
  mute: '認識エンジンが応答しません。',
  targetsLeftOut: '音声認識サービスは{languages}への翻訳に対応していません。それ以外はそのまま続きます。',
  spokenLeftOut: '音声認識サービスは話される言語として{language}に対応していないため、言語を自動で判別します。',
  unreadable:
    '{name} さんが話していますが、音声を復号できません。続く場合は、ボイスチャンネルに入り直すと新しい鍵になります。',
  tooQuiet:
    '{name} さんの音声は届いていますが、小さすぎて文字にできません。マイクの音量を上げるか、マイクに近づいてください。',
  gap: '発言のうち {seconds} 秒を文字にできませんでした: {reason}。',
  gapOf: '{name} さんの発言のうち {seconds} 秒を文字にできませんでした: {reason}。',
  gapPaused: '一時停止中',
  gapRecogniser: '認識エンジンが利用不可',
  gapDecryption: '音声を復号できず',
  gapVoice: '音声接続が切断',
  gapDeafened: 'モデレーターによるスピーカーミュート',
  gapRestarted: '再起動',
  gapTooMuch: '一度に多すぎ',
  journalFailed: '記録に書き込めません。この会議の議事録は不完全かもしれません。',
  minutesFailed: '議事録を投稿できませんでした。発言はすべて保存されています。`/minutes latest` で表示できます。',
};
