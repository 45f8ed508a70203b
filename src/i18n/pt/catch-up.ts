export const catchUp = {
  none: 'Não há aqui nenhuma reunião que você possa ler.',
  head: '**O que foi dito em {voice}, de {from} a {to}**',
  nothing: 'Em {voice} não foi dito nada de {from} a {to} que eu pudesse escrever.',
  earlier:
    '-# {count, plural, one {# linha anterior está} many {# linhas anteriores estão} other {# linhas anteriores estão}} no arquivo, com todas as outras.',
  all: '-# {count, plural, one {A # linha está} many {As # linhas estão} other {As # linhas estão}} no arquivo.',
  summaryAgain: '-# Volto a escrever um resumo para você {when}.',
};
