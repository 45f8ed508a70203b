export const consent = {
  hearMe: '聞き取ってよい',
  ask: '{voice} では、同意した人の声だけを聞き取ります。ボタンを押すか `/privacy opt-in` を使ってください。この選択は `/privacy opt-out` で取り消すまで、このサーバーで有効です。',
  greet:
    'ようこそ、{names} さん。{voice} での発言はここに文字起こしされます。希望しない場合は `/privacy opt-out` を使うと、あなたの声は聞き取られません。',
  greetAsking:
    'ようこそ、{names} さん。{voice} での発言はここに文字起こしされます。{count, plural, other {ボタンを押すか、以前に同意しているまで、声は聞き取られません。}}',
  more: '{count, plural, other {ほか # 人}}',
  optedOut:
    'これからこのサーバーではあなたの声を聞き取りません。発言は復号される前に破棄され、まだ確定していなかった発言も破棄されます。`/privacy opt-in` で取り消せます。`/privacy forget-me` でこれまでの発言を消去できます。',
  optedIn:
    'これから、このサーバーで会議が文字起こしされるときは、あなたの声を聞き取ります。`/privacy opt-out` で取り消せます。',
  notAllowed: '{voice} では文字起こしできません。このサーバーで許可されているのは {allowed} です。',
  movedOut: '文字起こしが許可されていない {channel} に移動されたため、会議はここで終了します。議事録が続きます。',
  autoStartFailed: 'ここで会議が自動的に始まるはずでしたが、開始できませんでした。{problem}',
};
