export const languages = {
  unreadable:
    'I cannot read {typed} as a language: give codes like {codes}, or names like Spanish. Nothing was changed.',
  doubt:
    '{count, plural, one {{codes} is} other {{codes} are}} not known to be supported: if the recogniser refuses, I say so in the transcript.',
  off: 'No translations (off)',
  auto: 'Find out by itself (auto)',
  default: 'As set for the server (default)',
  noneSet: 'Nothing is translated here. `/translate languages:es,fr` sets languages.',
  areSet: 'Meetings here are translated into {languages}. `/translate languages:off` ends it.',
  offNow: 'From now on nothing is translated.',
  setNow: 'From now on meetings here are translated into {languages}.',
  spokenHere: '{language} is what is spoken here, so it needs no translation: left out.',
  twice: '{languages}: given twice, taken once.',
  unchanged: 'Nothing was changed.',
  toldOff: '{name} turned the translations off.',
  toldSet: '{name} set the translations to {languages}.',
  serverAuto: 'From now on I find out by myself what is spoken here. Members can choose their own with `/language`.',
  serverSet: 'From now on {language} is what I expect to hear here. Members can choose their own with `/language`.',
  alsoTarget: '{language} is among the translations too: it is left out for those who speak it.',
  mineDefault: 'From now on your language is the server’s: {language}.',
  mineAuto: 'From now on I find out by myself what you speak.',
  mineSet: 'From now on I expect {language} from you.',
};
