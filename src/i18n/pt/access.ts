export const access = {
  stage: '{channel} é um palco. Só consigo ouvir em canais de voz comuns: reúnam-se em um deles.',
  full: '{channel} está cheio ({limit, plural, one {# pessoa} other {# pessoas}}). Aumente o limite em um, ou me dê Mover membros.',
  noMessages: '{channel} não aceita mensagens: escolha um canal de texto.',
  locked: '{channel} está trancado: escolha outro canal.',
  missing:
    'Em {channel} me {count, plural, one {falta a permissão} other {faltam as permissões}} {names}. Dê ao meu cargo nas configurações desse canal e tente de novo.',
  ViewChannel: 'Ver canal',
  Connect: 'Conectar',
  SendMessages: 'Enviar mensagens',
  SendMessagesInThreads: 'Enviar mensagens em tópicos',
  EmbedLinks: 'Inserir links',
  AttachFiles: 'Anexar arquivos',
  unseen: 'Não vejo {channel}: dê ao meu cargo a permissão **Ver canal** ali.',
  notManager:
    'Isto é para quem pode gerenciar o servidor ou seus canais (**Gerenciar servidor** ou **Gerenciar canais**): peça a uma dessas pessoas.',
  mayNotHear: 'Você mesmo não pode entrar em {channel}, então não ouço lá por você.',
  mayNotWrite: 'Você mesmo não pode escrever nesse canal de texto, então não escrevo lá por você.',
  somebodyElses: 'Essa reunião é de outra pessoa: entre em {channel}, ou peça a {starter} ou à moderação.',
  mayNotChoose:
    'Isto vale para todos aqui, por isso é escolhido por quem pode gerenciar o servidor ou seus canais (**Gerenciar servidor** ou **Gerenciar canais**) e, durante uma reunião, também por quem a iniciou ou está nela.',
  hiddenMeeting:
    'Uma reunião já está sendo transcrita neste servidor, em canais que você não pode ler nem ouvir. Só posso estar em um canal de voz por servidor.',
  joinToStart:
    'Você não está em {channel}, então as pessoas de lá não veriam quem começa: entre primeiro. Quem gerencia este servidor pode começar de fora.',
};
