export const notices = {
  moved: 'Me han movido a {channel} y sigo allí.',
  back: 'Estuve ausente y he vuelto: puede faltar aquí lo dicho en los últimos {seconds} s.',
  nothingHeard:
    'Ahora mismo no oigo el canal de voz; sigo intentándolo. Si persiste, `/transcribe stop` y `/transcribe start` me conectan de nuevo.',
  endsHere: 'La reunión termina aquí; sigue el acta.',
  meetingFailed: 'Algo ha fallado por mi parte: la reunión termina aquí; sigue el acta.',
  noText: '{name} habla, pero no ha llegado texto en 15 s: {because}',
  takingTurns: 'hablan más personas de las que el reconocedor admite a la vez; sus palabras llegarán más tarde.',
  outOfReach: 'no se puede contactar con el reconocedor; guardo lo que se dice y sigo intentándolo.',
  mute: 'el reconocedor no responde.',
  unreadable:
    '{name} habla, pero no puedo descifrar su audio. Si persiste, salir del canal de voz y volver a entrar le da claves nuevas.',
  gap: 'No se pudieron transcribir {seconds} s de lo dicho: {reason}.',
  gapOf: 'No se pudieron transcribir {seconds} s de lo que dijo {name}: {reason}.',
  gapPaused: 'en pausa',
  gapRecogniser: 'reconocedor no disponible',
  gapDecryption: 'audio sin descifrar',
  gapVoice: 'conexión de voz perdida',
  gapRestarted: 'reinicio',
  gapTooMuch: 'demasiado a la vez',
  journalFailed: 'No puedo escribir en mi diario: el acta de esta reunión puede quedar incompleta.',
  minutesFailed: 'No se pudo publicar el acta. Todo lo dicho está guardado: `/minutes latest` la muestra.',
};
