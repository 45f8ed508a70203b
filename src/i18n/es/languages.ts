export const languages = {
  unreadable:
    'No reconozco {typed} como idioma: usa códigos como {codes}, o nombres como español. No se ha cambiado nada.',
  doubt:
    '{count, plural, one {No consta que {codes} sea compatible} other {No consta que {codes} sean compatibles}}: si el reconocedor lo rechaza, lo diré en la transcripción.',
  off: 'Sin traducciones (off)',
  auto: 'Detectarlo (auto)',
  default: 'Lo que diga el servidor (default)',
  noneSet: 'Aquí no se traduce nada. `/translate languages:en,fr` elige idiomas.',
  areSet: 'Las reuniones de aquí se traducen a: {languages}. `/translate languages:off` lo termina.',
  offNow: 'A partir de ahora no se traduce nada.',
  setNow: 'A partir de ahora las reuniones de aquí se traducen a: {languages}.',
  spokenHere: 'Aquí se habla {language}, así que no necesita traducción: se omite.',
  twice: '{languages}: indicado dos veces, tomado una.',
  unchanged: 'No se ha cambiado nada.',
  toldOff: '{name} ha desactivado las traducciones.',
  toldSet: '{name} ha elegido las traducciones: {languages}.',
  serverAuto: 'A partir de ahora detecto yo qué se habla aquí. Cada miembro puede elegir el suyo con `/language`.',
  serverSet: 'A partir de ahora espero oír aquí: {language}. Cada miembro puede elegir el suyo con `/language`.',
  alsoTarget: '{language} también está entre las traducciones: se omite para quienes lo hablan.',
  mineDefault: 'A partir de ahora tu idioma es el del servidor: {language}.',
  mineAuto: 'A partir de ahora detecto yo qué hablas.',
  mineSet: 'A partir de ahora espero de ti: {language}.',
};
