export const minutes = {
  channelDefault:
    'Protokolle werden bei der Mitschrift gepostet. `/minutes channel channel:…` gibt ihnen einen eigenen Kanal.',
  channelIs: 'Protokolle werden in {channel} gepostet.',
  channelOff: 'Ab jetzt werden Protokolle bei der Mitschrift gepostet.',
  channelSet: 'Ab jetzt werden Protokolle in {channel} gepostet.',
  stillRuns: 'Diese Besprechung läuft noch: `/transcribe stop` beendet sie, dann kann sie gelöscht werden.',
  erased:
    'Für immer gelöscht: **{title}** vom {moment}: {count, plural, one {ein Text} other {# Texte}}, wer da war und was davon zu finden war.',
  erasedRest:
    'Was ich in Discord-Kanälen gepostet habe und was Leute gespeichert haben, kann ich nicht wiederfinden: die Moderation kann die Nachrichten löschen.',
  mayNotDelete:
    'Eine Besprechung löscht, wer sie gestartet hat oder den Server verwalten darf (**Server verwalten**): frage jemanden davon.',
  unknownFormat: 'Diese Art Datei kenne ich nicht mehr: wähle eine andere.',
  tooLarge:
    'Die Datei ist zu groß für diesen Server: {size} MB, und Discord nimmt {most} MB. Untertitel und reiner Text sind am kleinsten.',
  listHead: 'Besprechungen, die neuesten zuerst. `/minutes show` öffnet eine.',
  page: 'Seite {page} von {pages}.',
  runningNow: 'läuft gerade',
  noneYet: 'Hier gibt es noch keine Besprechungen, die du lesen darfst.',
  noSuch:
    'Eine solche Besprechung kenne ich hier nicht: wähle eine aus den Vorschlägen oder sieh in `/minutes list` nach.',
  keptForever: 'Besprechungen bleiben, bis jemand sie löscht.',
  keptFor: 'Besprechungen bleiben nach ihrem Ende {days, plural, one {einen Tag} other {# Tage}}.',
  keepChange: '`/minutes retention days:…` ändert das.',
  serverManagers: 'Das ist für Leute, die den Server verwalten dürfen (**Server verwalten**): frage jemanden davon.',
  nothingErased: 'Ab jetzt wird nichts von selbst gelöscht.',
  olderErased:
    'Ältere werden binnen zwei Stunden für immer gelöscht, danach täglich; vorher hält `/minutes retention days:0` das auf.',
  badSince: 'Ich kann „{typed}“ nicht als Zeit lesen: nenne ein Datum wie `2026-11-23` oder `12h`, `7d`, `2w`.',
  needWord: 'Nenne mir ein Wort: Zeichen und Emoji allein stehen nicht im Index.',
  foundNothing: 'In den Besprechungen, die du lesen darfst, fand ich nichts. Weniger Wörter finden mehr.',
  moreHits: 'Es gibt mehr: nimm Wörter hinzu oder Person, Zeit, Sprache.',
  hitsHead: 'Was gesagt wurde, das Neueste zuerst. `/minutes show` öffnet eine Besprechung.',
  inLanguage: 'auf {language}',
  filesBusy:
    'Gerade entstehen schon mehrere Dateien: Versuche es in einer Minute noch einmal. Untertitel, Text und Markdown gibt es sofort.',
  fileLate: 'Diese Datei ist nicht rechtzeitig fertig geworden. Untertitel, Text und Markdown gibt es sofort.',
};
