export const transcribe = {
  nothingRuns: 'Auf diesem Server wird nichts mitgeschrieben. `/transcribe start` fängt an.',
  joinFirst: 'Tritt zuerst einem Sprachkanal bei oder nenne einen: `/transcribe start voice-channel:…`',
  noText: 'Ich sehe keinen Kanal zum Schreiben: nenne einen mit `/transcribe start text-channel:…`',
  alreadyRunning:
    'Ich schreibe auf diesem Server schon {voice} mit (begonnen {since} von {starter}, zu lesen in {text}). Ich kann nur in einem Sprachkanal eines Servers sein: `/transcribe stop` beendet diese Besprechung.',
  justStarted: 'Jemand anderes hat hier gerade eine Besprechung gestartet.',
  started: 'Ich höre in {voice} zu. Was gesagt wird, erscheint in {text}.',
  pausedAlready: 'Die Besprechung ist schon pausiert: `/transcribe resume` macht weiter.',
  toldPaused: '⏸️ {name} hat die Mitschrift pausiert: bis `/transcribe resume` wird nichts gehört.',
  paused: 'Pausiert: ab jetzt wird nichts gehört oder geschrieben. `/transcribe resume` macht weiter.',
  notPaused: 'Die Besprechung ist nicht pausiert: was gesagt wird, wird mitgeschrieben.',
  toldResumed: '▶️ {name} setzt die Mitschrift fort: was gesagt wird, wird wieder mitgeschrieben.',
  resumed: 'Fortgesetzt: was gesagt wird, wird wieder mitgeschrieben.',
  over: 'Die Besprechung in {voice} ist zu Ende: {contents}. Das Protokoll steht in {minutes}, und `/minutes latest` zeigt es.',
  nothingSaid: 'es wurde nichts gesagt, das ich aufschreiben konnte',
  contents:
    '{lines, plural, one {eine Zeile} other {# Zeilen}} von {people, plural, one {einer Person} other {# Personen}}',
};
