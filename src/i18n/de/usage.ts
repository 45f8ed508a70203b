export const usage = {
  notAllowed:
    'Wer mich betreibt, lässt mich nur in bestimmten Servern arbeiten, und dieser gehört nicht dazu: Ich verlasse ihn.',
  usedUp:
    'Dieser Server hat seine Minuten für diesen Monat aufgebraucht. Am Ersten des nächsten (UTC) beginnen sie neu; `/usage` zeigt Verwaltenden, was verbraucht wurde.',
  filesUsedUp:
    'Dieser Server hat seine Minuten für diesen Monat aufgebraucht; am Ersten des nächsten (UTC) beginnen sie neu.',
  nearly:
    'Dieser Server hat mehr als 80 % seiner Minuten für diesen Monat verbraucht. Sind sie aufgebraucht, enden Besprechungen. `/usage` zeigt Verwaltenden, was verbraucht wurde.',
  ends: 'Dieser Server hat seine Minuten für diesen Monat aufgebraucht: Die Besprechung endet hier, das Protokoll folgt.',
  head: '**Was dieser Server im {month} verbraucht hat** (UTC)',
  total: '{used} Minuten Audio; es gibt keine Grenze.',
  totalOf: '{used} von {limit} Minuten Audio ({percent} %).',
  kinds:
    'Besprechungen: {meetings} · Audiodateien: {files}. Jede sprechende Person zählt für sich, Pausen eingeschlossen, solange die Erkennung zuhört.',
};
