export const privacy = {
  policyHeard:
    '**O que ouço.** Só enquanto uma reunião é transcrita: o painel diz isso, e quem entra depois é avisado. Nunca quem recusou, nunca durante uma pausa: o som é descartado antes de ser decodificado. Mensagens de voz, quando alguém pede: não as suas se você recusou.',
  policyOptIn: 'Neste servidor só é ouvido quem disse sim.',
  policyGoes:
    '**Para onde vai.** O som de cada pessoa é enviado ao reconhecedor de fala (Palabra) enquanto ela fala. Nunca o guardo. Os textos vão para o canal e, se quem me opera configurou, para um modelo de linguagem para resumos. Se um gestor configurou, as atas são enviadas a outro serviço.',
  policyKept:
    '**O que fica.** Textos, traduções, quem esteve e quando, para a ata, {days, plural, =0 {até alguém apagar} one {por um dia} other {por # dias}}; no banco de dados de quem me opera, para membros que podiam ler ou ouvir a reunião.',
  policySentOn: 'As atas das reuniões são enviadas para {host}, fora do Discord.',
  policyRights:
    '**Seus direitos.** `/privacy opt-out`: você não é mais ouvido. `/privacy opt-in`: ouvido de novo. `/privacy forget-me`: o que você disse neste servidor é apagado, também em mensagens minhas, com um recibo. O que sobrar é nomeado ali.',
  nothing: 'Não guardo nada seu neste servidor: nem palavras, nem reunião em que você esteve.',
  question:
    'Apagar para sempre o que você disse neste servidor? Está em {meetings, plural, one {# reunião} other {# reuniões}} e em {messages, plural, one {# mensagem minha} other {# mensagens minhas}}. Somem suas palavras, as traduções, seu nome e quando você esteve; também os resumos dessas reuniões. Não há volta.',
  erase: 'Apagar para sempre',
  keep: 'Manter tudo',
  kept: 'Nada foi apagado.',
  underWay: 'Isso já está em andamento: o recibo chega aqui.',
  receipt: 'Recibo {id}',
  when: 'Apagado: {when}',
  server: 'Servidor: {name}',
  texts: '{count, plural, one {# texto seu} other {# textos seus}}, com as traduções e o que deles se podia pesquisar',
  stays:
    '{count, plural, one {# presença} other {# presenças}} em {meetings, plural, one {# reunião} other {# reuniões}}, com seu nome',
  messages:
    'Mensagens minhas: {deleted} apagadas, {edited} editadas para só ficarem as palavras dos outros, {gone} já não existiam, {left} restam',
  minutes: 'Atas no Discord: {edited} reescritas sem você, {left} restam',
  left: 'O que restou eu não pude mudar; um moderador pode apagar:',
  unknownMinutes: 'Ata de “{title}”, {when}: não sei mais onde está',
  others:
    'Não alcançado: arquivos que outros salvaram, backups, o que outros disseram sobre você e quem começou uma reunião.',
  stillHeard:
    'Há uma reunião em andamento: o que você disser a partir de agora volta a ser guardado. Com `/privacy opt-out` eu não ouço você.',
  diskLog:
    'Em andamento: alguém está lendo o banco de dados agora, talvez um backup, então o que foi apagado ainda pode estar no arquivo de escrita antecipada. Tento a cada minuto até que seja sobrescrito.',
  diskRows: 'Em andamento: o banco de dados mantém as linhas apagadas no disco até a próxima limpeza (vacuum).',
  mentions:
    'Respostas às suas mensagens de voz, saudações e avisos com seu nome: {deleted} apagados, {edited} editados, {gone} já não existiam, {left} restam',
  nameless:
    'Aqui quem entrou depois foi avisado da transcrição. Os nomes foram retirados a pedido de uma dessas pessoas.',
};
