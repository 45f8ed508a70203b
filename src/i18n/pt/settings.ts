export const settings = {
  transcripts: 'Transcrições: {where} (`/settings set`)',
  minutes: 'Atas: {where} (`/minutes channel`)',
  spoken: 'Fala-se: {language} (`/language`)',
  translations: 'Traduz-se para: {languages} (`/translate`)',
  whereStarted: 'onde `/transcribe start` for usado',
  whereTranscript: 'onde está a transcrição',
  nothing: 'nada',
  unseen: 'Não vejo {channel}: dê ao meu cargo a permissão **Ver canal** ali.',
  unchanged: 'Nada foi alterado.',
  nothingChosen: 'Escolha ao menos uma opção de `/settings set`.',
  changed: 'Alterado. Este servidor agora tem:',
};
