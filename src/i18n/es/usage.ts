export const usage = {
  notAllowed:
    'Quien me gestiona solo me deja trabajar en ciertos servidores, y este no es uno de ellos, así que me voy.',
  usedUp:
    'Este servidor ha agotado sus minutos de este mes. Empiezan de nuevo el día uno del siguiente (UTC); `/usage` muestra a los gestores lo usado.',
  filesUsedUp: 'Este servidor ha agotado sus minutos de este mes; empiezan de nuevo el día uno del siguiente (UTC).',
  nearly:
    'Este servidor ha usado más del 80 % de sus minutos de este mes. Cuando se agoten, las reuniones terminan. `/usage` muestra a los gestores lo usado.',
  ends: 'Este servidor ha agotado sus minutos de este mes: la reunión termina aquí, el acta viene después.',
  head: '**Lo que usó este servidor en {month}** (UTC)',
  total: '{used} minutos de audio; no hay límite.',
  totalOf: '{used} de {limit} minutos de audio ({percent} %).',
  kinds:
    'Reuniones: {meetings} · archivos de audio: {files}. Cada persona que habla cuenta aparte, incluidas las pausas mientras el reconocedor escucha.',
};
