export const transcribe = {
  nothingRuns: 'Nada está sendo transcrito neste servidor. `/transcribe start` começa.',
  joinFirst: 'Entre primeiro em um canal de voz, ou indique um: `/transcribe start voice-channel:…`',
  noText: 'Não vejo um canal onde escrever: indique um com `/transcribe start text-channel:…`',
  alreadyRunning:
    'Já estou transcrevendo {voice} neste servidor (iniciado {since} por {starter}, escrito em {text}). Só posso estar em um canal de voz por servidor: `/transcribe stop` encerra essa reunião.',
  justStarted: 'Outra pessoa acabou de iniciar uma reunião aqui.',
  started: 'Estou ouvindo em {voice}. O que for dito aparece em {text}.',
  pausedAlready: 'A reunião já está em pausa: `/transcribe resume` continua.',
  toldPaused: '⏸️ {name} pausou a transcrição: nada é ouvido até `/transcribe resume`.',
  paused: 'Em pausa: a partir de agora nada é ouvido nem escrito. `/transcribe resume` continua.',
  notPaused: 'A reunião não está em pausa: o que se diz está sendo escrito.',
  toldResumed: '▶️ {name} retomou a transcrição: o que se diz volta a ser escrito.',
  resumed: 'Retomado: o que se diz volta a ser escrito.',
  over: 'A reunião em {voice} terminou: {contents}. A ata está em {minutes}, e `/minutes latest` a mostra.',
  nothingSaid: 'nada foi dito que eu pudesse escrever',
  contents: '{lines, plural, one {uma linha} other {# linhas}} de {people, plural, one {uma pessoa} other {# pessoas}}',
};
