import type { Translation } from './phrases.ts';

export const fr: Translation = {
  access: {
    full: '{channel} est plein ({limit, plural, one {# personne} other {# personnes}}). Augmentez sa limite d’une place, ou donnez-moi la permission **Déplacer des membres**.',
    noMessages: '{channel} n’accepte pas de messages : choisissez un salon textuel.',
    locked: '{channel} est verrouillé : choisissez un autre salon.',
    missing:
      'Dans {channel}, il me manque {count, plural, one {la permission} other {les permissions}} {names}. {count, plural, one {Donnez-la} other {Donnez-les}} à mon rôle dans les paramètres de ce salon, puis réessayez.',
    ViewChannel: 'Voir le salon',
    Connect: 'Se connecter',
    SendMessages: 'Envoyer des messages',
    SendMessagesInThreads: 'Envoyer des messages dans les fils',
    EmbedLinks: 'Intégrer des liens',
    AttachFiles: 'Joindre des fichiers',
    CreatePosts: 'Créer des posts',
    noTag:
      '{channel} n’accepte que des posts avec un tag, et tous ses tags sont réservés à la modération : ajoutez-en un que tout le monde peut utiliser.',
    unseen: 'Je ne vois pas {channel}. Donnez-y à mon rôle la permission **Voir le salon**.',
    notManager:
      'Seules les personnes qui peuvent gérer le serveur ou ses salons (**Gérer le serveur** ou **Gérer les salons**) peuvent faire cela : demandez à l’une d’elles.',
    mayNotHear: 'Vous ne pouvez pas rejoindre {channel} vous-même : je n’y écouterai donc pas pour vous.',
    mayNotWrite: 'Vous ne pouvez pas écrire dans ce salon textuel vous-même : je n’y écrirai donc pas pour vous.',
    somebodyElses:
      'Quelqu’un d’autre a lancé cette réunion : rejoignez {channel}, ou demandez à {starter} ou à la modération.',
    stageOfOthers:
      'Quelqu’un d’autre a lancé cette réunion : montez sur la scène de {channel}, ou demandez à {starter} ou à la modération.',
    mayNotChoose:
      'Cela concerne tout le monde ici : seules les personnes qui peuvent gérer le serveur ou ses salons (**Gérer le serveur** ou **Gérer les salons**) peuvent le choisir. Pendant une réunion, la personne qui l’a lancée et celles qui y participent le peuvent aussi.',
    hiddenMeeting:
      'Une réunion est déjà en cours de transcription sur ce serveur, dans des salons que vous ne pouvez ni lire ni entendre. Je ne peux être que dans un seul salon vocal par serveur.',
    joinToStart:
      'Vous n’êtes pas dans {channel} : les personnes présentes ne verraient donc pas qui lance la réunion. Rejoignez-le d’abord. Seules les personnes qui peuvent gérer ce serveur peuvent la lancer de l’extérieur.',
    goUpToStart:
      'Vous n’êtes pas sur la scène de {channel} : les personnes présentes ne verraient donc pas qui lance la réunion. Montez d’abord. Seules les personnes qui peuvent gérer ce serveur peuvent la lancer d’ailleurs.',
  },
  announcement: {
    minutesElsewhere: 'Le compte rendu est dans {channel}.',
  },
  api: {
    noPages:
      'Il n’y a pas de clés ici, car les programmes ne pourraient pas me joindre : l’opérateur n’a pas configuré d’adresse pour mes pages.',
    off: 'Les personnes qui gèrent ce serveur ont désactivé les clés de programmes : aucune ne fonctionne tant qu’elles ne sont pas réactivées (`/settings set`).',
    needName: 'Donnez à la clé un nom visible, par exemple celui du programme auquel elle est destinée.',
    tooMany:
      'Vous avez {most} clés sur ce serveur, et je n’en donne pas plus à un même membre. Utilisez `/api keys` pour en révoquer une d’abord.',
    made: 'Voici votre clé « {name} ». Je ne la montre que cette fois : copiez-la maintenant et gardez-la comme un mot de passe.\n```\n{key}\n```\nElle fonctionne jusqu’au {until} et ouvre ce que vous pouvez lire sur ce serveur à ce moment-là. Utilisez `/api keys` pour la révoquer.\n-# Les programmes l’envoient sous la forme `Authorization: Bearer …` à {api} (décrit dans {api}/openapi.json), et les assistants qui parlent MCP à {mcp}',
    keys: 'Vos clés sur ce serveur :',
    line: '**{name}**, fonctionne jusqu’au {until}, {used}',
    used: 'dernière utilisation {when}',
    unused: 'jamais utilisée',
    none: 'Vous n’avez pas de clé sur ce serveur. Utilisez `/api key` pour en créer une.',
    revoke: 'Révoquer une clé …',
    revoked: 'J’ai révoqué la clé. Elle n’ouvre plus rien.',
  },
  ask: {
    needWord:
      'Posez une question sur quelque chose de précis : je cherche les mots de votre question. Utilisez `/catch-up` pour lire ce qui a été dit.',
    nothing:
      'Je n’ai rien trouvé à ce sujet dans les réunions que vous pouvez lire. Je cherche les mots de votre question : essayez des noms ou d’autres mots.',
    unanswered:
      'Ce qui a été dit dans les réunions que vous pouvez lire n’y répond pas. Voici ce qui s’en rapproche le plus :',
    quoted: 'Voici ce qui a été dit à ce sujet :',
    failed: 'Le modèle de langage n’a pas répondu. Voici ce qui a été dit à ce sujet :',
    from: 'D’après {meetings}',
    written:
      'Ce texte a été écrit par le modèle de langage {model}. Il peut se tromper : suivez les flèches pour vérifier ce qui a été dit.',
  },
  audio: {
    none: 'Ce message ne contient pas d’audio. Je peux transcrire les messages vocaux et les fichiers Ogg, MP3, AAC, FLAC, WAV ou WebM.',
    forwarded: 'Ce message a été transféré : je ne sais donc pas de qui est la voix. Utilisez le message d’origine.',
    optedOut: '{name} ne veut pas être entendu sur ce serveur : je ne transcrirai donc pas cela.',
    ownOptOut:
      'Vous avez choisi de ne pas être entendu sur ce serveur. Utilisez `/privacy opt-in` pour annuler ce choix.',
    ownSilence:
      'Sur ce serveur, je n’entends que les personnes qui ont donné leur accord. Utilisez `/privacy opt-in` pour donner le vôtre.',
    silence:
      'Sur ce serveur, je n’entends que les personnes qui ont donné leur accord, et {name} ne l’a pas encore fait.',
    waiting: 'j’attends mon tour …',
    loading: 'je récupère le fichier …',
    unconfirmed: 'Les derniers mots ne sont peut-être pas exacts.',
    silent: 'Je n’y entends parler personne.',
    cutOff: 'Je ne peux transcrire que {minutes} minutes d’audio : le reste manque.',
    brokenOff: 'Je ne peux pas lire le reste du fichier : voici ce qui précédait.',
    shutDown: 'J’ai été arrêté avant la fin.',
    outOfTime: 'Le temps m’a manqué : j’ai dû attendre mon tour, ou l’audio est trop long. Réessayez plus tard.',
    tooLarge: 'Le fichier est trop volumineux : j’accepte jusqu’à {megabytes} Mo.',
    tooLong: 'L’audio est trop long : j’accepte jusqu’à {minutes} minutes par message.',
    otherFormat:
      'Je ne connais pas ce format. Je peux lire Ogg, MP3, AAC, FLAC, WAV et WebM. Convertissez d’abord les fichiers MP4 et M4A.',
    unreadable:
      'Je ne peux pas lire le fichier : il ne contient pas d’audio, ou son contenu ne correspond pas à son nom.',
    expired: 'Discord n’a plus ce fichier.',
    notFetched: 'Je n’ai pas pu télécharger le fichier depuis Discord. Réessayez.',
    busy: 'Je suis occupé : {files, plural, one {# fichier de ce serveur est} other {# fichiers de ce serveur sont}} déjà en attente. Réessayez plus tard.',
    channels: 'Les messages vocaux sont transcrits automatiquement dans : {channels} (`/settings set`)',
    noChannels:
      'Les messages vocaux sont transcrits quand quelqu’un le demande dans le menu du message (`/settings set`)',
    channelsFull: 'Vous pouvez choisir au plus {most} salons de ce genre.',
    blind:
      '⚠️ Je ne vois pas les messages : la personne qui m’administre doit autoriser l’intent Message Content et mettre DISCORD_MESSAGE_CONTENT à on.',
  },
  catchUp: {
    none: 'Il n’y a ici aucune réunion que vous puissiez lire.',
    head: '**Ce qui a été dit dans {voice}, de {from} à {to}**',
    nothing: 'De {from} à {to}, rien n’a été dit dans {voice} que j’aie pu transcrire.',
    earlier:
      '-# {count, plural, one {# ligne précédente se trouve} many {# lignes précédentes se trouvent} other {# lignes précédentes se trouvent}} dans le fichier, avec toutes les autres.',
    all: '-# {count, plural, one {La # ligne est} many {Les # lignes sont} other {Les # lignes sont}} dans le fichier.',
    summaryAgain: '-# Je pourrai vous écrire un autre résumé {when}.',
  },
  common: {
    anyLanguage: 'n’importe quelle langue (détection automatique)',
    again: 'Vous l’avez fait souvent en peu de temps. Vous pourrez recommencer {when}.',
  },
  consent: {
    hearMe: 'M’entendre',
    ask: 'Dans {voice}, je n’entends que les personnes qui donnent leur accord. Appuyez sur le bouton ou utilisez `/privacy opt-in`. Votre choix vaut sur ce serveur jusqu’à ce que vous le retiriez avec `/privacy opt-out`.',
    greet:
      'Bienvenue, {names}. Ce qui est dit dans {voice} est transcrit ici. Si vous ne le souhaitez pas, utilisez `/privacy opt-out`, et je ne vous entendrai pas.',
    greetAsking:
      'Bienvenue, {names}. Ce qui est dit dans {voice} est transcrit ici. {count, plural, one {Je ne vous entendrai pas tant que vous n’aurez pas appuyé sur le bouton, sauf si vous avez déjà donné votre accord.} other {Je n’entendrai chacun de vous qu’après un appui sur le bouton, sauf accord déjà donné.}}',
    more: '{count, plural, one {# autre} other {# autres}}',
    optedOut:
      'Désormais, je ne vous entends plus sur ce serveur. J’écarte ce que vous dites avant de le décoder, ainsi que ce que vous avez dit et qui n’est pas encore définitif. `/privacy opt-in` annule ce choix. `/privacy forget-me` efface ce que vous avez dit avant.',
    optedIn:
      'Désormais, je vous entends quand une réunion de ce serveur est transcrite. `/privacy opt-out` annule ce choix.',
    notAllowed: 'Ce serveur n’autorise pas la transcription dans {voice}, seulement dans {allowed}.',
    movedOut:
      'On m’a déplacé vers un salon vocal où ce serveur n’autorise pas la transcription. La réunion se termine ici, le compte rendu suit.',
    autoStartFailed: 'J’ai essayé de lancer une réunion ici automatiquement, sans succès. {problem}',
    doNotHearMe: 'Ne pas m’entendre',
    beside:
      '🔴 Ce qui est dit dans {voice} est transcrit dans un salon que certains ici ne peuvent pas voir. Lancé par {starter}. Si vous ne le souhaitez pas, appuyez sur le bouton ou utilisez `/privacy opt-out`, et je ne vous entendrai pas.',
    besideAsking:
      '🔴 Ce qui est dit dans {voice} est transcrit dans un salon que certains ici ne peuvent pas voir. Lancé par {starter}. Je n’entends que les personnes qui donnent leur accord : appuyez sur le bouton ou utilisez `/privacy opt-in`. Votre choix vaut sur ce serveur jusqu’à ce que vous le retiriez avec `/privacy opt-out`.',
    greetBeside:
      'Bienvenue, {names}. Ce qui est dit dans {voice} est transcrit dans un salon que vous ne pouvez pas voir. Si vous ne le souhaitez pas, appuyez sur le bouton ou utilisez `/privacy opt-out`, et je ne vous entendrai pas.',
    greetAskingBeside:
      'Bienvenue, {names}. Ce qui est dit dans {voice} est transcrit dans un salon que vous ne pouvez pas voir. {count, plural, one {Je ne vous entendrai pas tant que vous n’aurez pas appuyé sur le bouton, sauf si vous avez déjà donné votre accord.} other {Je n’entendrai chacun de vous qu’après un appui sur le bouton, sauf accord déjà donné.}}',
    movedAway:
      'On m’a déplacé vers un autre salon vocal. Certaines personnes qui lisent ici ne peuvent pas le rejoindre, ou certaines qui s’y trouvent ne peuvent pas lire ici : je n’y transcris donc rien. La réunion se termine ici, le compte rendu suit. Utilisez `/transcribe start` pour en lancer une là-bas.',
    status: 'transcrit dans #{channel}',
    statusHidden: 'transcrit',
  },
  correct: {
    title: 'Corriger une ligne',
    label: 'Ce qui a été dit',
    hint: 'L’original est gardé. Les traductions restent celles de l’original.',
    which: 'Quelle ligne voulez-vous corriger ?',
    placeholder: 'Choisissez une ligne',
    noLine: 'Ce message n’est pas une ligne de transcription.',
    notFinal: 'Ces mots ne sont pas encore définitifs. Réessayez une fois qu’ils auront été dits.',
    translation: 'C’est une traduction. Corrigez la ligne dont elle vient.',
    mayNot: 'Seules la personne qui l’a dite et celles qui gèrent ce serveur peuvent corriger une ligne.',
    gone: 'Cette ligne n’existe plus.',
    tooLong: 'Cette ligne est trop longue pour un formulaire, qui contient {most} caractères.',
    empty:
      'Une correction a besoin de mots. Pour effacer vos paroles, utilisez `/privacy forget-me` ; une réunion s’efface avec `/minutes delete`.',
    unchanged: 'Vous n’avez rien changé.',
    changed:
      '{name} a corrigé cette ligne entre-temps. Elle dit maintenant : « {text} » Rien n’a été changé. Vous avez écrit : « {typed} » Utilisez **Corriger** à nouveau si c’est toujours mieux.',
    done: 'Corrigé, dans le message et désormais partout où cette réunion est affichée.',
    cut: 'Corrigé. Le message n’a pas assez de place : le texte entier est dans le compte rendu, les fichiers et la page de la réunion.',
    noRoom:
      'Corrigé, mais le message n’a pas de place et reste tel quel : le compte rendu, les fichiers et la page de la réunion ont le nouveau texte.',
    left: 'Corrigé, mais je ne peux pas modifier le message : il a disparu, ou je n’en ai plus le droit. Le compte rendu, les fichiers et la page de la réunion ont le nouveau texte.',
    offer: 'J’ai entendu « {heard} » et vous avez écrit « {written} ». Dois-je toujours l’écrire ainsi ?',
    addTerm: 'Ajouter « {written} » au glossaire',
    noTerm: 'Cette ligne ne contient plus un tel terme.',
  },
  document: {
    date: 'Date',
    duration: 'Durée',
    voiceChannel: 'Salon vocal',
    ended: 'Fin',
    about: 'À propos',
    shownIn: 'Transcription en',
    until: '{from} à {until}',
    now: 'maintenant',
    theEnd: 'la fin',
    times: 'Les heures sont dans le fuseau horaire {zone} ; les temps entre parenthèses comptent depuis le début',
    sentence: '{text}.',
    attendance: 'Présence',
    stageAudience: 'Public',
    mostAtOnce: '{count, plural, one {{number} personne} other {{number} personnes}} au plus',
    talkTime: 'Temps de parole',
    languages: 'Langues',
    notTranscribed: 'Non transcrit',
    transcript: 'Transcription',
    nobodySeen: 'Personne n’a été vu dans le salon.',
    nobodySpoke: 'Personne n’a parlé.',
    noneHeard: 'Aucune n’a été entendue.',
    nothingSaid: 'Rien n’a été dit.',
    everybody: 'Tout le monde',
    spoke: '{name} a parlé {languages}',
    into: 'Traduit en {languages}',
    intoLabel: 'Traduit en',
    filledIn: '{duration} de paquets audio perdus, comblés par un quasi-silence',
    inLanguage: 'en {language}',
    unconfirmed: 'non confirmé',
    onlyTranslated: 'seule la traduction est connue',
    due: 'échéance : {due}',
    underSecond: 'moins de 1 s',
    unknownSpeaker: 'Inconnu {id}',
    unnamed: 'sans nom',
    meeting: 'Réunion',
    timeline: 'Chronologie',
    timelineIs: 'Qui a parlé et quand ; les temps de parole sont plus bas.',
    pageOf: '{page} sur {pages}',
    missingSigns:
      '{sign} remplace un caractère qui n’existe dans aucune police de l’ordinateur qui a créé ce fichier. Le fichier contient bien ce caractère : copiez le texte pour l’obtenir, ou utilisez un autre format.',
    notEnded: 'pas encore',
    endStopped: 'arrêtée par un membre',
    endEmpty: 'tout le monde était parti',
    endDisconnected: 'Parley a été déconnecté du salon',
    endDeleted: 'le salon vocal a été supprimé',
    endBudget: 'le serveur avait épuisé ses minutes d’audio du mois',
    endEvent: 'l’événement était terminé',
    endShutdown: 'Parley a été arrêté',
    endFailed: 'quelque chose a échoué',
    gapPaused: 'hors compte rendu (en pause)',
    gapRecogniser: 'la reconnaissance vocale n’était pas disponible',
    gapDecryption: 'l’audio n’a pas pu être déchiffré',
    gapVoice: 'la connexion vocale a été perdue',
    gapDeafened: 'un modérateur avait mis Parley en sourdine',
    gapRestarted: 'Parley a redémarré',
    gapTooMuch: 'on parlait à trop de voix à la fois pour que tout soit reconnu',
    corrected: 'corrigé',
    correctedBy: 'corrigé par {name}, {at}',
    correctedAt: 'corrigé, {at}',
    ofOriginal: 'de l’original',
    nameCorrectedBy: 'nom corrigé par {name}, {at}',
    nameCorrectedAt: 'nom corrigé, {at}',
  },
  errors: {
    keyRefused: 'Palabra a refusé mes identifiants.',
    balanceUsedUp: 'Le solde Palabra est épuisé.',
    badRequest: 'Palabra a refusé ma demande.',
    limitReached: 'Palabra n’autorise pas davantage de connexions simultanées.',
    connectionLost: 'J’ai perdu la connexion à la reconnaissance vocale.',
    serviceUnavailable: 'Je n’arrive pas à joindre la reconnaissance vocale.',
    joinTimeout: 'Le salon vocal n’a pas répondu à temps.',
    encryptionUnsupported: 'Je ne prends pas en charge le chiffrement de ce salon vocal.',
    voiceLost: 'Je n’entends plus le salon vocal.',
    noSuchChannel: 'Ce salon vocal n’existe pas.',
    deafened:
      'Un modérateur m’a mis en sourdine : je n’entends donc personne. Je reste une demi-minute dans le salon vocal pour que ce soit annulé là-bas.',
    moving:
      'Je suis en train de confier ce serveur à une autre partie de moi : je n’ai donc rien fait. Réessayez dans un instant.',
    notApplied:
      'Votre modification est enregistrée, mais elle ne s’applique pas encore à la réunion en cours, car la partie de moi qui s’en occupe ne répond pas. Je l’appliquerai dès que possible.',
    notErased:
      'Rien n’a été effacé, car la partie de moi qui s’occupe de la réunion ne répond pas. Réessayez dans une minute.',
    notShown:
      'La ligne est corrigée, mais son message et les pages en direct ne le montrent pas encore, car la partie de moi qui gère la réunion ne répond pas.',
  },
  events: {
    failed: 'Un événement dans {voice} devait être transcrit et je n’ai pas pu commencer. {problem}',
    waits:
      'Un événement a commencé dans {voice}, mais je transcris une autre réunion et je ne peux être que dans un seul salon vocal du serveur. Je viendrai quand cette réunion sera terminée.',
    transcript: 'Transcription : {url}',
    minutes: 'Compte rendu : {url}',
  },
  languages: {
    unreadable:
      'Je ne reconnais pas {typed} comme langue. Utilisez des codes comme {codes}, ou des noms comme espagnol. Rien n’a été modifié.',
    unknown: 'La reconnaissance vocale ne connaît pas {typed} : choisissez parmi {codes}. Rien n’a été modifié.',
    tooMany: 'Vous pouvez choisir au plus {most} langues à la fois. Rien n’a été modifié.',
    doubt:
      'Je ne sais pas si {codes} {count, plural, one {est pris} other {sont pris}} en charge. Si la reconnaissance vocale refuse, je le dirai dans la transcription.',
    off: 'Aucune traduction (off)',
    auto: 'Détecter automatiquement (auto)',
    default: 'Réglage du serveur (default)',
    noneSet:
      'Les réunions d’ici ne sont pas traduites. Utilisez `/translate languages:en,es` pour choisir des langues.',
    areSet:
      'Les réunions d’ici sont traduites vers : {languages}. Utilisez `/translate languages:off` pour y mettre fin.',
    offNow: 'Désormais, les réunions d’ici ne sont pas traduites.',
    setNow: 'Désormais, les réunions d’ici sont traduites vers : {languages}.',
    spokenHere: 'La langue parlée ici ({language}) n’a pas besoin de traduction : je l’ai laissée de côté.',
    twice: 'Vous avez donné {languages} plusieurs fois. Je ne prends chaque langue qu’une fois.',
    unchanged: 'Rien n’a été modifié.',
    toldOff: '{name} a désactivé les traductions.',
    toldSet: '{name} a choisi ces traductions : {languages}.',
    serverAuto: 'Désormais, je détecte la langue parlée ici. Chaque membre peut choisir la sienne avec `/language`.',
    serverSet:
      'Désormais, je m’attends à entendre ici cette langue : {language}. Chaque membre peut choisir la sienne avec `/language`.',
    alsoTarget:
      'Les réunions sont aussi traduites vers : {language}. Je laisse cela de côté pour les personnes qui parlent cette langue.',
    mineDefault: 'Désormais, j’utilise pour vous la langue du serveur : {language}.',
    mineAuto: 'Désormais, je détecte la langue que vous parlez.',
    mineSet: 'Désormais, je m’attends à ce que vous parliez cette langue : {language}.',
  },
  overlay: {
    link: 'Voici l’adresse de l’overlay pour votre logiciel de diffusion. Dans OBS : Sources → Ajouter → Navigateur, collez l’adresse et indiquez la largeur et la hauteur de votre image.\n```\n{url}\n```\nToute personne qui a l’adresse voit les dernières lignes de cette réunion. Elle fonctionne jusqu’à la fin de la réunion, douze heures au plus, et tant que vous pouvez gérer ce serveur. Vous pouvez y changer `size=44` (hauteur du texte en pixels). Utilisez `/overlay close` pour y mettre fin plus tôt.',
    mayNot:
      'Un overlay montre une réunion à toutes les personnes qui regardent un stream : seules celles qui peuvent gérer ce serveur ou ses salons (**Gérer le serveur** ou **Gérer les salons**) et lire le salon de la transcription peuvent en créer ou en fermer.',
    noPages:
      'Il n’y a pas de pages en direct ici, donc pas d’overlay : l’opérateur n’a pas configuré d’adresse pour elles.',
    closed:
      '{count, plural, =0 {Cette réunion n’avait pas d’overlay.} one {J’ai fermé # overlay. Il n’affiche plus rien.} many {J’ai fermé # d’overlays. Ils n’affichent plus rien.} other {J’ai fermé # overlays. Ils n’affichent plus rien.}}',
  },
  live: {
    later:
      'Il y a eu trop de demandes à la fois, ou Discord ne répond pas. Rechargez cette page dans quelques secondes.',
    noScript: 'Cette page a besoin de JavaScript.',
    nothing:
      'Il n’y a rien à voir ici. Le lien est peut-être trop ancien. Pour en obtenir un autre, appuyez sur « Page en direct » sur le panneau de la réunion, ou affichez de nouveau son compte rendu dans Discord.',
    notForYou:
      'La page en direct est réservée aux personnes qui peuvent lire le salon où cette réunion est transcrite.',
    invitation:
      'Cette page montre ce qui se dit au fur et à mesure, dans la langue choisie sous « Ma langue ». Le lien n’est que pour vous : toute personne qui l’a peut lire aussi. Il fonctionne pendant douze heures. Appuyez sur « Fermer mes liens » pour y mettre fin plus tôt.',
    openPage: 'Ouvrir dans le navigateur',
    aboutPage:
      '« Ouvrir dans le navigateur » montre la page de cette réunion. Le lien n’est que pour vous : toute personne qui l’a peut lire aussi. Il fonctionne pendant douze heures. Appuyez sur « Fermer mes liens » pour y mettre fin plus tôt.',
    closeMine: 'Fermer mes liens',
    closeAll: 'Fermer tous les liens',
    closedMine:
      '{count, plural, =0 {Vous n’avez aucun lien vers la page en direct de cette réunion.} one {Votre lien est fermé, et les pages ouvertes avec ce lien se sont arrêtées.} other {Vos # liens sont fermés, et les pages ouvertes avec ces liens se sont arrêtées.}}',
    closedAll:
      '{count, plural, =0 {Il n’y a aucun lien vers la page en direct de cette réunion.} one {Le seul lien vers la page en direct de cette réunion est fermé, et les pages ouvertes avec ce lien se sont arrêtées.} other {Les # liens vers la page en direct de cette réunion sont fermés, et les pages ouvertes avec ces liens se sont arrêtées.}}',
    mayNotCloseAll: 'Seules les personnes qui peuvent gérer ce serveur peuvent fermer les liens des autres.',
  },
  livePage: {
    connecting: 'Connexion…',
    live: 'En direct',
    lost: 'La connexion est perdue. J’essaie de la rétablir, et ce qui se dit entre-temps apparaîtra ici.',
    over: 'La réunion est terminée.',
    ended: 'Vous ne pouvez plus lire cette réunion.',
    closed:
      'Ce lien ne fonctionne plus. Appuyez sur « Page en direct » sur le panneau de la réunion pour en obtenir un autre.',
    gaveWay:
      'Vous avez ouvert cette page plus de cinq fois : celle-ci s’est donc arrêtée. Rechargez-la pour continuer à lire ici.',
    stopped: 'Cette page s’est arrêtée. Rechargez-la pour continuer à lire.',
    paused: 'La réunion est en pause : rien n’est entendu.',
    toMinutes: 'Voir toute la réunion',
    beingMade: 'La page de toute la réunion est en préparation.',
    empty: 'Personne n’a encore rien dit.',
    language: 'Langue',
    asSpoken: 'Tel que parlé',
    search: 'Rechercher',
    searchFor: 'Rechercher dans ce qui a été dit',
    place: '{place} sur {number}',
    nothingFound: 'Rien n’a été trouvé',
    next: 'Suivant',
    previous: 'Précédent',
    onlyFound: 'Seulement ce qui est trouvé',
    display: 'Affichage',
    textSize: 'Taille du texte',
    smaller: 'Texte plus petit',
    larger: 'Texte plus grand',
    moreContrast: 'Contraste élevé',
    moreSpace: 'Plus d’espace entre les lettres et les lignes',
    lessMotion: 'Rien ne bouge',
    showsOriginal: 'Original à côté de la traduction',
    hasKeys: 'Touches seules comme raccourcis',
    help: 'Clavier',
    close: 'Fermer',
    toEnd: 'Aller à la ligne la plus récente',
    newest: 'Le plus récent',
    people: 'Personnes',
    nobody: 'Personne n’est là.',
    speaking: 'parle',
    notHeard: 'Non entendu : {why}',
    afterBeginning: '{time} après le début',
    inSearch: 'Pendant une recherche',
    keyNext: 'Aller à la ligne trouvée suivante',
    keyPrevious: 'Aller à la ligne trouvée précédente',
    keyClose: 'Fermer la recherche',
    newLines: '{count, plural, one {{number} nouvelle ligne} other {{number} nouvelles lignes}}',
    nowSpeaking: '{count, plural, one {{names} parle} other {{names} parlent}}',
    peopleThere: '{count, plural, one {{number} personne} other {{number} personnes}}',
    audience: 'Public : {number} ({most} au plus)',
    corrected: 'corrigé',
    ofOriginal: 'de l’original',
  },
  page: {
    downloads: 'Télécharger',
    asSpoken: 'Tel que parlé',
    allSpeakers: 'Tout le monde',
    language: 'Langue de la transcription',
    speakers: 'Qui parle',
    skipTimeline: 'Passer la chronologie',
    timelineKeys: 'Les flèches mènent d’une partie à l’autre, et Entrée aux paroles.',
  },
  signIn: {
    signIn: 'Se connecter avec Discord',
    again: 'Se connecter à nouveau',
    failed: 'Aucune session ouverte',
    cancelled: 'Vous n’avez pas autorisé Discord à me dire qui vous êtes.',
    refused: 'La connexion a pris trop de temps ou a commencé dans un autre navigateur. Veuillez réessayer.',
    away: 'Discord ne répond pas pour le moment. Veuillez réessayer dans une minute.',
  },
  meetings: {
    title: 'Vos réunions',
    invitation:
      'Connectez-vous avec Discord pour voir les réunions que vous pouvez lire, sur tous les serveurs où se trouve ce bot.',
    signOut: 'Se déconnecter',
    none: 'Il n’y a aucune réunion que vous puissiez lire.',
    runs: 'En cours',
    pages: 'Autres réunions',
    newest: 'Réunions les plus récentes',
    older: 'Réunions plus anciennes',
    incomplete:
      'Certains serveurs n’ont pas pu être interrogés : il manque peut-être des réunions. Rechargez cette page dans quelques secondes.',
    otherServers:
      'Les réunions d’un serveur que vous avez rejoint après votre connexion apparaissent quand vous vous connectez à nouveau.',
    search: 'Rechercher dans ce qui a été dit',
    find: 'Rechercher',
    found: 'Ce qui a été dit, du plus récent au plus ancien',
    moreHits: 'Il y en a d’autres. Ajoutez des mots pour préciser la recherche.',
    all: 'Toutes vos réunions',
  },
  minutes: {
    channelDefault:
      'Les comptes rendus sont publiés au même endroit que la transcription. Utilisez `/minutes channel channel:…` pour leur donner un salon à part.',
    channelIs: 'Les comptes rendus sont publiés dans {channel}.',
    channelOff: 'Désormais, les comptes rendus sont publiés au même endroit que la transcription.',
    channelSet: 'Désormais, les comptes rendus sont publiés dans {channel}.',
    stillRuns:
      'Cette réunion est encore en cours. Terminez-la avec `/transcribe stop`, puis vous pourrez la supprimer.',
    erased:
      'Effacé définitivement : **{title}** du {moment}, avec {count, plural, one {# texte} other {# textes}}, la liste de présence et les entrées de l’index de recherche.',
    erasedRest:
      'Cela n’atteint ni ce que j’ai publié dans les salons Discord, ni les fichiers que des personnes ont enregistrés. La modération peut supprimer les messages.',
    mayNotDelete:
      'Seules la personne qui a lancé une réunion et celles qui peuvent gérer le serveur (**Gérer le serveur**) peuvent la supprimer : demandez à l’une d’elles.',
    unknownFormat: 'Je ne connais plus ce type de fichier. Choisissez-en un autre.',
    tooLarge:
      'Le fichier est trop volumineux pour ce serveur : il fait {size} Mo, et Discord accepte au plus {most} Mo. Les sous-titres et le texte brut sont les plus petits.',
    listHead: 'Réunions, les plus récentes d’abord. Utilisez `/minutes show` pour en ouvrir une.',
    page: 'Page {page} sur {pages}.',
    runningNow: 'en cours',
    noneYet: 'Il n’y a pas encore de réunion que vous puissiez lire ici.',
    noSuch: 'Je ne connais pas cette réunion. Choisissez l’une des suggestions, ou consultez `/minutes list`.',
    keptForever: 'Les réunions sont conservées jusqu’à ce que quelqu’un les supprime.',
    keptFor: 'Les réunions sont conservées {days, plural, one {un jour} other {# jours}} après leur fin.',
    keepChange: 'Utilisez `/minutes retention days:…` pour changer cela.',
    serverManagers:
      'Seules les personnes qui peuvent gérer le serveur (**Gérer le serveur**) peuvent faire cela : demandez à l’une d’elles.',
    nothingErased: 'Désormais, rien n’est effacé automatiquement.',
    olderErased:
      'Les plus anciennes seront effacées définitivement d’ici deux heures, puis chaque jour. Pour l’empêcher, utilisez `/minutes retention days:0` avant.',
    badSince: 'Je ne reconnais pas « {typed} » comme date. Utilisez une date comme `2026-11-23`, ou `12h`, `7d`, `2w`.',
    needWord: 'Donnez-moi un mot à chercher : je ne peux pas chercher seulement de la ponctuation ou des emojis.',
    foundNothing: 'Je n’ai rien trouvé dans les réunions que vous pouvez lire. Essayez avec moins de mots.',
    moreHits: 'Il y en a d’autres. Ajoutez des mots, ou affinez la recherche par personne, date ou langue.',
    hitsHead: 'Ce qui a été dit, le plus récent d’abord. Utilisez `/minutes show` pour ouvrir une réunion.',
    inLanguage: 'en {language}',
    filesBusy:
      'Je prépare déjà plusieurs fichiers. Réessayez dans une minute. Les sous-titres, le texte brut et Markdown sont disponibles tout de suite.',
    fileLate:
      'Je n’ai pas pu préparer ce fichier à temps. Les sous-titres, le texte brut et Markdown sont disponibles tout de suite.',
    renamed:
      'Dans le compte rendu, les exports et la page de cette réunion, {before} s’appelle maintenant {name}. Les messages de la transcription gardent le nom sous lequel ils ont été publiés.',
    renameLater: 'Cette réunion est encore en cours. Les noms peuvent être corrigés une fois qu’elle est terminée.',
    needName: 'Un nom a besoin de lettres ou de chiffres.',
    noSpeaker: 'Personne ne s’appelle « {typed} » dans cette réunion. Choisissez l’une des suggestions.',
    notRewritten: 'Je n’ai pas pu modifier le compte rendu publié.',
  },
  notices: {
    moved: 'On m’a déplacé vers {channel} et je continue là-bas.',
    back: 'J’étais absent et me revoilà. Ce qui a été dit pendant les {seconds} dernières secondes manque peut-être ici.',
    restarting: 'Je redémarre et je reviens dans un instant. D’ici là, je n’entends personne.',
    nothingHeard:
      'Je n’entends pas le salon vocal pour le moment et je continue d’essayer. Si cela dure, utilisez `/transcribe stop` puis `/transcribe start` pour me reconnecter.',
    deafened:
      'Un modérateur m’a mis en sourdine. Je n’entends personne tant que ce n’est pas annulé (clic droit sur moi dans le salon vocal, Mettre en sourdine sur le serveur).',
    hearsAgain: 'J’entends de nouveau. Ce qui a été dit pendant les {seconds} dernières secondes manque ici.',
    endsHere: 'La réunion se termine ici, le compte rendu suit.',
    meetingFailed: 'Un problème est survenu de mon côté. La réunion se termine ici, le compte rendu suit.',
    noText: '{name} parle, mais je n’ai reçu aucun texte depuis 15 s : {because}',
    takingTurns:
      'plus de personnes parlent que la reconnaissance vocale n’en accepte à la fois ; leurs paroles arriveront plus tard.',
    outOfReach: 'je n’arrive pas à joindre la reconnaissance vocale ; je garde ce qui est dit et je réessaie.',
    mute: 'la reconnaissance vocale ne répond pas.',
    targetsLeftOut: 'La reconnaissance vocale ne traduit pas vers : {languages} ; tout le reste continue.',
    spokenLeftOut:
      'La reconnaissance vocale n’accepte pas cette langue parlée : {language} ; elle détecte donc la langue elle-même.',
    unreadable:
      '{name} parle, mais je ne peux pas déchiffrer son audio. Si cela dure, quitter le salon vocal puis le rejoindre donne de nouvelles clés.',
    tooQuiet:
      'J’entends {name}, mais trop bas pour distinguer des mots. Il faut augmenter le volume du micro, ou s’en rapprocher.',
    gap: 'Je n’ai pas pu transcrire {seconds} s de ce qui a été dit : {reason}.',
    gapOf: 'Je n’ai pas pu transcrire {seconds} s de ce qu’a dit {name} : {reason}.',
    gapPaused: 'en pause',
    gapRecogniser: 'reconnaissance vocale indisponible',
    gapDecryption: 'audio non déchiffré',
    gapVoice: 'connexion vocale perdue',
    gapDeafened: 'un modérateur m’avait mis en sourdine',
    gapRestarted: 'redémarrage',
    gapTooMuch: 'trop à la fois',
    journalFailed:
      'Je ne peux pas enregistrer ce qui est dit : le compte rendu de cette réunion sera peut-être incomplet.',
    minutesFailed:
      'Je n’ai pas pu publier le compte rendu. Tout ce qui a été dit est enregistré : utilisez `/minutes latest` pour le voir.',
  },
  ofMinutes: {
    summaries: 'Modèle des résumés : {template} (`/settings summary`)',
    summariesKnowing:
      'Modèle des résumés : {template} ; le modèle de langage est informé de ceci : « {context} » (`/settings summary`)',
    summariesChanged: 'Les prochains résumés en tiendront compte.',
    noSummaries:
      'Aucun modèle de langage n’est configuré pour moi : rien ne change tant que mon opérateur n’en configure pas.',
    timeZone: 'Fuseau horaire des comptes rendus : {zone} (`/settings set`)',
    noTimeZone:
      'Je ne connais pas le fuseau horaire « {typed} ». Utilisez un nom comme `Europe/Paris` ou `America/New_York`.',
    glossary: 'Glossaire : {count, plural, =0 {aucun terme} one {un terme} other {# termes}} (`/settings glossary`)',
    noTerms: 'Il n’y a pas encore de termes. Utilisez `/settings glossary written:…` pour en ajouter un.',
    heardAs: 'entendu comme {heard}',
    termAdded: 'Désormais, j’écris {term}.',
    termRemoved: '{term} n’est plus dans le glossaire.',
    noTerm: 'Le glossaire ne contient pas de terme « {typed} ».',
    glossaryFull: 'Le glossaire est plein : il contient {most} termes. Retirez-en un d’abord.',
    noTranslations:
      'Je ne peux pas lire « {typed} » comme des traductions. Écrivez-les ainsi : `en=Council, es=Consejo`. Rien n’a été modifié.',
    webhook: 'Les comptes rendus sont aussi envoyés à : {host} (`/settings webhook`)',
    webhookLines:
      'Les comptes rendus, et chaque ligne dès qu’elle est définitive, sont aussi envoyés à : {host} (`/settings webhook`)',
    webhookNone: 'Les comptes rendus ne sont envoyés nulle part ailleurs (`/settings webhook`)',
    webhookSet:
      'Désormais, j’envoie aussi les comptes rendus à {host} à la fin d’une réunion. Voici le secret avec lequel je les signe. Conservez-le maintenant, car je ne le montrerai plus : ||`{secret}`||',
    webhookOff: 'Désormais, je n’envoie plus les comptes rendus ailleurs.',
    linesSet:
      'Désormais, j’envoie aussi chaque ligne et chaque traduction d’une réunion à {host}, dès qu’elle est définitive.',
    linesOff: 'Désormais, je n’envoie plus que les comptes rendus à {host}.',
    linesNowhere: 'Je ne sais pas où les envoyer. Indiquez une adresse : `/settings webhook url:…`',
    linesSentOn:
      'Ce qui est dit dans cette réunion est aussi envoyé à {host}, hors de Discord, dès que c’est définitif, et le compte rendu à la fin.',
    sentOn: 'Le compte rendu de cette réunion est aussi envoyé à {host}, hors de Discord.',
    sentOnNoMore: 'Le compte rendu de cette réunion n’est plus envoyé ailleurs.',
    noWebhook:
      'Je n’envoie des comptes rendus qu’à des adresses qui commencent par `https://` et ne contiennent ni nom ni mot de passe. Rien n’a été modifié.',
    newer: 'Plus récentes',
    older: 'Plus anciennes',
  },
  overview: {
    ended: 'fin : {how}',
    fullTranscript: 'Transcription complète : le fichier joint `{file}`',
    nobodySpoke: 'personne n’a parlé',
    moreStays: 'et {count} de plus',
    more: '… et {count} de plus',
    moreInFile: '… et {count} de plus dans le fichier',
    continued: '(suite)',
    spoken: 'parlées : {languages}',
    none: 'aucune',
    into: 'traduit en {languages}',
  },
  panel: {
    running: '🔴 {voice} est en cours de transcription',
    paused: '⏸️ {voice} : en pause, rien n’est entendu',
    finishing: '⏳ {voice} : les derniers mots arrivent',
    restarting: '🔄 {voice} : je redémarre et je reviens dans un instant',
    deaf: '🔇 {voice} : je n’entends personne en ce moment',
    deafened: 'Un modérateur m’a mis en sourdine. J’entendrai de nouveau dès que ce sera annulé.',
    interrupted: 'J’ai perdu la connexion vocale et j’essaie de la rétablir.',
    over: '⏹️ {voice} : la réunion est terminée',
    notice:
      'Ce qui s’y dit est transcrit ici. Réunion lancée {since} par {starter}. Si vous ne le souhaitez pas, utilisez `/privacy opt-out`, et je ne vous entendrai pas. `/transcribe stop` termine la réunion et publie le compte rendu.',
    lasted: 'Transcrite ici du {began} à {ended}, lancée par {starter}.',
    spoken: '**Langue parlée :** {spoken}. Pas de traduction : utilisez `/translate` pour choisir des langues.',
    translated: '**Langue parlée :** {spoken}. **Traduite en** {targets}.',
    nobody: 'Personne n’est là.',
    nobodyOnStage: 'Personne n’est sur scène.',
    stage:
      'Dans un salon de conférence, les appels **ne sont pas chiffrés de bout en bout**. Je ne fais qu’écouter, et seulement les personnes sur scène.',
    stageAudience: 'Public : {now} ({most} au plus)',
    heard: '**Entendus :** {people}',
    unheard: '**Pas entendus :** {people}',
    unheardOne: '{name} ({because})',
    more: '{count, plural, one {# autre} many {# autres} other {# autres}}',
    optedOut: 'ne veut pas être entendu',
    notOptedIn: 'n’a pas donné son accord : `/privacy opt-in`',
    notYetHeard: 'n’a pas encore parlé',
    unreadable: 'je ne peux pas déchiffrer son audio',
    tooQuiet: 'trop bas : il faut augmenter le volume du micro',
    waiting: 'attend son tour pour la reconnaissance vocale',
    retrying: 'reconnaissance vocale perdue, nouvelle tentative',
    stopped: 'reconnaissance vocale arrêtée : {why}',
    stoppedUnexplained: 'reconnaissance vocale arrêtée',
    turns:
      'Plus de personnes parlent que la reconnaissance vocale n’en accepte à la fois. Elles passent à tour de rôle, et certains mots arrivent plus tard.',
    inSentences:
      'En ce moment, Discord accepte moins de messages de ma part : les phrases apparaissent une fois terminées.',
    inBlocks:
      'En ce moment, Discord accepte moins de messages de ma part : ce qui est dit apparaît par blocs, toutes les quelques secondes.',
    lateness: 'Le texte apparaît en général {median} s après les mots, et dans 95 % des cas en moins de {slow} s',
    sent: '{minutes} min d’audio envoyées à la reconnaissance vocale',
    sentFor: '{minutes} min d’audio envoyées à la reconnaissance vocale : {cost}',
    lost: '{seconds} s n’ont pas pu être transcrites',
    pause: 'Pause',
    resume: 'Reprendre',
    stop: 'Terminer',
    translate: 'Traduire…',
    myLanguage: 'Ma langue',
    soFar: 'Compte rendu provisoire',
    livePage: 'Page en direct',
    minutes: 'Compte rendu',
    otherMeeting: 'Cette réunion est terminée. Utilisez `/minutes latest` pour voir ce qui a été dit.',
    translateTitle: 'Traduire les réunions de ce serveur',
    translateLabel: 'Langues',
    translateHint: 'Par exemple es, en ou espagnol, anglais ; off pour aucune',
    readsQuestion:
      'Dans quelle langue voulez-vous lire ? Cela vaut pour ce que vous êtes seul à voir, comme `/catch-up`.',
    readsAsSpoken: 'Comme cela a été dit',
    readsNow:
      'Désormais, ce que vous êtes seul à voir s’affiche dans cette langue : {language}, là où il y a une traduction.',
    readsOriginal: 'Désormais, ce que vous êtes seul à voir s’affiche comme cela a été dit.',
    readsUntranslated:
      'Les réunions de ce serveur ne sont pas traduites dans cette langue. Utilisez `/translate` pour l’ajouter.',
    pauseQuestion: 'Dans le second menu : combien de temps vous taisez-vous avant qu’une de vos phrases soit finie ?',
    pauseAsServer: 'Comme sur ce serveur, {choice}',
    pauseNow: 'Désormais, une pause de cette durée termine vos phrases : {choice}.',
    notInformed:
      'ne peut lire nulle part que la réunion est transcrite : laissez cette personne lire ici, ou laissez-moi écrire dans le chat du salon vocal',
  },
  picture: {
    whoSpokeWhen: 'Qui a parlé et quand : {title}',
    people: '{count, plural, =0 {0 personne} one {1 personne} other {{count} personnes}}',
    talkTime: 'temps de parole',
    silent: 'silence',
    atOnce: 'deux ou plus à la fois',
    speaking: 'parle',
    inChannel: 'dans le salon',
    notTranscribed: 'non transcrit',
    more: 'et {count} autres personnes',
    nobody: 'Personne n’était là.',
    person: 'personne {number}',
  },
  posting: {
    filesTooLarge:
      'Les fichiers sont trop volumineux pour ce serveur. Utilisez `/minutes latest` pour voir le compte rendu.',
    givenUp:
      'Je n’ai pas pu publier {count, plural, one {# ligne pendant que Discord avait des problèmes. Elle est} many {# de lignes pendant que Discord avait des problèmes. Elles sont} other {# lignes pendant que Discord avait des problèmes. Elles sont}} dans le compte rendu.',
    refused: 'Je n’ai pas pu publier ce que {name} a dit à {time}. C’est dans le compte rendu.',
    goesOnHere: 'Je ne peux plus écrire dans {channel} : {reason}. La transcription continue ici.',
    theChannel: 'le salon de la transcription',
    deleted: 'il a été supprimé',
    leftServer: 'je ne suis plus sur ce serveur',
    wayBack: 'Quand je serai de nouveau sur ce serveur, `/minutes latest` y montrera tout.',
    unseen: 'je ne peux plus le voir',
    directClosed: 'les messages privés sont fermés',
    unwritable: 'il n’accepte pas mes messages',
    forbidden: 'je n’ai plus la permission d’y écrire',
    archived: 'le fil est archivé',
    ownName:
      'Je ne peux plus écrire ici sous le nom de la personne qui parle : mon webhook a disparu, et je n’ai pas la permission d’en créer un autre. La transcription continue sous mon nom.',
    noThread: 'Je n’ai pas pu ouvrir de fil dans {channel} : {reason}. La transcription continue ici.',
    noLanguageThread:
      'Je ne peux pas écrire dans un fil pour cette langue : {language} ({reason}). Les traductions apparaissent ici, sous les lignes.',
    transcriptAt: 'La transcription : {where}',
    post: 'Ce qui se dit dans {voice} est transcrit dans ce post.',
    webhookMoved:
      'Quelqu’un a déplacé mon webhook vers un autre salon. J’ai supprimé ce que j’y avais écrit et je continue ici avec un nouveau.',
    webhookMovedLeft:
      'Quelqu’un a déplacé mon webhook vers un autre salon. Je continue ici avec un nouveau, mais je n’ai pas pu supprimer les derniers mots là-bas. Merci de les supprimer vous-mêmes.',
  },
  privacy: {
    policyHeard:
      '**Ce que j’entends.** Je n’écoute que pendant qu’une réunion est transcrite : son panneau le dit, et j’avertis les personnes qui arrivent plus tard. Je n’entends jamais les personnes qui ont refusé, ni personne pendant une pause : j’écarte leur audio avant de le décoder. Je transcris des messages vocaux quand un membre le demande, mais pas les vôtres après un refus.',
    policyOptIn: 'Sur ce serveur, je n’entends que les personnes qui ont donné leur accord.',
    policyGoes:
      '**Où cela va.** Pendant que quelqu’un parle, je transmets son audio à la reconnaissance vocale (Palabra). Je ne le conserve jamais. Les textes vont dans le salon et, si la personne qui m’administre l’a prévu, à un modèle de langage qui écrit des résumés et répond aux questions. Si un gestionnaire l’a prévu, les comptes rendus sont aussi envoyés à un autre service.',
    policyKept:
      '**Ce qui est conservé.** Pour le compte rendu, je conserve les textes, les traductions, et qui était là et quand, {days, plural, =0 {jusqu’à ce que quelqu’un les supprime} one {pendant un jour} other {pendant # jours}}. Ils sont dans la base de données de la personne qui m’administre, pour les membres qui pouvaient lire ou entendre la réunion.',
    policySignedIn:
      'Si vous vous connectez à mes pages, je conserve votre identifiant Discord, ceux de vos serveurs et la date de votre dernière visite. Je les efface quand vous vous déconnectez ou après une semaine sans visite, et au plus tard après un mois.',
    policyKeys:
      'Si vous créez une clé pour un programme, je conserve son nom, votre identifiant Discord et la date de sa dernière utilisation, jusqu’à ce que vous la révoquiez ou qu’elle expire. Avec elle, le programme lit ce que vous pouvez lire ici.',
    policySentOn: 'Les comptes rendus des réunions sont aussi envoyés à {host}, hors de Discord.',
    policyLinesSentOn:
      'Ce qui est dit dans les réunions est aussi envoyé à {host}, hors de Discord, dès que c’est définitif, et le compte rendu à la fin.',
    policyRights:
      '**Vos droits.** `/privacy opt-out` : je ne vous entends plus. `/privacy opt-in` : je vous entends de nouveau. `/privacy forget-me` : j’efface ce que vous avez dit sur ce serveur, aussi dans mes messages, et je vous donne un reçu qui indique ce qui reste.',
    nothing: 'Je ne conserve rien sur vous sur ce serveur : ni paroles, ni réunions où vous étiez.',
    question:
      'Voulez-vous effacer définitivement ce que vous avez dit sur ce serveur ? C’est dans {meetings, plural, one {# réunion} other {# réunions}} et dans {messages, plural, one {# de mes messages} other {# de mes messages}}. Cela efface vos paroles, leurs traductions, votre nom et vos heures de présence, ainsi que les résumés de ces réunions. C’est irréversible.',
    alsoSignsOut: 'Votre session sur mes pages sera aussi fermée.',
    signedOut:
      'J’ai fermé votre session sur mes pages dans {browsers, plural, one {# navigateur} many {# navigateurs} other {# navigateurs}}.',
    alsoRevokesKeys: 'Vos clés de programmes sur ce serveur seront aussi révoquées.',
    keysRevoked:
      'J’ai révoqué {keys, plural, one {# clé de programme} many {# de clés de programmes} other {# clés de programmes}}.',
    erase: 'Effacer définitivement',
    keep: 'Tout conserver',
    kept: 'Rien n’a été effacé.',
    underWay: 'C’est déjà en cours : le reçu apparaîtra ici.',
    receipt: 'Reçu {id}',
    when: 'Effacé : {when}',
    server: 'Serveur : {name}',
    texts:
      '{count, plural, one {# texte} other {# textes}} de vous, avec les traductions et les entrées de l’index de recherche',
    stays:
      '{count, plural, one {# relevé} other {# relevés}} de présence dans {meetings, plural, one {# réunion} other {# réunions}}, avec votre nom',
    messages:
      'Mes messages : {deleted} supprimés, {edited} modifiés pour ne garder que ce que d’autres ont dit, {gone} avaient déjà disparu, {left} restent',
    minutes: 'Comptes rendus dans Discord : {edited} réécrits sans vous, {left} restent',
    left: 'Je n’ai pas pu changer ce qui reste. La modération peut le supprimer :',
    unknownMinutes: 'Compte rendu de « {title} », {when} : je ne sais plus où il se trouve',
    others:
      'Cela n’atteint pas les fichiers que d’autres ont enregistrés, les sauvegardes, ce que d’autres ont dit de vous, ni qui a lancé une réunion.',
    stillHeard:
      'Une réunion est en cours : ce que vous dites à partir de maintenant est de nouveau conservé. Utilisez `/privacy opt-out` si vous ne voulez pas que je vous entende.',
    diskLog:
      'En cours : quelqu’un lit la base de données en ce moment, peut-être pour une sauvegarde ; ce qui a été effacé peut donc encore se trouver dans son journal d’écriture. J’essaie chaque minute jusqu’à ce que ce soit écrasé.',
    diskRows:
      'En cours : la base de données garde les lignes effacées sur son disque jusqu’à son prochain nettoyage (vacuum).',
    mentions:
      'Réponses à vos messages vocaux, messages d’accueil et avis avec votre nom : {deleted} supprimés, {edited} modifiés, {gone} avaient déjà disparu, {left} restent',
    nameless:
      'J’ai averti ici de la transcription les membres arrivés plus tard. Leurs noms ont été retirés à la demande de l’un d’eux.',
  },
  router: {
    serversOnly:
      'Je ne fonctionne que sur des serveurs : utilisez cette commande dans un salon d’un serveur où je suis.',
    notInServer: 'Je ne suis pas sur ce serveur. Une personne qui peut le gérer doit d’abord m’ajouter : <{url}>',
    unknownCommand: 'Je ne connais plus cette commande. Rechargez Discord (Ctrl+R) pour voir mes commandes actuelles.',
    outdatedControl: 'Cela vient d’une ancienne version de moi et ne fonctionne plus.',
    failed:
      'Un problème est survenu de mon côté. Réessayez. Si cela se reproduit, donnez la référence {reference} à la personne qui m’administre.',
  },
  settings: {
    transcripts: 'Transcriptions : {where} (`/settings set`)',
    minutes: 'Comptes rendus : {where} (`/minutes channel`)',
    spoken: 'Langue parlée : {language} (`/language`)',
    translations: 'Traduit vers : {languages} (`/translate`)',
    whereStarted: 'là où `/transcribe start` est utilisé',
    whereTranscript: 'au même endroit que la transcription',
    nothing: 'rien',
    unchanged: 'Rien n’a été modifié.',
    nothingChosen: 'Choisissez au moins une option de `/settings set`.',
    changed: 'Modifié. Les réglages de ce serveur sont maintenant :',
    style: 'Style de la transcription : {style} (`/settings set`)',
    grow: 'messages qui grandissent pendant que l’on parle',
    finals: 'phrases terminées seulement',
    digest: 'un condensé toutes les quelques secondes',
    optIn: 'Personnes entendues : {who} (`/settings set`)',
    everybody: 'toutes les personnes qui n’ont pas refusé',
    onlyYes: 'seulement celles qui ont donné leur accord',
    managerRole: 'Gestionnaires : {who} (`/settings set`)',
    byPermission: 'les personnes qui peuvent gérer le serveur ou ses salons',
    byRole: 'les membres qui ont le rôle {role}',
    allowed: 'Transcription autorisée dans : {where} (`/settings set`)',
    everywhere: 'tous les salons vocaux',
    notVoice: 'Je ne vois aucun salon vocal « {typed} ». Indiquez des salons comme #un #deux, ou utilisez `all`.',
    tooManyChannels: 'Vous pouvez choisir au plus {count} salons.',
    autoStart: 'Les réunions commencent automatiquement : {where} (`/settings set`)',
    autoStartIn: 'dans {voice} dès que {people, plural, one {# personne y est} other {# personnes y sont}}',
    never: 'jamais',
    events: 'Les réunions commencent et se terminent avec les événements de ce serveur : {choice} (`/settings set`)',
    eventsLinked: 'oui, et les événements y renvoient là où je peux gérer les événements',
    speakerWebhooks: 'Sous le nom de la personne qui parle : {choice} (`/settings set`)',
    whereWebhooks: 'oui, là où je peux gérer les webhooks',
    no: 'non',
    thread: 'Un fil par réunion : {choice} (`/settings set`)',
    languageThreads: 'Un fil par langue de traduction : {choice} (`/settings set`)',
    pause: 'La pause qui termine une phrase : {choice} (`/settings set`)',
    pauseQuick: 'rapide : 0,35 s',
    pauseNormal: 'normale : 0,6 s',
    pausePatient: 'patiente : 1,2 s',
    api: 'Les programmes des membres peuvent lire avec des clés : {choice} (`/settings set`)',
    yes: 'oui',
    hiddenChannel: 'un salon que vous ne pouvez pas voir',
  },
  status: {
    running: 'Transcription de',
    paused: 'En pause :',
    finishing: 'Fin en cours :',
    restarting: 'Redémarrage :',
    head: '**{state} {voice}** → {text}, lancée {since} par {starter}',
    spoken: 'Langue parlée : {language} ; aucune traduction.',
    spokenAndTranslated: 'Langue parlée : {language} ; traduit vers : {languages}.',
    nobody: 'Personne n’est là.',
    more: '… et {count} autres',
    optedOut: 'ne veut pas être entendu',
    notOptedIn: 'n’a pas donné son accord, pas entendu (`/privacy opt-in`)',
    notYetHeard: 'pas encore entendu',
    heardNow: 'entendu maintenant',
    lastHeard: 'entendu pour la dernière fois {ago}',
    endToEnd: 'chiffré de bout en bout',
    transportOnly: 'sans chiffrement de bout en bout',
    negotiating: 'chiffrement en négociation',
    unreadable: '{encryption} ({count, plural, one {# paquet illisible} other {# paquets illisibles}})',
    sttIdle: 'la reconnaissance vocale attend de la voix',
    sttConnecting: 'connexion à la reconnaissance vocale',
    sttLive: 'reconnaissance vocale active',
    sttWaiting: 'attend son tour pour la reconnaissance vocale',
    sttRetrying: 'reconnaissance vocale perdue, nouvelle tentative',
    sttStopped: 'reconnaissance vocale arrêtée',
    noText: 'pas encore de texte',
    lastText: 'dernier texte {ago}',
    secondsAgo: 'il y a {seconds} s',
    minutesAgo: 'il y a {minutes} min',
    notInformed: 'ne peut lire nulle part que la réunion est transcrite, pas entendu',
  },
  summary: {
    keyPoints: 'Points clés',
    decisions: 'Décisions',
    actions: 'Tâches',
    questions: 'Questions ouvertes',
    promises: 'Engagements',
    answered: 'Questions et réponses',
    written:
      'Ce texte a été écrit par le modèle de langage {model}. Il peut se tromper : suivez les heures pour vérifier ce qui a été dit.',
    tokensRead: '{count} jetons lus',
    tokensWritten: '{count} écrits',
    otherLanguage: 'Le résumé est en {given}, pas en {wanted}.',
    failed: 'Le modèle de langage n’a pas écrit de résumé : {because}.',
    quoted:
      'Ces lignes sont citées de la transcription parce qu’elles ont le plus en commun avec le reste. Rien n’a été ajouté.',
    quotedLists:
      'Ces lignes sont citées de la transcription : les points clés parce qu’ils ont le plus en commun avec le reste, les autres listes d’après la façon dont ces choses se disent ; il peut donc en manquer. Rien n’a été ajouté.',
    late: 'il n’a pas répondu à temps',
    unreachable: 'il était injoignable',
    refused: 'son serveur a refusé',
    busy: 'son serveur était surchargé',
    unusable: 'sa réponse était inutilisable',
    tooLong: 'il a reçu plus de texte qu’il ne peut en lire à la fois',
    shutdown: 'Parley était en cours d’arrêt',
  },
  templates: {
    meeting: 'réunion',
    standUp: 'point quotidien',
    tabletop: 'partie de jeu de rôle',
    interview: 'entretien',
    class: 'cours',
    done: 'Fait',
    agreed: 'Convenu',
    next: 'À faire ensuite',
    blockers: 'Obstacles',
    events: 'Ce qui s’est passé',
    party: 'Ce que le groupe a décidé',
    plans: 'Projets',
    mysteries: 'Mystères à élucider',
    answers: 'Réponses',
    steps: 'Prochaines étapes',
    unanswered: 'Resté sans réponse',
    taught: 'Ce qui a été enseigné',
    fixed: 'Dates et règles',
    homework: 'Devoirs',
    asked: 'Questions sans réponse',
  },
  transcribe: {
    nothingRuns: 'Rien n’est transcrit sur ce serveur. Utilisez `/transcribe start` pour commencer.',
    joinFirst: 'Rejoignez d’abord un salon vocal, ou indiquez-en un : `/transcribe start voice-channel:…`',
    noText: 'Je ne vois aucun salon où écrire. Indiquez-en un avec `/transcribe start text-channel:…`',
    alreadyRunning:
      'Je transcris déjà {voice} sur ce serveur (lancée {since} par {starter}, écrite dans {text}). Je ne peux être que dans un seul salon vocal par serveur : utilisez `/transcribe stop` pour terminer cette réunion.',
    justStarted: 'Quelqu’un d’autre vient de démarrer une réunion ici.',
    started: 'J’écoute dans {voice}. Ce qui est dit apparaît dans {text}.',
    pausedAlready: 'La réunion est déjà en pause. Utilisez `/transcribe resume` pour continuer.',
    toldPaused: '⏸️ {name} a mis la transcription en pause : je n’entends rien jusqu’à `/transcribe resume`.',
    paused: 'En pause : désormais, je n’entends et n’écris rien. Utilisez `/transcribe resume` pour continuer.',
    notPaused: 'La réunion n’est pas en pause : je transcris ce qui est dit.',
    toldResumed: '▶️ {name} a repris la transcription : j’écoute de nouveau.',
    resumed: 'Reprise : j’écoute de nouveau.',
    over: 'La réunion dans {voice} est terminée : {contents}. Le compte rendu est dans {minutes}, et `/minutes latest` l’affiche aussi.',
    nothingSaid: 'rien n’a été dit que j’aie pu transcrire',
    contents:
      '{lines, plural, one {une ligne} other {# lignes}} de {people, plural, one {une personne} other {# personnes}}',
  },
  usage: {
    notAllowed:
      'Je ne suis autorisé à fonctionner que sur certains serveurs, et celui-ci n’en fait pas partie : je le quitte donc.',
    usedUp:
      'Ce serveur a épuisé ses minutes d’audio du mois. Le compteur repart de zéro le premier du mois prochain (UTC). Les gestionnaires peuvent voir les détails avec `/usage`.',
    filesUsedUp:
      'Ce serveur a épuisé ses minutes d’audio du mois. Le compteur repart de zéro le premier du mois prochain (UTC).',
    nearly:
      'Ce serveur a utilisé plus de 80 % de ses minutes d’audio du mois. Quand elles seront épuisées, les réunions se termineront. Les gestionnaires peuvent voir les détails avec `/usage`.',
    ends: 'Ce serveur a épuisé ses minutes d’audio du mois. La réunion se termine ici, le compte rendu suit.',
    head: '**Ce que ce serveur a utilisé en {month}** (UTC)',
    total: '{used} minutes d’audio ; il n’y a pas de limite.',
    totalOf: '{used} minutes d’audio sur {limit} ({percent} %).',
    kinds:
      'Réunions : {meetings} · fichiers audio : {files}. Chaque personne qui parle est comptée séparément, pauses comprises tant que la reconnaissance vocale écoute.',
  },
};
