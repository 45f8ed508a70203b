export const notices = {
  moved: 'Fui movido para {channel} e continuo lá.',
  back: 'Estive fora e voltei: o que foi dito nos últimos {seconds} s pode faltar aqui.',
  nothingHeard:
    'Não ouço o canal de voz no momento e continuo tentando. Se persistir, `/transcribe stop` e `/transcribe start` me conectam de novo.',
  endsHere: 'A reunião termina aqui; a ata vem a seguir.',
  meetingFailed: 'Algo deu errado do meu lado: a reunião termina aqui; a ata vem a seguir.',
  noText: '{name} fala, mas nenhum texto chegou em 15 s: {because}',
  takingTurns: 'falam mais pessoas do que o reconhecedor aceita de uma vez; as palavras delas chegam depois.',
  outOfReach: 'não é possível alcançar o reconhecedor; guardo o que é dito e continuo tentando.',
  mute: 'o reconhecedor não responde.',
  unreadable:
    '{name} fala, mas não consigo decifrar o áudio. Se persistir, sair do canal de voz e entrar de novo dá novas chaves.',
  gap: '{seconds} s do que foi dito não puderam ser transcritos: {reason}.',
  gapOf: '{seconds} s do que {name} disse não puderam ser transcritos: {reason}.',
  gapPaused: 'em pausa',
  gapRecogniser: 'reconhecedor indisponível',
  gapDecryption: 'áudio não decifrado',
  gapVoice: 'conexão de voz perdida',
  gapRestarted: 'reinício',
  gapTooMuch: 'demais de uma vez',
  journalFailed: 'Não consigo escrever no meu diário: a ata desta reunião pode ficar incompleta.',
  minutesFailed: 'A ata não pôde ser publicada. Tudo o que foi dito está guardado: `/minutes latest` a mostra.',
};
