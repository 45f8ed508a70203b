export const catchUp = {
  none: 'Hier gibt es keine Besprechung, die du lesen dürftest.',
  head: '**Was in {voice} gesagt wurde, von {from} bis {to}**',
  nothing: 'In {voice} wurde von {from} bis {to} nichts gesagt, was ich hätte aufschreiben können.',
  earlier:
    '-# {count, plural, one {# frühere Zeile steht} other {# frühere Zeilen stehen}} in der Datei, mit allen anderen.',
  all: '-# {count, plural, one {Die # Zeile steht} other {Alle # Zeilen stehen}} in der Datei.',
  summaryAgain: '-# Eine Zusammenfassung schreibe ich dir wieder {when}.',
};
