export const settings = {
  transcripts: 'Transcripciones: {where} (`/settings set`)',
  minutes: 'Actas: {where} (`/minutes channel`)',
  spoken: 'Se habla: {language} (`/language`)',
  translations: 'Se traduce a: {languages} (`/translate`)',
  whereStarted: 'donde se use `/transcribe start`',
  whereTranscript: 'donde está la transcripción',
  nothing: 'nada',
  unseen: 'No veo {channel}: da a mi rol el permiso **Ver canal** allí.',
  unchanged: 'No se ha cambiado nada.',
  nothingChosen: 'Elige al menos una opción de `/settings set`.',
  changed: 'Cambiado. Este servidor tiene ahora:',
};
