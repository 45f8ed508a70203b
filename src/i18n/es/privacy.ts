export const privacy = {
  policyHeard:
    '**Qué oigo.** Solo mientras se transcribe una reunión: su panel lo dice, y a quien entra después se le avisa. Nunca a quien se excluyó, nunca durante una pausa: su sonido se descarta antes de decodificarse. Mensajes de voz, cuando alguien lo pide: no los tuyos si te excluiste.',
  policyOptIn: 'En este servidor solo se oye a quien dijo que sí.',
  policyGoes:
    '**Adónde va.** El sonido de cada persona se envía al reconocedor de voz (Palabra) mientras habla. Nunca lo guardo. Los textos van al canal y, si quien me opera lo configuró, a un modelo de lenguaje para resúmenes. Si un gestor lo configuró, las actas se envían a otro servicio.',
  policyKept:
    '**Qué se guarda.** Textos, traducciones, quién estuvo y cuándo, para el acta, {days, plural, =0 {hasta que alguien los borre} one {durante un día} other {durante # días}}; en la base de datos de quien me opera, para quienes podían leer u oír la reunión.',
  policySentOn: 'Las actas de las reuniones se envían a {host}, fuera de Discord.',
  policyRights:
    '**Tus derechos.** `/privacy opt-out`: no se te oye a partir de ahora. `/privacy opt-in`: se te oye otra vez. `/privacy forget-me`: se borra lo que dijiste en este servidor, también en mis mensajes, con un recibo. Lo que quede se nombra allí.',
  nothing: 'No guardo nada tuyo en este servidor: ni palabras ni reuniones en las que estuvieras.',
  question:
    '¿Borrar para siempre lo que dijiste en este servidor? Está en {meetings, plural, one {# reunión} other {# reuniones}} y en {messages, plural, one {# mensaje mío} other {# mensajes míos}}. Desaparecen tus palabras, sus traducciones, tu nombre y cuándo estuviste; también los resúmenes de esas reuniones. No hay vuelta atrás.',
  erase: 'Borrar para siempre',
  keep: 'Conservar todo',
  kept: 'No se ha borrado nada.',
  underWay: 'Ya se está haciendo: el recibo llegará aquí.',
  receipt: 'Recibo {id}',
  when: 'Borrado: {when}',
  server: 'Servidor: {name}',
  texts:
    '{count, plural, one {# texto tuyo} other {# textos tuyos}}, con sus traducciones y lo que de ellos se podía buscar',
  stays:
    '{count, plural, one {# presencia} other {# presencias}} en {meetings, plural, one {# reunión} other {# reuniones}}, con tu nombre',
  messages:
    'Mensajes míos: {deleted} borrados, {edited} editados para que solo queden las palabras de los demás, {gone} ya no estaban, {left} quedan',
  minutes: 'Actas en Discord: {edited} reescritas sin ti, {left} quedan',
  left: 'Lo que queda no pude cambiarlo; un moderador puede borrarlo:',
  unknownMinutes: 'Acta de «{title}», {when}: ya no sé dónde está',
  others:
    'No alcanza: archivos que otros guardaron, copias de seguridad, lo que otros dijeron de ti y quién inició una reunión.',
  stillHeard:
    'Hay una reunión en marcha: lo que digas a partir de ahora se vuelve a guardar. Con `/privacy opt-out` no te oigo.',
  diskLog:
    'En curso: alguien está leyendo la base de datos, quizá una copia de seguridad, así que lo borrado puede seguir en su archivo de escritura anticipada. Lo intento cada minuto hasta que quede sobrescrito.',
  diskRows: 'En curso: la base de datos conserva en el disco las filas borradas hasta su próxima limpieza (vacuum).',
  mentions:
    'Respuestas a tus mensajes de voz, saludos y avisos con tu nombre: {deleted} borrados, {edited} editados, {gone} ya no estaban, {left} quedan',
  nameless:
    'Aquí se avisó de la transcripción a quienes entraron después. Los nombres se quitaron por deseo de una de esas personas.',
};
