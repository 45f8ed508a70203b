export const router = {
  serversOnly:
    'Je ne fonctionne que dans des serveurs : utilisez cette commande dans un salon d’un serveur où je suis.',
  notInServer: 'Je ne suis pas dans ce serveur. Quelqu’un qui peut le gérer doit d’abord m’ajouter : <{url}>',
  unknownCommand: 'Je ne connais plus cette commande. Rechargez Discord (Ctrl+R), puis regardez ce que je propose.',
  outdatedControl: 'Cela vient d’une ancienne version de moi et ne fait plus rien.',
  failed:
    'Quelque chose a échoué de mon côté. Réessayez ; si cela se reproduit, donnez la référence {reference} à qui m’héberge.',
};
