export const notices = {
  moved: 'Fui movido para {channel} e continuo lá.',
  back: 'Estive fora e voltei: o que foi dito nos últimos {seconds} s pode faltar aqui.',
  restarting: 'Estou sendo reiniciado e volto em instantes: até lá ninguém é ouvido.',
  nothingHeard:
    'Não ouço o canal de voz no momento e continuo tentando. Se persistir, `/transcribe stop` e `/transcribe start` me conectam de novo.',
  deafened:
    'Um moderador me ensurdeceu: não ouço ninguém até que isso seja desfeito (clique direito em mim no canal de voz, Ensurdecer no servidor).',
  hearsAgain: 'Voltei a ouvir: o que foi dito nos últimos {seconds} s falta aqui.',
  endsHere: 'A reunião termina aqui; a ata vem a seguir.',
  meetingFailed: 'Algo deu errado do meu lado: a reunião termina aqui; a ata vem a seguir.',
  noText: '{name} fala, mas nenhum texto chegou em 15 s: {because}',
  takingTurns: 'falam mais pessoas do que o reconhecedor aceita de uma vez; as palavras delas chegam depois.',
  outOfReach: 'não é possível alcançar o reconhecedor; guardo o que é dito e continuo tentando.',
  mute: 'o reconhecedor não responde.',
  targetsLeftOut: 'O reconhecedor não traduz para {languages}; todo o resto continua.',
  spokenLeftOut: 'O reconhecedor não aceita {language} como idioma falado; ele o detecta sozinho.',
  unreadable:
    '{name} fala, mas não consigo decifrar o áudio. Se persistir, sair do canal de voz e entrar de novo dá novas chaves.',
  tooQuiet:
    '{name} é ouvido, mas baixo demais para que as palavras virem texto. É preciso aumentar o volume do microfone ou aproximá-lo.',
  gap: '{seconds} s do que foi dito não puderam ser transcritos: {reason}.',
  gapOf: '{seconds} s do que {name} disse não puderam ser transcritos: {reason}.',
  gapPaused: 'em pausa',
  gapRecogniser: 'reconhecedor indisponível',
  gapDecryption: 'áudio não decifrado',
  gapVoice: 'conexão de voz perdida',
  gapDeafened: 'um moderador tinha me ensurdecido',
  gapRestarted: 'reinício',
  gapTooMuch: 'demais de uma vez',
  journalFailed: 'Não consigo escrever no meu diário: a ata desta reunião pode ficar incompleta.',
  minutesFailed: 'A ata não pôde ser publicada. Tudo o que foi dito está guardado: `/minutes latest` a mostra.',
};
