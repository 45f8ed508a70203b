export const overview = {
  ended: 'ended: {how}',
  fullTranscript: 'Full transcript: the attached file `{file}`',
  nobodySpoke: 'nobody spoke',
  moreStays: 'and {count} more',
  more: '… and {count} more',
  moreInFile: '… and {count} more in the file',
  continued: '(continued)',
  spoken: 'spoken: {languages}',
  none: 'none',
  into: 'translated into {languages}',
};
