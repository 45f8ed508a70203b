export const access = {
  stage: '{channel} est une conférence. Je ne peux écouter que dans des salons vocaux ordinaires : réunissez-vous là.',
  full: '{channel} est plein ({limit, plural, one {# personne} other {# personnes}}). Augmentez sa limite d’une place, ou donnez-moi Déplacer des membres.',
  noMessages: '{channel} n’accepte pas de messages : choisissez un salon textuel.',
  locked: '{channel} est verrouillé : choisissez un autre salon.',
  missing:
    'Dans {channel}, il me manque {count, plural, one {la permission} other {les permissions}} {names}. Donnez-la à mon rôle dans les réglages de ce salon, puis réessayez.',
  ViewChannel: 'Voir le salon',
  Connect: 'Se connecter',
  SendMessages: 'Envoyer des messages',
  SendMessagesInThreads: 'Envoyer des messages dans les fils',
  EmbedLinks: 'Intégrer des liens',
  AttachFiles: 'Joindre des fichiers',
  unseen: 'Je ne vois pas {channel} : donnez à mon rôle la permission **Voir le salon** à cet endroit.',
  notManager:
    'C’est réservé à qui peut gérer le serveur ou ses salons (**Gérer le serveur** ou **Gérer les salons**) : demandez à l’une de ces personnes.',
  mayNotHear: 'Vous ne pouvez pas rejoindre {channel} vous-même, je n’y écoute donc pas pour vous.',
  mayNotWrite: 'Vous ne pouvez pas écrire dans ce salon vous-même, je n’y écris donc pas pour vous.',
  somebodyElses:
    'Cette réunion est à quelqu’un d’autre : rejoignez {channel}, ou demandez à {starter} ou à la modération.',
  mayNotChoose:
    'Cela vaut pour tout le monde ici : le choix revient à ceux qui peuvent gérer le serveur ou ses salons (**Gérer le serveur** ou **Gérer les salons**) et, pendant une réunion, aussi à qui l’a lancée ou y est assis.',
  hiddenMeeting:
    'Une réunion est déjà transcrite sur ce serveur, dans des salons que vous ne pouvez ni lire ni entendre. Je ne peux être que dans un salon vocal par serveur.',
  joinToStart:
    'Vous n’êtes pas dans {channel}, ses membres ne verraient donc pas qui commence : rejoignez-le d’abord. Qui gère ce serveur peut commencer de l’extérieur.',
};
