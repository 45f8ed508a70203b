export const posting = {
  filesTooLarge: 'ファイルがこのサーバーには大きすぎます。`/minutes latest` で内容を表示できます。',
  givenUp: 'Discord の不調により {count, plural, other {# 行}} を投稿できませんでした。議事録には残っています。',
  refused: '{name} さんの {time} の発言を投稿できませんでした。議事録には残っています。',
  goesOnHere: '{channel} に書き込めなくなりました ({reason})。文字起こしはここで続けます。',
  theChannel: '文字起こしのチャンネル',
  deleted: '削除されました',
  leftServer: 'そのサーバーにもういません',
  wayBack: 'またそのサーバーに戻れば、`/minutes latest` ですべて見られます。',
  unseen: '閲覧できなくなりました',
  directClosed: 'ダイレクトメッセージが閉じられています',
  unwritable: '投稿を受け付けません',
  forbidden: '書き込む権限がなくなりました',
  archived: 'スレッドがアーカイブされています',
  ownName:
    '話した人の名前ではもう書き込めません。ウェブフックがなくなり、新しく作れないためです。続きは私の名前で書きます。',
  noThread: '{channel} にスレッドを作れませんでした ({reason})。文字起こしはここで続けます。',
  noLanguageThread: '{language} のスレッドに書き込めません ({reason})。翻訳はここで各行の下に書きます。',
  transcriptAt: '文字起こし: {where}',
  webhookMoved:
    '誰かが私のウェブフックを別のチャンネルに移しました。そこに書いたものは削除し、ここで新しいウェブフックを使って続けます。',
  webhookMovedLeft:
    '誰かが私のウェブフックを別のチャンネルに移しました。ここで新しいウェブフックを使って続けますが、そこに書いた最後の言葉は削除できませんでした。ご確認ください。',
};
