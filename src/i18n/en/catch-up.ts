export const catchUp = {
  none: 'There is no meeting here that you could read about.',
  head: '**What was said in {voice}, from {from} to {to}**',
  nothing: 'Nothing was said in {voice} from {from} to {to} that I could write down.',
  earlier:
    '-# {count, plural, one {# earlier line stands} other {# earlier lines stand}} in the file, with all the others.',
  all: '-# {count, plural, one {The # line is} other {All # lines are}} in the file.',
  summaryAgain: '-# From {when} on I write a summary for you again.',
};
