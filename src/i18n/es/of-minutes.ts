export const ofMinutes = {
  timeZone: 'Horas en las actas: {zone} (`/settings set`)',
  noTimeZone: 'No conozco la zona horaria “{typed}”: da un nombre como `Europe/Berlin` o `America/New_York`.',
  glossary: 'Glosario: {count, plural, =0 {ningún término} one {un término} other {# términos}} (`/settings glossary`)',
  noTerms: 'Todavía no hay términos. `/settings glossary` añade uno con su opción `written`.',
  heardAs: 'se oye como {heard}',
  termAdded: 'A partir de ahora escribo {term}.',
  termRemoved: '{term} ya no está en el glosario.',
  noTerm: 'No hay ningún término “{typed}” en el glosario.',
  glossaryFull: 'El glosario está lleno: contiene {most} términos. Quita uno primero.',
  noTranslations:
    'No puedo leer “{typed}” como traducciones: escríbelas como `es=Consejo, fr=Conseil`. No se ha cambiado nada.',
  webhook: 'Las actas se envían a: {host} (`/settings webhook`)',
  webhookNone: 'Las actas se envían a: nadie (`/settings webhook`)',
  webhookSet:
    'A partir de ahora envío las actas a {host} cuando termina una reunión. Este es el secreto con el que se firman. Guárdalo ahora, no lo muestro otra vez: ||`{secret}`||',
  webhookOff: 'A partir de ahora no envío las actas a nadie.',
  sentOn: 'El acta de esta reunión se envía a {host}, fuera de Discord.',
  sentOnNoMore: 'El acta de esta reunión ya no se envía a nadie.',
  noWebhook:
    'Solo envío actas a direcciones que empiezan por `https://`, sin nombre ni contraseña. No se ha cambiado nada.',
  newer: 'Más recientes',
  older: 'Anteriores',
};
