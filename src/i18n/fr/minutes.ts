export const minutes = {
  channelDefault:
    'Les comptes rendus sont publiés là où est la transcription. `/minutes channel channel:…` leur donne un salon.',
  channelIs: 'Les comptes rendus sont publiés dans {channel}.',
  channelOff: 'Désormais, les comptes rendus sont publiés là où est la transcription.',
  channelSet: 'Désormais, les comptes rendus sont publiés dans {channel}.',
  stillRuns: 'Cette réunion est encore en cours : `/transcribe stop` y met fin, puis elle peut être supprimée.',
  erased:
    'Effacé pour de bon : **{title}** du {moment} : {count, plural, one {un texte} other {# textes}}, les présents et ce qui pouvait être cherché.',
  erasedRest:
    'Ce que j’ai publié dans les salons Discord et les fichiers enregistrés ne sont plus à ma portée : la modération peut supprimer les messages.',
  mayNotDelete:
    'Une réunion est supprimée par qui l’a démarrée, ou par qui peut gérer le serveur (**Gérer le serveur**) : demandez à l’une de ces personnes.',
  unknownFormat: 'Je ne connais plus ce type de fichier : choisissez-en un autre.',
  tooLarge:
    'Le fichier est trop gros pour ce serveur : {size} Mo, et Discord accepte {most} Mo. Les sous-titres et le texte brut sont les plus petits.',
  listHead: 'Réunions, les plus récentes d’abord. `/minutes show` en ouvre une.',
  page: 'Page {page} sur {pages}.',
  runningNow: 'en cours',
  noneYet: 'Il n’y a pas encore de réunion que vous puissiez lire ici.',
  noSuch: 'Je ne connais pas cette réunion ici : choisissez-en une parmi les suggestions, ou voyez `/minutes list`.',
  keptForever: 'Les réunions sont gardées jusqu’à ce que quelqu’un les supprime.',
  keptFor: 'Les réunions sont gardées {days, plural, one {un jour} other {# jours}} après leur fin.',
  keepChange: '`/minutes retention days:…` le change.',
  serverManagers:
    'C’est réservé à qui peut gérer le serveur (**Gérer le serveur**) : demandez à l’une de ces personnes.',
  nothingErased: 'Désormais, rien n’est effacé automatiquement.',
  olderErased:
    'Les plus anciennes sont effacées pour de bon d’ici deux heures, puis chaque jour ; `/minutes retention days:0` avant cela l’empêche.',
  badSince: 'Je ne reconnais pas « {typed} » comme moment : donnez une date comme `2026-11-23`, ou `12h`, `7d`, `2w`.',
  needWord: 'Donnez-moi un mot à chercher : les signes et emojis seuls ne sont pas indexés.',
  foundNothing: 'Je n’ai rien trouvé dans les réunions que vous pouvez lire. Moins de mots trouvent plus.',
  moreHits: 'Il y en a d’autres : ajoutez des mots, ou personne, date, langue.',
  hitsHead: 'Ce qui a été dit, le plus récent d’abord. `/minutes show` ouvre une réunion.',
  inLanguage: 'en {language}',
  filesBusy:
    'Plusieurs fichiers sont déjà en préparation : réessayez dans une minute. Les sous-titres, le texte et Markdown arrivent aussitôt.',
  fileLate: 'Je n’ai pas pu préparer ce fichier à temps. Les sous-titres, le texte et Markdown arrivent aussitôt.',
};
