export const consent = {
  hearMe: 'Hör mich',
  ask: 'In {voice} wird nur gehört, wer ja sagt. Drücke den Knopf oder benutze `/privacy opt-in`: deine Wahl gilt auf diesem Server, bis du sie mit `/privacy opt-out` zurücknimmst.',
  greet:
    'Willkommen, {names}: was in {voice} gesagt wird, wird hier mitgeschrieben. Du nicht? `/privacy opt-out`, und du wirst nicht gehört.',
  greetAsking:
    'Willkommen, {names}: was in {voice} gesagt wird, wird hier mitgeschrieben. {count, plural, one {Du wirst} other {Ihr werdet}} nicht gehört, bis der Knopf gedrückt ist oder schon früher ja gesagt wurde.',
  more: '{count, plural, one {# weitere Person} other {# weitere}}',
  optedOut:
    'Ab jetzt höre ich dich auf diesem Server nicht: was du sagst, wird verworfen, bevor es dekodiert wird, und ebenso, was noch nicht endgültig war. `/privacy opt-in` nimmt das zurück; `/privacy forget-me` löscht, was du vorher gesagt hast.',
  optedIn:
    'Ab jetzt höre ich dich, wenn auf diesem Server eine Besprechung mitgeschrieben wird. `/privacy opt-out` nimmt das zurück.',
  notAllowed: 'In {voice} wird nicht mitgeschrieben: dieser Server erlaubt es in {allowed}.',
  movedOut:
    'Ich wurde in einen Sprachkanal verschoben, wo dieser Server keine Mitschrift erlaubt: die Besprechung endet hier, das Protokoll folgt.',
  autoStartFailed: 'Hier sollte eine Besprechung von selbst beginnen und konnte nicht. {problem}',
  doNotHearMe: 'Hör mich nicht',
  beside:
    '🔴 Was in {voice} gesagt wird, wird mitgeschrieben, in einem Kanal, den hier nicht alle sehen können. Begonnen von {starter}. Du nicht? Drücke den Knopf oder benutze `/privacy opt-out`, und du wirst nicht gehört.',
  besideAsking:
    '🔴 Was in {voice} gesagt wird, wird mitgeschrieben, in einem Kanal, den hier nicht alle sehen können. Begonnen von {starter}. Gehört wird nur, wer ja sagt: drücke den Knopf oder benutze `/privacy opt-in`. Deine Wahl gilt auf diesem Server, bis du sie mit `/privacy opt-out` zurücknimmst.',
  greetBeside:
    'Willkommen, {names}: was in {voice} gesagt wird, wird mitgeschrieben, in einem Kanal, den du nicht sehen kannst. Du nicht? Drücke den Knopf oder benutze `/privacy opt-out`, und du wirst nicht gehört.',
  greetAskingBeside:
    'Willkommen, {names}: was in {voice} gesagt wird, wird mitgeschrieben, in einem Kanal, den du nicht sehen kannst. {count, plural, one {Du wirst} other {Ihr werdet}} nicht gehört, bis der Knopf gedrückt ist oder schon früher ja gesagt wurde.',
  movedAway:
    'Ich wurde in einen Sprachkanal verschoben, den nicht alle betreten dürfen, die hier lesen, oder dessen Leute nicht alle hier lesen können. Dort wird nichts mitgeschrieben: die Besprechung endet hier, das Protokoll folgt. `/transcribe start` beginnt dort eine.',
};
