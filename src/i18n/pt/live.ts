export const live = {
  connecting: 'Conectando…',
  live: 'Ao vivo',
  lost: 'Conexão perdida, tentando de novo…',
  over: 'A reunião terminou.',
  ended: 'Você não pode mais ler isto.',
  closed: 'Este link terminou. Aperte “Página ao vivo” no painel da reunião para obter outro.',
  gaveWay:
    'Você abriu esta página mais de cinco vezes, por isso esta parou. Carregue-a de novo para continuar lendo aqui.',
  stopped: 'Esta página parou. Carregue-a de novo para continuar lendo.',
  later: 'Foi pedido demais de uma vez, ou o Discord não responde. Carregue esta página de novo em alguns segundos.',
  textSize: 'Tamanho do texto',
  smaller: 'Texto menor',
  larger: 'Texto maior',
  noScript: 'Esta página precisa de JavaScript.',
  nothing:
    'Não há nada para ver aqui. Talvez o link seja antigo demais: aperte “Página ao vivo” no painel da reunião para obter outro.',
  notForYou: 'A página ao vivo é para quem pode ler o canal em que esta reunião é escrita.',
  invitation:
    'Uma página em que cresce o que se diz, no idioma que você escolheu em “Meu idioma”. O link é só seu: quem o tiver também lê. Vale por doze horas; “Fechar meus links” o encerra antes.',
  closeMine: 'Fechar meus links',
  closeAll: 'Fechar todos os links',
  closedMine:
    '{count, plural, =0 {Você não tem nenhum link para a página ao vivo desta reunião.} one {Seu link está fechado, e as páginas que ele abriu terminaram.} other {Seus # links estão fechados, e as páginas que eles abriram terminaram.}}',
  closedAll:
    '{count, plural, =0 {Não há links para a página ao vivo desta reunião.} one {Um link para a página ao vivo desta reunião está fechado, e as páginas que ele abriu terminaram.} other {Todos os # links para a página ao vivo desta reunião estão fechados, e as páginas que eles abriram terminaram.}}',
  mayNotCloseAll: 'Só quem administra este servidor pode fechar os links dos outros.',
};
