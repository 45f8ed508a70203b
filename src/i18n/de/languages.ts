export const languages = {
  unreadable:
    'Ich kann {typed} nicht als Sprache lesen: nenne Kürzel wie {codes} oder Namen wie Spanisch. Nichts wurde geändert.',
  doubt:
    '{count, plural, one {Ob {codes} unterstützt wird, ist nicht bekannt} other {Ob {codes} unterstützt werden, ist nicht bekannt}}: lehnt die Erkennung ab, sage ich es in der Mitschrift.',
  off: 'Keine Übersetzungen (off)',
  auto: 'Selbst herausfinden (auto)',
  default: 'Wie für den Server gewählt (default)',
  noneSet: 'Hier wird nichts übersetzt. `/translate languages:es,fr` wählt Sprachen.',
  areSet: 'Besprechungen hier werden übersetzt in: {languages}. `/translate languages:off` beendet das.',
  offNow: 'Ab jetzt wird nichts übersetzt.',
  setNow: 'Ab jetzt werden Besprechungen hier übersetzt in: {languages}.',
  spokenHere: '{language} wird hier gesprochen und braucht keine Übersetzung: weggelassen.',
  twice: '{languages}: zweimal genannt, einmal genommen.',
  unchanged: 'Nichts wurde geändert.',
  toldOff: '{name} hat die Übersetzungen abgeschaltet.',
  toldSet: '{name} hat die Übersetzungen gewählt: {languages}.',
  serverAuto: 'Ab jetzt finde ich selbst heraus, was hier gesprochen wird. Jeder kann mit `/language` selbst wählen.',
  serverSet: 'Ab jetzt erwarte ich hier: {language}. Jeder kann mit `/language` selbst wählen.',
  alsoTarget: '{language} ist auch unter den Übersetzungen: bei denen, die es sprechen, fällt sie weg.',
  mineDefault: 'Ab jetzt ist deine Sprache die des Servers: {language}.',
  mineAuto: 'Ab jetzt finde ich selbst heraus, was du sprichst.',
  mineSet: 'Ab jetzt erwarte ich von dir: {language}.',
};
