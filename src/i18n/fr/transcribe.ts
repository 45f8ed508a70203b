export const transcribe = {
  nothingRuns: 'Rien n’est transcrit sur ce serveur. `/transcribe start` commence.',
  joinFirst: 'Rejoignez d’abord un salon vocal, ou indiquez-en un : `/transcribe start voice-channel:…`',
  noText: 'Je ne vois aucun salon où écrire : indiquez-en un avec `/transcribe start text-channel:…`',
  alreadyRunning:
    'Je transcris déjà {voice} sur ce serveur (commencé {since} par {starter}, écrit dans {text}). Je ne peux être que dans un salon vocal par serveur : `/transcribe stop` termine cette réunion.',
  justStarted: 'Quelqu’un d’autre vient de démarrer une réunion ici.',
  started: 'J’écoute dans {voice}. Ce qui est dit apparaît dans {text}.',
  pausedAlready: 'La réunion est déjà en pause : `/transcribe resume` la reprend.',
  toldPaused: '⏸️ {name} a mis la transcription en pause : rien n’est entendu jusqu’à `/transcribe resume`.',
  paused: 'En pause : désormais, rien n’est entendu ni écrit. `/transcribe resume` reprend.',
  notPaused: 'La réunion n’est pas en pause : ce qui est dit est écrit.',
  toldResumed: '▶️ {name} a repris la transcription : ce qui est dit est de nouveau écrit.',
  resumed: 'Reprise : ce qui est dit est de nouveau écrit.',
  over: 'La réunion dans {voice} est terminée : {contents}. Le compte rendu est dans {minutes}, et `/minutes latest` l’affiche.',
  nothingSaid: 'rien n’a été dit que j’aie pu écrire',
  contents:
    '{lines, plural, one {une ligne} other {# lignes}} de {people, plural, one {une personne} other {# personnes}}',
};
