export const settings = {
  transcripts: 'Mitschriften: {where} (`/settings set`)',
  minutes: 'Protokolle: {where} (`/minutes channel`)',
  spoken: 'Gesprochen wird: {language} (`/language`)',
  translations: 'Übersetzt wird in: {languages} (`/translate`)',
  whereStarted: 'wo `/transcribe start` benutzt wird',
  whereTranscript: 'wo die Mitschrift steht',
  nothing: 'nichts',
  unseen: 'Ich kann {channel} nicht sehen: gib meiner Rolle dort **Kanal ansehen**.',
  unchanged: 'Nichts wurde geändert.',
  nothingChosen: 'Wähle mindestens eine Option von `/settings set`.',
  changed: 'Geändert. Auf diesem Server gilt nun:',
};
