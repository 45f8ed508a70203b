export const overview = {
  ended: 'Ende: {how}',
  fullTranscript: 'Vollständige Mitschrift: die angehängte Datei `{file}`',
  nobodySpoke: 'niemand hat gesprochen',
  moreStays: 'und {count} weitere',
  more: '… und {count} weitere',
  moreInFile: '… und {count} weitere in der Datei',
  continued: '(Fortsetzung)',
  spoken: 'gesprochen: {languages}',
  none: 'keine',
  into: 'übersetzt in {languages}',
};
