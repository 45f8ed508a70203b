export const live = {
  connecting: 'Conectando…',
  live: 'Ao vivo',
  lost: 'Conexão perdida, tentando de novo…',
  over: 'A reunião terminou.',
  ended: 'Você não pode mais ler isto.',
  textSize: 'Tamanho do texto',
  smaller: 'Texto menor',
  larger: 'Texto maior',
  noScript: 'Esta página precisa de JavaScript.',
  nothing:
    'Não há nada para ver aqui. Talvez o link seja antigo demais: aperte “Página ao vivo” no painel da reunião para obter outro.',
  notForYou: 'A página ao vivo é para quem pode ler o canal em que esta reunião é escrita.',
  invitation:
    'Uma página em que cresce o que se diz, no idioma que você escolheu em “Meu idioma”. O link é só seu: quem o tiver também lê. Vale por doze horas.',
};
