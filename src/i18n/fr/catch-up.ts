export const catchUp = {
  none: 'Il n’y a ici aucune réunion que vous puissiez lire.',
  head: '**Ce qui a été dit dans {voice}, de {from} à {to}**',
  nothing: 'Rien n’a été dit dans {voice} de {from} à {to} que j’aurais pu écrire.',
  earlier:
    '-# {count, plural, one {# ligne précédente se trouve} many {# lignes précédentes se trouvent} other {# lignes précédentes se trouvent}} dans le fichier, avec toutes les autres.',
  all: '-# {count, plural, one {La # ligne est} many {Les # lignes sont} other {Les # lignes sont}} dans le fichier.',
  summaryAgain: '-# Je vous écrirai de nouveau un résumé {when}.',
};
