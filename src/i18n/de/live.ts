export const live = {
  connecting: 'Verbinde…',
  live: 'Live',
  lost: 'Verbindung verloren, neuer Versuch…',
  over: 'Die Besprechung ist zu Ende.',
  ended: 'Du darfst das nicht mehr lesen.',
  textSize: 'Textgröße',
  smaller: 'Kleinerer Text',
  larger: 'Größerer Text',
  noScript: 'Diese Seite braucht JavaScript.',
  nothing:
    'Hier gibt es nichts zu sehen. Vielleicht ist der Link zu alt: drücke „Live-Seite“ auf der Tafel der Besprechung für einen neuen.',
  notForYou: 'Die Live-Seite ist für alle, die den Kanal lesen dürfen, in dem dieses Treffen mitgeschrieben wird.',
  invitation:
    'Eine Seite, auf der wächst, was gesagt wird, in der Sprache, die du unter „Meine Sprache“ gewählt hast. Der Link gehört dir allein: wer ihn hat, liest mit. Er gilt zwölf Stunden.',
};
