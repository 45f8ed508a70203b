export const notices = {
  moved: 'On m’a déplacé vers {channel} et je continue là-bas.',
  back: 'J’étais absent et me revoilà : ce qui a été dit pendant les {seconds} dernières secondes peut manquer ici.',
  restarting: 'Je redémarre et je reviens dans un instant : d’ici là, personne n’est entendu.',
  nothingHeard:
    'Je n’entends pas le salon vocal pour le moment et je réessaie. Si cela dure, `/transcribe stop` puis `/transcribe start` me reconnectent.',
  deafened:
    'Un modérateur m’a mis en sourdine : je n’entends personne tant que ce n’est pas annulé (clic droit sur moi dans le salon vocal, Mettre en sourdine sur le serveur).',
  hearsAgain: 'J’entends de nouveau : ce qui a été dit pendant les {seconds} dernières secondes manque ici.',
  endsHere: 'La réunion s’arrête ici, le compte rendu suit.',
  meetingFailed: 'Quelque chose a échoué de mon côté : la réunion s’arrête ici, le compte rendu suit.',
  noText: '{name} parle, mais aucun texte n’est arrivé depuis 15 s : {because}',
  takingTurns: 'plus de personnes parlent que le moteur n’en accepte à la fois ; leurs paroles arriveront plus tard.',
  outOfReach: 'le moteur de reconnaissance est injoignable ; je garde ce qui est dit et je réessaie.',
  mute: 'le moteur de reconnaissance ne répond pas.',
  targetsLeftOut: 'Le service de reconnaissance ne traduit pas vers : {languages} ; tout le reste continue.',
  spokenLeftOut:
    'Le service de reconnaissance n’accepte pas cette langue parlée : {language} ; il la détecte lui-même.',
  unreadable:
    '{name} parle, mais je ne peux pas déchiffrer son audio. Si cela dure, quitter le salon vocal puis y revenir donne de nouvelles clés.',
  tooQuiet:
    'On entend {name}, mais trop bas pour que ses mots deviennent du texte. Il faut augmenter le volume du micro, ou le rapprocher.',
  gap: '{seconds} s de ce qui a été dit n’ont pas pu être transcrites : {reason}.',
  gapOf: '{seconds} s de ce qu’a dit {name} n’ont pas pu être transcrites : {reason}.',
  gapPaused: 'en pause',
  gapRecogniser: 'moteur indisponible',
  gapDecryption: 'audio non déchiffré',
  gapVoice: 'connexion vocale perdue',
  gapDeafened: 'un modérateur m’avait mis en sourdine',
  gapRestarted: 'redémarrage',
  gapTooMuch: 'trop à la fois',
  journalFailed: 'Je ne peux pas écrire dans mon journal : le compte rendu de cette réunion peut être incomplet.',
  minutesFailed:
    'Le compte rendu n’a pas pu être publié. Tout ce qui a été dit est gardé : `/minutes latest` l’affiche.',
};
