export const access = {
  stage: '{channel} ist ein Stage-Kanal. Ich kann nur in gewöhnlichen Sprachkanälen zuhören: trefft euch dort.',
  full: '{channel} ist voll ({limit, plural, one {# Person} other {# Personen}}). Erhöhe sein Limit um eins, oder gib mir Mitglieder verschieben.',
  noMessages: '{channel} nimmt keine Nachrichten an: wähle einen Textkanal.',
  locked: '{channel} ist gesperrt: wähle einen anderen Kanal.',
  missing:
    'In {channel} {count, plural, one {fehlt mir die Berechtigung} other {fehlen mir die Berechtigungen}} {names}. Gib sie meiner Rolle in den Einstellungen des Kanals und versuche es noch einmal.',
  ViewChannel: 'Kanal ansehen',
  Connect: 'Verbinden',
  SendMessages: 'Nachrichten senden',
  SendMessagesInThreads: 'Nachrichten in Threads senden',
  EmbedLinks: 'Links einbetten',
  AttachFiles: 'Dateien anhängen',
  unseen: 'Ich kann {channel} nicht sehen: gib meiner Rolle dort **Kanal ansehen**.',
  notManager:
    'Das ist für Leute, die den Server oder seine Kanäle verwalten dürfen (**Server verwalten** oder **Kanäle verwalten**): frage jemanden davon.',
  mayNotHear: 'Du darfst {channel} selbst nicht betreten, also höre ich dort nicht für dich zu.',
  mayNotWrite: 'Du darfst in diesem Textkanal selbst nicht schreiben, also schreibe ich dort nicht für dich.',
  somebodyElses:
    'Diese Besprechung gehört jemand anderem: tritt {channel} bei oder frage {starter} oder jemanden von der Moderation.',
  mayNotChoose:
    'Das gilt für alle hier. Deshalb entscheiden es Personen, die den Server oder seine Kanäle verwalten dürfen (**Server verwalten** oder **Kanäle verwalten**), und während eines Treffens auch, wer es begonnen hat oder darin sitzt.',
  hiddenMeeting:
    'In diesem Server wird schon ein Treffen mitgeschrieben, in Kanälen, die du nicht lesen oder hören darfst. Ich kann in einem Server nur in einem Sprachkanal sein.',
  joinToStart:
    'Du bist nicht in {channel}, die Leute dort sähen also nicht, wer beginnt: tritt erst bei. Wer diesen Server verwaltet, darf von außen beginnen.',
};
