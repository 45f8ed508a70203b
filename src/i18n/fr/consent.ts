export const consent = {
  hearMe: 'M’entendre',
  ask: 'Dans {voice}, seules les personnes qui disent oui sont entendues. Appuyez sur le bouton ou utilisez `/privacy opt-in` : votre choix vaut sur ce serveur jusqu’à ce que vous le retiriez avec `/privacy opt-out`.',
  greet:
    'Bienvenue, {names} : ce qui est dit dans {voice} est transcrit ici. Pas vous ? `/privacy opt-out`, et vous n’êtes pas entendu.',
  greetAsking:
    'Bienvenue, {names} : ce qui est dit dans {voice} est transcrit ici. {count, plural, one {Vous n’êtes pas entendu} other {Vous n’êtes pas entendus}} tant que vous n’avez pas appuyé sur le bouton ou déjà dit oui.',
  more: '{count, plural, one {# autre} other {# autres}}',
  optedOut:
    'Désormais je ne vous entends plus sur ce serveur : ce que vous dites est écarté avant d’être décodé, de même que ce qui n’était pas encore définitif. `/privacy opt-in` annule ce choix ; `/privacy forget-me` efface ce que vous avez dit avant.',
  optedIn:
    'Désormais je vous entends quand une réunion de ce serveur est transcrite. `/privacy opt-out` annule ce choix.',
  notAllowed: 'Rien n’est transcrit dans {voice} : ce serveur l’autorise dans {allowed}.',
  movedOut:
    'J’ai été déplacé vers un salon vocal où ce serveur n’autorise pas la transcription : la réunion se termine ici, le compte rendu suit.',
  autoStartFailed: 'Une réunion devait commencer ici d’elle-même et ne l’a pas pu. {problem}',
  doNotHearMe: 'Ne pas m’entendre',
  beside:
    '🔴 Ce qui est dit dans {voice} est transcrit, dans un salon que tout le monde ici ne peut pas voir. Commencé par {starter}. Pas vous ? Appuyez sur le bouton ou utilisez `/privacy opt-out`, et vous n’êtes pas entendu.',
  besideAsking:
    '🔴 Ce qui est dit dans {voice} est transcrit, dans un salon que tout le monde ici ne peut pas voir. Commencé par {starter}. Seules les personnes qui disent oui sont entendues : appuyez sur le bouton ou utilisez `/privacy opt-in`. Votre choix vaut sur ce serveur jusqu’à ce que vous le retiriez avec `/privacy opt-out`.',
  greetBeside:
    'Bienvenue, {names} : ce qui est dit dans {voice} est transcrit, dans un salon que vous ne pouvez pas voir. Pas vous ? Appuyez sur le bouton ou utilisez `/privacy opt-out`, et vous n’êtes pas entendu.',
  greetAskingBeside:
    'Bienvenue, {names} : ce qui est dit dans {voice} est transcrit, dans un salon que vous ne pouvez pas voir. {count, plural, one {Vous n’êtes pas entendu} other {Vous n’êtes pas entendus}} tant que vous n’avez pas appuyé sur le bouton ou déjà dit oui.',
  movedAway:
    'J’ai été déplacé vers un salon vocal que tous ceux qui lisent ici ne peuvent pas rejoindre, ou dont les membres ne peuvent pas tous lire ici. Rien n’y est écrit : la réunion se termine ici, le compte rendu suit. `/transcribe start` en commence une là-bas.',
};
