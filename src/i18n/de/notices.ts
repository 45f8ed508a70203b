export const notices = {
  moved: 'Ich wurde nach {channel} verschoben und mache dort weiter.',
  back: 'Ich war weg und bin wieder da: was in den letzten {seconds} s gesagt wurde, kann hier fehlen.',
  restarting: 'Ich werde neu gestartet und bin gleich wieder da: bis dahin wird niemand gehört.',
  nothingHeard:
    'Ich höre den Sprachkanal gerade nicht und versuche es weiter. Hält es an, verbinden mich `/transcribe stop` und `/transcribe start` neu.',
  deafened:
    'Ein Moderator hat mir den Ton abgestellt: Ich höre niemanden, bis das aufgehoben wird (Rechtsklick auf mich im Sprachkanal, Server-Ton aus).',
  hearsAgain: 'Ich höre wieder: was in den letzten {seconds} s gesagt wurde, fehlt hier.',
  endsHere: 'Die Besprechung endet hier, das Protokoll folgt.',
  meetingFailed: 'Bei mir ist etwas schiefgegangen: die Besprechung endet hier, das Protokoll folgt.',
  noText: '{name} spricht, aber seit 15 s kommt kein Text: {because}',
  takingTurns: 'es sprechen mehr Menschen, als die Erkennung gleichzeitig annimmt; ihre Worte kommen später.',
  outOfReach: 'die Spracherkennung ist nicht zu erreichen; ich behalte, was gesagt wird, und versuche es weiter.',
  mute: 'die Spracherkennung antwortet nicht.',
  targetsLeftOut: 'Die Spracherkennung übersetzt nicht in diese Sprachen: {languages}. Alles andere geht weiter.',
  spokenLeftOut:
    'Die Spracherkennung nimmt {language} nicht als gesprochene Sprache an; sie erkennt die Sprache stattdessen selbst.',
  unreadable:
    '{name} spricht, aber ich kann den Ton nicht entschlüsseln. Hält es an, gibt es neue Schlüssel, wenn man den Sprachkanal verlässt und wieder betritt.',
  tooQuiet:
    '{name} ist zu hören, aber zu leise, als dass daraus Text würde. Das Mikrofon muss lauter gestellt werden oder näher heran.',
  gap: '{seconds} s des Gesagten konnten nicht mitgeschrieben werden: {reason}.',
  gapOf: '{seconds} s von dem, was {name} sagte, konnten nicht mitgeschrieben werden: {reason}.',
  gapPaused: 'pausiert',
  gapRecogniser: 'Spracherkennung nicht verfügbar',
  gapDecryption: 'Ton nicht entschlüsselt',
  gapVoice: 'Sprachverbindung verloren',
  gapDeafened: 'ein Moderator hatte mir den Ton abgestellt',
  gapRestarted: 'Neustart',
  gapTooMuch: 'zu viel auf einmal',
  journalFailed: 'Ich kann nicht in mein Journal schreiben: das Protokoll dieser Besprechung kann lückenhaft sein.',
  minutesFailed:
    'Das Protokoll konnte nicht gepostet werden. Alles Gesagte ist aufbewahrt: `/minutes latest` zeigt es.',
};
