export const minutes = {
  channelDefault:
    'Las actas se publican donde está la transcripción. `/minutes channel channel:…` les da un canal propio.',
  channelIs: 'Las actas se publican en {channel}.',
  channelOff: 'A partir de ahora las actas se publican donde está la transcripción.',
  channelSet: 'A partir de ahora las actas se publican en {channel}.',
  stillRuns: 'Esta reunión sigue en curso: `/transcribe stop` la termina y luego se puede eliminar.',
  erased:
    'Borrado para siempre: **{title}** del {moment}: {count, plural, one {un texto} other {# textos}}, quién estuvo y lo que se podía buscar.',
  erasedRest:
    'Lo que publiqué en canales de Discord y los archivos que alguien guardó ya no puedo encontrarlos: un moderador puede borrar los mensajes.',
  mayNotDelete:
    'Una reunión la elimina quien la inició o quien puede gestionar el servidor (**Gestionar servidor**): pídeselo a alguien así.',
  unknownFormat: 'Ya no conozco este tipo de archivo: elige otro.',
  tooLarge:
    'El archivo es demasiado grande para este servidor: {size} MB, y Discord admite {most} MB. Los subtítulos y el texto sin formato son los más pequeños.',
  listHead: 'Reuniones, las más nuevas primero. `/minutes show` abre una.',
  page: 'Página {page} de {pages}.',
  runningNow: 'en curso',
  noneYet: 'Aquí aún no hay reuniones que puedas leer.',
  noSuch: 'No conozco aquí esa reunión: elige una de las sugerencias o mira `/minutes list`.',
  keptForever: 'Las reuniones se conservan hasta que alguien las elimina.',
  keptFor: 'Las reuniones se conservan {days, plural, one {un día} other {# días}} tras su fin.',
  keepChange: '`/minutes retention days:…` lo cambia.',
  serverManagers: 'Esto es para quienes pueden gestionar el servidor (**Gestionar servidor**): pídeselo a alguien así.',
  nothingErased: 'A partir de ahora nada se borra por sí solo.',
  olderErased:
    'Las más antiguas se borran para siempre en dos horas, y desde entonces cada día; `/minutes retention days:0` antes lo detiene.',
  badSince: 'No reconozco “{typed}” como momento: da una fecha como `2026-11-23`, o `12h`, `7d`, `2w`.',
  needWord: 'Dame una palabra que buscar: los signos y emojis solos no están en el índice.',
  foundNothing: 'No encontré nada en las reuniones que puedes leer. Con menos palabras se encuentra más.',
  moreHits: 'Hay más: añade palabras, o persona, fecha, idioma.',
  hitsHead: 'Lo dicho, lo más nuevo primero. `/minutes show` abre una reunión.',
  inLanguage: 'en {language}',
  filesBusy:
    'Ahora mismo se están creando varios archivos: inténtalo de nuevo en un minuto. Los subtítulos, el texto y Markdown llegan al momento.',
  fileLate: 'No he podido crear este archivo a tiempo. Los subtítulos, el texto y Markdown llegan al momento.',
};
