export const privacy = {
  policyHeard:
    '**Was ich höre.** Nur solange eine Besprechung mitgeschrieben wird: ihre Tafel sagt es, und wer später kommt, erfährt es. Nie, wer widersprochen hat, nie in einer Pause: der Ton wird verworfen, bevor er dekodiert wird. Sprachnachrichten, wenn jemand darum bittet: deine nicht, wenn du widersprochen hast.',
  policyOptIn: 'Auf diesem Server wird nur gehört, wer ja gesagt hat.',
  policyGoes:
    '**Wohin es geht.** Der Ton jeder Person geht, während sie spricht, an die Spracherkennung (Palabra). Ich speichere ihn nie. Texte gehen in den Kanal und, wenn mein Betreiber es eingerichtet hat, an ein Sprachmodell für Zusammenfassungen. Wo die Verwaltung es eingerichtet hat, gehen Protokolle an einen anderen Dienst.',
  policyKept:
    '**Was bleibt.** Texte, Übersetzungen, wer wann da war, für das Protokoll, {days, plural, =0 {bis jemand sie löscht} one {einen Tag lang} other {# Tage lang}}; in der Datenbank meines Betreibers, für Mitglieder, die die Besprechung lesen oder hören konnten.',
  policySentOn: 'Protokolle von Besprechungen gehen weiter an {host}, außerhalb von Discord.',
  policyRights:
    '**Deine Rechte.** `/privacy opt-out`: du wirst ab jetzt nicht gehört. `/privacy opt-in`: wieder gehört. `/privacy forget-me`: was du auf diesem Server gesagt hast, wird gelöscht, auch in meinen Nachrichten, mit einer Quittung. Was dann noch bleibt, steht darin.',
  nothing: 'Ich habe auf diesem Server nichts von dir: keine Worte und keine Besprechung, in der du warst.',
  question:
    'Für immer löschen, was du auf diesem Server gesagt hast? Es steht in {meetings, plural, one {# Besprechung} other {# Besprechungen}} und in {messages, plural, one {# Nachricht} other {# Nachrichten}} von mir. Deine Worte, ihre Übersetzungen, dein Name und wann du da warst verschwinden; auch die Zusammenfassungen dieser Besprechungen. Es gibt kein Zurück.',
  erase: 'Für immer löschen',
  keep: 'Alles behalten',
  kept: 'Nichts wurde gelöscht.',
  underWay: 'Das geschieht gerade: die Quittung kommt hierher.',
  receipt: 'Quittung {id}',
  when: 'Gelöscht: {when}',
  server: 'Server: {name}',
  texts:
    '{count, plural, one {# Text} other {# Texte}} von dir, mit Übersetzungen und was davon durchsucht werden konnte',
  stays:
    '{count, plural, one {# Anwesenheit} other {# Anwesenheiten}} in {meetings, plural, one {# Besprechung} other {# Besprechungen}}, mit deinem Namen',
  messages:
    'Meine Nachrichten: {deleted} gelöscht, {edited} so geändert, dass nur die Worte der anderen darin stehen, {gone} waren schon weg, {left} bleiben',
  minutes: 'Protokolle in Discord: {edited} ohne dich neu geschrieben, {left} bleiben',
  left: 'Was bleibt, konnte ich nicht ändern; wer moderiert, kann es löschen:',
  unknownMinutes: 'Protokoll von „{title}“, {when}: wo es steht, weiß ich nicht mehr',
  others:
    'Nicht erreicht: Dateien, die andere gespeichert haben, Sicherungen, was andere über dich sagten, und wer eine Besprechung begonnen hat.',
  stillHeard:
    'Eine Besprechung läuft: was du ab jetzt sagst, wird wieder aufgehoben. Mit `/privacy opt-out` höre ich dich nicht mehr.',
  diskLog:
    'Noch im Gange: jemand liest gerade die Datenbank, vielleicht eine Sicherung, deshalb kann das Gelöschte noch in ihrer Protokolldatei stehen. Ich versuche es jede Minute, bis es überschrieben ist.',
  diskRows:
    'Noch im Gange: die Datenbank behält gelöschte Zeilen auf der Platte bis zu ihrem nächsten Aufräumen (Vacuum).',
  mentions:
    'Antworten auf deine Sprachnachrichten, Begrüßungen und Hinweise mit deinem Namen: {deleted} gelöscht, {edited} geändert, {gone} waren schon weg, {left} bleiben',
  nameless:
    'Wer später kam, erfuhr hier von der Mitschrift. Die Namen wurden auf Wunsch einer dieser Personen entfernt.',
};
