export const posting = {
  filesTooLarge: 'Os arquivos são grandes demais para este servidor: `/minutes latest` mostra o que há.',
  givenUp:
    '{count, plural, one {# linha não pôde ser publicada} many {# de linhas não puderam ser publicadas} other {# linhas não puderam ser publicadas}} enquanto o Discord estava com problemas. Está tudo na ata.',
  refused: 'Uma linha de {name} às {time} não pôde ser publicada. Está na ata.',
  goesOnHere: 'Não consigo mais escrever em {channel}: {reason}. A transcrição continua aqui.',
  theChannel: 'o canal da transcrição',
  deleted: 'foi excluído',
  leftServer: 'não estou mais nesse servidor',
  wayBack: 'Quando eu estiver de volta, `/minutes latest` mostra tudo lá.',
  unseen: 'não posso mais vê-lo',
  directClosed: 'as mensagens diretas estão fechadas',
  unwritable: 'não aceita nada de mim',
  forbidden: 'não posso mais escrever lá',
  archived: 'o tópico está arquivado',
  ownName:
    'Não consigo mais escrever aqui com o nome de quem fala: meu webhook sumiu e não posso criar outro. As linhas continuam com meu nome.',
  noThread: 'Não consegui abrir um tópico em {channel}: {reason}. A transcrição continua aqui.',
  noLanguageThread:
    'Não consigo escrever em um tópico para {language}: {reason}. As traduções ficam aqui, sob as linhas.',
  transcriptAt: 'A transcrição: {where}',
  webhookMoved: 'Alguém moveu meu webhook para outro canal. Apaguei o que escrevi lá e continuo aqui com um novo.',
  webhookMovedLeft:
    'Alguém moveu meu webhook para outro canal. Continuo aqui com um novo, mas não consegui apagar as últimas palavras de lá: por favor, cuidem delas.',
};
