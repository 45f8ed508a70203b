export const live = {
  connecting: 'Connexion…',
  live: 'En direct',
  lost: 'Connexion perdue, nouvelle tentative…',
  over: 'La réunion est terminée.',
  ended: 'Vous ne pouvez plus lire ceci.',
  textSize: 'Taille du texte',
  smaller: 'Texte plus petit',
  larger: 'Texte plus grand',
  noScript: 'Cette page a besoin de JavaScript.',
  nothing:
    'Il n’y a rien à voir ici. Le lien est peut-être trop ancien : appuyez sur « Page en direct » sur le panneau de la réunion pour en obtenir un autre.',
  notForYou: 'La page en direct est pour ceux qui peuvent lire le salon où cette réunion est écrite.',
  invitation:
    'Une page où s’affiche ce qui se dit, dans la langue choisie sous « Ma langue ». Le lien n’est qu’à vous : qui l’a lit aussi. Il vaut douze heures.',
};
