export const ofMinutes = {
  timeZone: 'Uhrzeiten in Protokollen: {zone} (`/settings set`)',
  noTimeZone:
    'Eine Zeitzone „{typed}“ kenne ich nicht: Gib einen Namen wie `Europe/Berlin` oder `America/New_York` an.',
  glossary: 'Glossar: {count, plural, =0 {keine Begriffe} one {ein Begriff} other {# Begriffe}} (`/settings glossary`)',
  noTerms: 'Es gibt noch keine Begriffe. `/settings glossary` fügt mit der Option `written` einen hinzu.',
  heardAs: 'gehört als {heard}',
  termAdded: 'Ab jetzt schreibe ich {term}.',
  termRemoved: '{term} steht nicht mehr im Glossar.',
  noTerm: 'Im Glossar steht kein Begriff „{typed}“.',
  glossaryFull: 'Das Glossar ist voll: Es enthält {most} Begriffe. Entferne zuerst einen.',
  noTranslations:
    'Ich kann „{typed}“ nicht als Übersetzungen lesen: Schreib sie wie `es=Consejo, fr=Conseil`. Nichts wurde geändert.',
  webhook: 'Protokolle gehen weiter an: {host} (`/settings webhook`)',
  webhookNone: 'Protokolle gehen weiter an: niemanden (`/settings webhook`)',
  webhookSet:
    'Ab jetzt schicke ich die Protokolle am Ende einer Besprechung an {host}. Das ist das Geheimnis für die Signaturen. Bewahre es jetzt auf, ich zeige es nicht noch einmal: ||`{secret}`||',
  webhookOff: 'Ab jetzt schicke ich die Protokolle an niemanden.',
  sentOn: 'Das Protokoll dieser Besprechung geht weiter an {host}, außerhalb von Discord.',
  sentOnNoMore: 'Das Protokoll dieser Besprechung geht an niemanden mehr weiter.',
  noWebhook:
    'Ich schicke Protokolle nur an Adressen, die mit `https://` beginnen, ohne Namen und Passwort darin. Nichts wurde geändert.',
  newer: 'Neuere',
  older: 'Ältere',
};
