export const transcribe = {
  nothingRuns: 'En este servidor no se está transcribiendo nada. `/transcribe start` empieza.',
  joinFirst: 'Entra primero en un canal de voz, o indica uno: `/transcribe start voice-channel:…`',
  noText: 'No veo ningún canal donde escribir: indica uno con `/transcribe start text-channel:…`',
  alreadyRunning:
    'Ya estoy transcribiendo {voice} en este servidor (desde {since}, por {starter}, escrito en {text}). Solo puedo estar en un canal de voz por servidor: `/transcribe stop` termina esa reunión.',
  justStarted: 'Otra persona acaba de iniciar una reunión aquí.',
  started: 'Escucho en {voice}. Lo que se diga aparece en {text}.',
  pausedAlready: 'La reunión ya está en pausa: `/transcribe resume` continúa.',
  toldPaused: '⏸️ {name} ha puesto en pausa la transcripción: no se oye nada hasta `/transcribe resume`.',
  paused: 'En pausa: a partir de ahora no se oye ni se escribe nada. `/transcribe resume` continúa.',
  notPaused: 'La reunión no está en pausa: lo que se dice se está escribiendo.',
  toldResumed: '▶️ {name} ha reanudado la transcripción: lo que se dice vuelve a escribirse.',
  resumed: 'Reanudado: lo que se dice vuelve a escribirse.',
  over: 'La reunión en {voice} ha terminado: {contents}. El acta está en {minutes}, y `/minutes latest` la muestra.',
  nothingSaid: 'no se dijo nada que pudiera escribir',
  contents:
    '{lines, plural, one {una línea} other {# líneas}} de {people, plural, one {una persona} other {# personas}}',
};
