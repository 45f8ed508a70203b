export const notices = {
  moved: 'Me han movido a {channel} y sigo allí.',
  back: 'Estuve ausente y he vuelto: puede faltar aquí lo dicho en los últimos {seconds} s.',
  restarting: 'Me están reiniciando y vuelvo enseguida: hasta entonces no se oye a nadie.',
  nothingHeard:
    'Ahora mismo no oigo el canal de voz; sigo intentándolo. Si persiste, `/transcribe stop` y `/transcribe start` me conectan de nuevo.',
  deafened:
    'Un moderador me ha ensordecido: no oigo a nadie hasta que lo deshaga (clic derecho sobre mí en el canal de voz, Ensordecer en el servidor).',
  hearsAgain: 'Vuelvo a oír: falta aquí lo dicho en los últimos {seconds} s.',
  endsHere: 'La reunión termina aquí; sigue el acta.',
  meetingFailed: 'Algo ha fallado por mi parte: la reunión termina aquí; sigue el acta.',
  noText: '{name} habla, pero no ha llegado texto en 15 s: {because}',
  takingTurns: 'hablan más personas de las que el reconocedor admite a la vez; sus palabras llegarán más tarde.',
  outOfReach: 'no se puede contactar con el reconocedor; guardo lo que se dice y sigo intentándolo.',
  mute: 'el reconocedor no responde.',
  targetsLeftOut: 'El reconocedor no traduce a {languages}; todo lo demás continúa.',
  spokenLeftOut: 'El reconocedor no admite {language} como idioma hablado; lo detecta por sí mismo.',
  unreadable:
    '{name} habla, pero no puedo descifrar su audio. Si persiste, salir del canal de voz y volver a entrar le da claves nuevas.',
  tooQuiet:
    'A {name} se le oye, pero demasiado bajo para que sus palabras se conviertan en texto. Hay que subir el volumen de su micrófono o acercarlo.',
  gap: 'No se pudieron transcribir {seconds} s de lo dicho: {reason}.',
  gapOf: 'No se pudieron transcribir {seconds} s de lo que dijo {name}: {reason}.',
  gapPaused: 'en pausa',
  gapRecogniser: 'reconocedor no disponible',
  gapDecryption: 'audio sin descifrar',
  gapVoice: 'conexión de voz perdida',
  gapDeafened: 'un moderador me había ensordecido',
  gapRestarted: 'reinicio',
  gapTooMuch: 'demasiado a la vez',
  journalFailed: 'No puedo escribir en mi diario: el acta de esta reunión puede quedar incompleta.',
  minutesFailed: 'No se pudo publicar el acta. Todo lo dicho está guardado: `/minutes latest` la muestra.',
};
