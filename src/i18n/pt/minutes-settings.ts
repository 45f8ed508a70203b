export const minutesSettings = {
  timeZone: 'Horas nas atas: {zone} (`/settings set`)',
  noTimeZone: 'Não conheço o fuso horário “{typed}”: dê um nome como `Europe/Berlin` ou `America/New_York`.',
  glossary: 'Glossário: {count, plural, =0 {nenhum termo} one {um termo} other {# termos}} (`/settings glossary`)',
  noTerms: 'Ainda não há termos. `/settings glossary` adiciona um com a opção `written`.',
  heardAs: 'ouvido como {heard}',
  termAdded: 'A partir de agora escrevo {term}.',
  termRemoved: '{term} não está mais no glossário.',
  noTerm: 'Não há nenhum termo “{typed}” no glossário.',
  glossaryFull: 'O glossário está cheio: contém {most} termos. Remova um primeiro.',
  noTranslations: 'Não consigo ler “{typed}” como traduções: escreva assim: `es=Consejo, fr=Conseil`. Nada foi mudado.',
  webhook: 'As atas são enviadas para: {host} (`/settings webhook`)',
  webhookNone: 'As atas são enviadas para: ninguém (`/settings webhook`)',
  webhookSet:
    'A partir de agora envio as atas para {host} quando uma reunião termina. Este é o segredo das assinaturas. Guarde-o agora, não o mostro de novo: ||`{secret}`||',
  webhookOff: 'A partir de agora não envio as atas para ninguém.',
  noWebhook: 'Só envio atas para endereços que começam com `https://`. Nada foi mudado.',
};
