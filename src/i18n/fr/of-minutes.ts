export const ofMinutes = {
  timeZone: 'Heures des comptes rendus : {zone} (`/settings set`)',
  noTimeZone:
    'Je ne connais pas de fuseau horaire « {typed} » : donnez un nom comme `Europe/Berlin` ou `America/New_York`.',
  glossary: 'Glossaire : {count, plural, =0 {aucun terme} one {un terme} other {# termes}} (`/settings glossary`)',
  noTerms: 'Il n’y a pas encore de termes. `/settings glossary` en ajoute un avec son option `written`.',
  heardAs: 'entendu comme {heard}',
  termAdded: 'À partir de maintenant, j’écris {term}.',
  termRemoved: '{term} n’est plus dans le glossaire.',
  noTerm: 'Il n’y a pas de terme « {typed} » dans le glossaire.',
  glossaryFull: 'Le glossaire est plein : il contient {most} termes. Retirez-en un d’abord.',
  noTranslations:
    'Je ne peux pas lire « {typed} » comme des traductions : écrivez-les comme `es=Consejo, fr=Conseil`. Rien n’a été changé.',
  webhook: 'Les comptes rendus sont transmis à : {host} (`/settings webhook`)',
  webhookNone: 'Les comptes rendus sont transmis à : personne (`/settings webhook`)',
  webhookSet:
    'À partir de maintenant, j’envoie les comptes rendus à {host} à la fin d’une réunion. Voici le secret des signatures. Gardez-le maintenant, je ne le montre plus : ||`{secret}`||',
  webhookOff: 'À partir de maintenant, je n’envoie les comptes rendus à personne.',
  sentOn: 'Le compte rendu de cette réunion est transmis à {host}, hors de Discord.',
  sentOnNoMore: 'Le compte rendu de cette réunion n’est plus transmis à personne.',
  noWebhook:
    'Je n’envoie des comptes rendus qu’à des adresses qui commencent par `https://`, sans nom ni mot de passe. Rien n’a été changé.',
  newer: 'Plus récentes',
  older: 'Plus anciennes',
};
