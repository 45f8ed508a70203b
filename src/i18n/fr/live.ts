export const live = {
  connecting: 'Connexion…',
  live: 'En direct',
  lost: 'Connexion perdue, nouvelle tentative…',
  over: 'La réunion est terminée.',
  ended: 'Vous ne pouvez plus lire ceci.',
  closed:
    'Ce lien n’est plus valable. Appuyez sur « Page en direct » sur le panneau de la réunion pour en obtenir un autre.',
  gaveWay:
    'Vous avez ouvert cette page plus de cinq fois, celle-ci s’est donc arrêtée. Rechargez-la pour continuer à lire ici.',
  stopped: 'Cette page s’est arrêtée. Rechargez-la pour continuer à lire.',
  later: 'Trop de demandes à la fois, ou Discord ne répond pas. Rechargez cette page dans quelques secondes.',
  textSize: 'Taille du texte',
  smaller: 'Texte plus petit',
  larger: 'Texte plus grand',
  noScript: 'Cette page a besoin de JavaScript.',
  nothing:
    'Il n’y a rien à voir ici. Le lien est peut-être trop ancien : appuyez sur « Page en direct » sur le panneau de la réunion pour en obtenir un autre.',
  notForYou: 'La page en direct est pour ceux qui peuvent lire le salon où cette réunion est écrite.',
  invitation:
    'Une page où s’affiche ce qui se dit, dans la langue choisie sous « Ma langue ». Le lien n’est qu’à vous : qui l’a lit aussi. Il vaut douze heures ; « Fermer mes liens » y met fin plus tôt.',
  closeMine: 'Fermer mes liens',
  closeAll: 'Fermer tous les liens',
  closedMine:
    '{count, plural, =0 {Vous n’avez aucun lien vers la page en direct de cette réunion.} one {Votre lien est fermé, et les pages qu’il avait ouvertes sont terminées.} other {Vos # liens sont fermés, et les pages qu’ils avaient ouvertes sont terminées.}}',
  closedAll:
    '{count, plural, =0 {Il n’y a aucun lien vers la page en direct de cette réunion.} one {Un lien vers la page en direct de cette réunion est fermé, et les pages qu’il avait ouvertes sont terminées.} other {Les # liens vers la page en direct de cette réunion sont fermés, et les pages qu’ils avaient ouvertes sont terminées.}}',
  mayNotCloseAll: 'Seuls ceux qui gèrent ce serveur peuvent fermer les liens des autres.',
};
