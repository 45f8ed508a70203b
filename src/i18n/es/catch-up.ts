export const catchUp = {
  none: 'Aquí no hay ninguna reunión que puedas leer.',
  head: '**Lo que se dijo en {voice}, de {from} a {to}**',
  nothing: 'En {voice} no se dijo nada de {from} a {to} que yo pudiera escribir.',
  earlier:
    '-# {count, plural, one {# línea anterior está} many {# líneas anteriores están} other {# líneas anteriores están}} en el archivo, con todas las demás.',
  all: '-# {count, plural, one {La # línea está} many {Las # líneas están} other {Las # líneas están}} en el archivo.',
  summaryAgain: '-# Volveré a escribirte un resumen {when}.',
};
