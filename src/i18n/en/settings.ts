export const settings = {
  transcripts: 'Transcripts: {where} (`/settings set`)',
  minutes: 'Minutes: {where} (`/minutes channel`)',
  spoken: 'Spoken: {language} (`/language`)',
  translations: 'Translated into: {languages} (`/translate`)',
  whereStarted: 'where `/transcribe start` is used',
  whereTranscript: 'where the transcript is',
  nothing: 'nothing',
  unseen: 'I cannot see {channel}: give my role **View Channel** there.',
  unchanged: 'Nothing was changed.',
  nothingChosen: 'Choose at least one option of `/settings set`.',
  changed: 'Changed. This server now has:',
};
