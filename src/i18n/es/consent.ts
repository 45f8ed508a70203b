export const consent = {
  hearMe: 'Óyeme',
  ask: 'En {voice} solo se oye a quien dice que sí. Pulsa el botón o usa `/privacy opt-in`: tu elección vale en este servidor hasta que la retires con `/privacy opt-out`.',
  greet:
    'Te damos la bienvenida, {names}: lo que se dice en {voice} se transcribe aquí. ¿Tú no? `/privacy opt-out`, y no se te oye.',
  greetAsking:
    'Te damos la bienvenida, {names}: lo que se dice en {voice} se transcribe aquí. No se {count, plural, one {te} other {os}} oye hasta pulsar el botón o haber dicho que sí antes.',
  more: '{count, plural, one {# más} other {# más}}',
  optedOut:
    'A partir de ahora no te oigo en este servidor: lo que digas se descarta antes de decodificarse, y también lo que habías dicho y aún no era definitivo. `/privacy opt-in` lo deshace; `/privacy forget-me` borra lo que dijiste antes.',
  optedIn:
    'A partir de ahora te oigo cuando se transcribe una reunión en este servidor. `/privacy opt-out` lo deshace.',
  notAllowed: 'En {voice} no se transcribe: este servidor lo permite en {allowed}.',
  movedOut:
    'Me han movido a un canal de voz donde este servidor no permite transcribir: la reunión termina aquí y sigue el acta.',
  autoStartFailed: 'Una reunión debía empezar aquí por sí sola y no pudo. {problem}',
  doNotHearMe: 'No me oigas',
  beside:
    '🔴 Lo que se dice en {voice} se transcribe, en un canal que no todos aquí pueden ver. Lo empezó {starter}. ¿Tú no? Pulsa el botón o usa `/privacy opt-out`, y no se te oye.',
  besideAsking:
    '🔴 Lo que se dice en {voice} se transcribe, en un canal que no todos aquí pueden ver. Lo empezó {starter}. Solo se oye a quien dice que sí: pulsa el botón o usa `/privacy opt-in`. Tu elección vale en este servidor hasta que la retires con `/privacy opt-out`.',
  greetBeside:
    'Te damos la bienvenida, {names}: lo que se dice en {voice} se transcribe, en un canal que no puedes ver. ¿Tú no? Pulsa el botón o usa `/privacy opt-out`, y no se te oye.',
  greetAskingBeside:
    'Te damos la bienvenida, {names}: lo que se dice en {voice} se transcribe, en un canal que no puedes ver. No se {count, plural, one {te} other {os}} oye hasta pulsar el botón o haber dicho que sí antes.',
  movedAway:
    'Me han movido a un canal de voz en el que no todos los que leen aquí pueden entrar, o cuya gente no puede leer aquí. Allí no se escribe nada: la reunión termina aquí y sigue el acta. `/transcribe start` empieza una allí.',
};
