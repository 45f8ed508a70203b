export const minutes = {
  channelDefault:
    'As atas são publicadas onde está a transcrição. `/minutes channel channel:…` dá a elas um canal próprio.',
  channelIs: 'As atas são publicadas em {channel}.',
  channelOff: 'A partir de agora as atas são publicadas onde está a transcrição.',
  channelSet: 'A partir de agora as atas são publicadas em {channel}.',
  stillRuns: 'Esta reunião ainda está em curso: `/transcribe stop` a encerra e então ela pode ser apagada.',
  erased:
    'Apagado para sempre: **{title}** de {moment}: {count, plural, one {um texto} other {# textos}}, quem esteve lá e o que podia ser buscado.',
  erasedRest:
    'O que publiquei em canais do Discord e arquivos que alguém salvou não consigo reencontrar: a moderação pode apagar as mensagens.',
  mayNotDelete:
    'Uma reunião é apagada por quem a iniciou ou por quem pode gerenciar o servidor (**Gerenciar servidor**): peça a uma dessas pessoas.',
  unknownFormat: 'Não conheço mais este tipo de arquivo: escolha outro.',
  tooLarge:
    'O arquivo é grande demais para este servidor: {size} MB, e o Discord aceita {most} MB. Legendas e texto simples são os menores.',
  listHead: 'Reuniões, as mais novas primeiro. `/minutes show` abre uma.',
  page: 'Página {page} de {pages}.',
  runningNow: 'em curso',
  noneYet: 'Ainda não há aqui reuniões que você possa ler.',
  noSuch: 'Não conheço essa reunião aqui: escolha uma das sugestões ou veja `/minutes list`.',
  keptForever: 'As reuniões são guardadas até que alguém as apague.',
  keptFor: 'As reuniões são guardadas por {days, plural, one {um dia} other {# dias}} após o fim.',
  keepChange: '`/minutes retention days:…` muda isso.',
  serverManagers: 'Isto é para quem pode gerenciar o servidor (**Gerenciar servidor**): peça a uma dessas pessoas.',
  nothingErased: 'A partir de agora nada é apagado sozinho.',
  olderErased:
    'As mais antigas são apagadas para sempre em duas horas, e depois todo dia; `/minutes retention days:0` antes disso impede.',
  badSince: 'Não reconheço “{typed}” como momento: dê uma data como `2026-11-23`, ou `12h`, `7d`, `2w`.',
  needWord: 'Dê uma palavra para buscar: sinais e emojis sozinhos não ficam no índice.',
  foundNothing: 'Não encontrei nada nas reuniões que você pode ler. Menos palavras encontram mais.',
  moreHits: 'Há mais: acrescente palavras, ou pessoa, data, idioma.',
  hitsHead: 'O que foi dito, o mais novo primeiro. `/minutes show` abre uma reunião.',
  inLanguage: 'em {language}',
  filesBusy:
    'Vários arquivos já estão sendo criados: tente de novo em um minuto. Legendas, texto e Markdown saem na hora.',
  fileLate: 'Não consegui criar este arquivo a tempo. Legendas, texto e Markdown saem na hora.',
};
