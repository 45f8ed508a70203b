export const router = {
  serversOnly: 'Só funciono em servidores: use este comando em um canal de um servidor em que estou.',
  notInServer: 'Não estou neste servidor. Alguém que possa gerenciá-lo precisa me adicionar primeiro: <{url}>',
  unknownCommand: 'Não conheço mais este comando. Recarregue o Discord (Ctrl+R) e veja o que ofereço agora.',
  outdatedControl: 'Isto é de uma versão antiga minha e não faz mais nada.',
  failed:
    'Algo deu errado do meu lado. Tente de novo; se acontecer outra vez, informe a quem me hospeda a referência {reference}.',
};
