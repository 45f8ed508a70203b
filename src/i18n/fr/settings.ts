export const settings = {
  transcripts: 'Transcriptions : {where} (`/settings set`)',
  minutes: 'Comptes rendus : {where} (`/minutes channel`)',
  spoken: 'Langue parlée : {language} (`/language`)',
  translations: 'Traduit vers : {languages} (`/translate`)',
  whereStarted: 'là où `/transcribe start` est utilisé',
  whereTranscript: 'là où se trouve la transcription',
  nothing: 'rien',
  unseen: 'Je ne vois pas {channel} : donnez à mon rôle la permission **Voir le salon** à cet endroit.',
  unchanged: 'Rien n’a été modifié.',
  nothingChosen: 'Choisissez au moins une option de `/settings set`.',
  changed: 'Modifié. Ce serveur a maintenant :',
};
