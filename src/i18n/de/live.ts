export const live = {
  connecting: 'Verbinde…',
  live: 'Live',
  lost: 'Verbindung verloren, neuer Versuch…',
  over: 'Die Besprechung ist zu Ende.',
  ended: 'Du darfst das nicht mehr lesen.',
  closed: 'Dieser Link gilt nicht mehr. Drücke „Live-Seite“ auf der Tafel der Besprechung für einen neuen.',
  gaveWay:
    'Du hast diese Seite öfter als fünfmal geöffnet, darum steht diese hier still. Lade sie neu, um hier weiterzulesen.',
  stopped: 'Diese Seite steht still. Lade sie neu, um weiterzulesen.',
  later:
    'Es wurde zu viel auf einmal verlangt, oder Discord antwortet nicht. Lade diese Seite in einigen Sekunden neu.',
  textSize: 'Textgröße',
  smaller: 'Kleinerer Text',
  larger: 'Größerer Text',
  noScript: 'Diese Seite braucht JavaScript.',
  nothing:
    'Hier gibt es nichts zu sehen. Vielleicht ist der Link zu alt: drücke „Live-Seite“ auf der Tafel der Besprechung für einen neuen.',
  notForYou: 'Die Live-Seite ist für alle, die den Kanal lesen dürfen, in dem dieses Treffen mitgeschrieben wird.',
  invitation:
    'Eine Seite, auf der wächst, was gesagt wird, in der Sprache, die du unter „Meine Sprache“ gewählt hast. Der Link gehört dir allein: wer ihn hat, liest mit. Er gilt zwölf Stunden; „Meine Links schließen“ beendet ihn früher.',
  closeMine: 'Meine Links schließen',
  closeAll: 'Alle Links schließen',
  closedMine:
    '{count, plural, =0 {Du hast keinen Link zur Live-Seite dieser Besprechung.} one {Dein Link ist geschlossen, und Seiten, die er geöffnet hat, sind zu Ende.} other {Deine # Links sind geschlossen, und Seiten, die sie geöffnet haben, sind zu Ende.}}',
  closedAll:
    '{count, plural, =0 {Es gibt keine Links zur Live-Seite dieser Besprechung.} one {Ein Link zur Live-Seite dieser Besprechung ist geschlossen, und Seiten, die er geöffnet hat, sind zu Ende.} other {Alle # Links zur Live-Seite dieser Besprechung sind geschlossen, und Seiten, die sie geöffnet haben, sind zu Ende.}}',
  mayNotCloseAll: 'Nur wer diesen Server verwaltet, darf die Links anderer schließen.',
};
