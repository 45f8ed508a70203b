export const posting = {
  filesTooLarge: 'Les fichiers sont trop volumineux pour ce serveur : `/minutes latest` montre ce qu’il y a.',
  givenUp:
    '{count, plural, one {# ligne n’a pas pu être publiée} many {# de lignes n’ont pas pu être publiées} other {# lignes n’ont pas pu être publiées}} pendant les difficultés de Discord. Tout est dans le compte rendu.',
  refused: 'Une ligne de {name} à {time} n’a pas pu être publiée. Elle est dans le compte rendu.',
  goesOnHere: 'Je ne peux plus écrire dans {channel} : {reason}. La transcription continue ici.',
  theChannel: 'le salon de la transcription',
  deleted: 'il a été supprimé',
  leftServer: 'je ne suis plus sur ce serveur',
  wayBack: 'Quand j’y serai de nouveau, `/minutes latest` y montrera tout.',
  unseen: 'je ne peux plus le voir',
  directClosed: 'les messages privés sont fermés',
  unwritable: 'il n’accepte rien de moi',
  forbidden: 'je ne peux plus y écrire',
  archived: 'le fil est archivé',
  ownName:
    'Je ne peux plus écrire ici sous le nom de qui parle : mon webhook a disparu et je ne peux pas en créer un autre. Les lignes continuent sous mon nom.',
  noThread: 'Je n’ai pas pu ouvrir de fil dans {channel} : {reason}. La transcription continue ici.',
  noLanguageThread:
    'Je ne peux pas écrire dans un fil pour {language} : {reason}. Ses traductions sont ici, sous les lignes.',
  transcriptAt: 'La transcription : {where}',
  webhookMoved:
    'Quelqu’un a déplacé mon webhook vers un autre salon. J’ai supprimé ce que j’y avais écrit et je continue ici avec un nouveau.',
  webhookMovedLeft:
    'Quelqu’un a déplacé mon webhook vers un autre salon. Je continue ici avec un nouveau, mais je n’ai pas pu supprimer les derniers mots là-bas : merci de vous en occuper.',
};
