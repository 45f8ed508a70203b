export const privacy = {
  policyHeard:
    '**Ce que j’entends.** Seulement pendant qu’une réunion est transcrite : son panneau le dit, qui arrive plus tard en est averti. Jamais qui l’a refusé, jamais pendant une pause : le son est écarté avant d’être décodé. Les messages vocaux, quand un membre le demande : pas les vôtres après un refus.',
  policyOptIn: 'Sur ce serveur, seules les personnes qui ont dit oui sont entendues.',
  policyGoes:
    '**Où cela va.** Le son de chacun est transmis au service de reconnaissance (Palabra) pendant qu’il parle. Je ne le garde jamais. Les textes vont dans le salon et, si qui m’exploite l’a prévu, à un modèle de langue pour les résumés. Si un gestionnaire l’a prévu, les comptes rendus sont transmis à un autre service.',
  policyKept:
    '**Ce qui est gardé.** Les textes, les traductions, qui était là et quand, pour le compte rendu, {days, plural, =0 {jusqu’à ce que quelqu’un les supprime} one {pendant un jour} other {pendant # jours}} ; dans la base de données de qui m’exploite, pour les membres qui pouvaient lire ou entendre la réunion.',
  policySentOn: 'Les comptes rendus des réunions sont transmis à {host}, hors de Discord.',
  policyRights:
    '**Vos droits.** `/privacy opt-out` : vous n’êtes plus entendu. `/privacy opt-in` : de nouveau entendu. `/privacy forget-me` : ce que vous avez dit sur ce serveur est effacé, aussi dans mes messages, avec un reçu. Ce qui reste y est nommé.',
  nothing: 'Je ne garde rien de vous sur ce serveur : ni paroles, ni réunion où vous étiez.',
  question:
    'Effacer pour toujours ce que vous avez dit sur ce serveur ? C’est dans {meetings, plural, one {# réunion} other {# réunions}} et dans {messages, plural, one {# de mes messages} other {# de mes messages}}. Vos paroles, leurs traductions, votre nom et vos présences disparaissent, ainsi que les résumés de ces réunions. Il n’y a pas de retour.',
  erase: 'Effacer pour toujours',
  keep: 'Tout garder',
  kept: 'Rien n’a été effacé.',
  underWay: 'C’est déjà en cours : le reçu arrive ici.',
  receipt: 'Reçu {id}',
  when: 'Effacé : {when}',
  server: 'Serveur : {name}',
  texts:
    '{count, plural, one {# texte} other {# textes}} de vous, avec les traductions et ce qui pouvait en être recherché',
  stays:
    '{count, plural, one {# présence} other {# présences}} dans {meetings, plural, one {# réunion} other {# réunions}}, avec votre nom',
  messages:
    'Mes messages : {deleted} supprimés, {edited} modifiés pour ne garder que les paroles des autres, {gone} n’étaient plus là, {left} restent',
  minutes: 'Comptes rendus dans Discord : {edited} réécrits sans vous, {left} restent',
  left: 'Ce qui reste, je n’ai pas pu le changer ; un modérateur peut le supprimer :',
  unknownMinutes: 'Compte rendu de « {title} », {when} : je ne sais plus où il se trouve',
  others:
    'Hors d’atteinte : les fichiers que d’autres ont enregistrés, les sauvegardes, ce que d’autres ont dit de vous, et qui a commencé une réunion.',
  stillHeard:
    'Une réunion est en cours : ce que vous dites à partir de maintenant est de nouveau gardé. Avec `/privacy opt-out`, je ne vous entends plus.',
  diskLog:
    'En cours : quelqu’un lit la base de données en ce moment, une sauvegarde peut-être ; ce qui a été effacé peut donc encore se trouver dans son journal d’écriture. J’essaie chaque minute jusqu’à ce qu’il soit écrasé.',
  diskRows:
    'En cours : la base de données garde les lignes effacées sur son disque jusqu’à son prochain nettoyage (vacuum).',
  mentions:
    'Réponses à vos messages vocaux, messages d’accueil et avis avec votre nom : {deleted} supprimés, {edited} modifiés, {gone} n’étaient plus là, {left} restent',
  nameless:
    'Les personnes arrivées plus tard ont été averties ici de la transcription. Leurs noms ont été retirés à la demande de l’une d’elles.',
};
