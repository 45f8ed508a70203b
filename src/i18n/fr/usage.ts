export const usage = {
  notAllowed:
    'La personne qui me gère ne me laisse travailler que sur certains serveurs, et celui-ci n’en fait pas partie : je le quitte.',
  usedUp:
    'Ce serveur a épuisé ses minutes du mois. Elles repartent de zéro le premier du mois prochain (UTC) ; `/usage` montre aux gestionnaires ce qui a été utilisé.',
  filesUsedUp: 'Ce serveur a épuisé ses minutes du mois ; elles repartent de zéro le premier du mois prochain (UTC).',
  nearly:
    'Ce serveur a utilisé plus de 80 % de ses minutes du mois. Quand elles seront épuisées, les réunions se termineront. `/usage` montre aux gestionnaires ce qui a été utilisé.',
  ends: 'Ce serveur a épuisé ses minutes du mois : la réunion se termine ici, le compte rendu suit.',
  head: '**Ce que ce serveur a utilisé en {month}** (UTC)',
  total: '{used} minutes d’audio ; il n’y a pas de limite.',
  totalOf: '{used} minutes d’audio sur {limit} ({percent} %).',
  kinds:
    'Réunions : {meetings} · fichiers audio : {files}. Chaque personne qui parle compte à part, pauses comprises tant que la reconnaissance écoute.',
};
