export const errors = {
  keyRefused: 'Palabra が認証情報を拒否しました。',
  balanceUsedUp: 'Palabra の残高がありません。',
  badRequest: 'Palabra が要求を拒否しました。',
  limitReached: 'Palabra がこれ以上の同時接続を許可していません。',
  connectionLost: '音声認識との接続が切れました。',
  serviceUnavailable: '音声認識に接続できません。',
  joinTimeout: 'ボイスチャンネルが時間内に応答しませんでした。',
  encryptionUnsupported: 'このボイスチャンネルの暗号化には対応していません。',
  voiceLost: 'ボイスチャンネルの音声が聞こえなくなりました。',
  noSuchChannel: 'そのボイスチャンネルは存在しません。',
  deafened:
    'モデレーターが私をサーバースピーカーミュートにしているため、誰の声も聞こえません。解除できるよう、30 秒間ボイスチャンネルに残ります。',
};
