export const languages = {
  unreadable:
    'Je ne reconnais pas {typed} comme langue : donnez des codes comme {codes}, ou des noms comme espagnol. Rien n’a été modifié.',
  doubt:
    '{count, plural, one {Rien ne dit que {codes} soit pris en charge} other {Rien ne dit que {codes} soient pris en charge}} : si le moteur refuse, je le dirai dans la transcription.',
  off: 'Aucune traduction (off)',
  auto: 'Détecter (auto)',
  default: 'Selon le serveur (default)',
  noneSet: 'Rien n’est traduit ici. `/translate languages:en,es` choisit des langues.',
  areSet: 'Les réunions d’ici sont traduites vers : {languages}. `/translate languages:off` y met fin.',
  offNow: 'Désormais, rien n’est traduit.',
  setNow: 'Désormais, les réunions d’ici sont traduites vers : {languages}.',
  spokenHere: '{language} est la langue parlée ici, elle n’a pas besoin de traduction : laissée de côté.',
  twice: '{languages} : donné deux fois, pris une fois.',
  unchanged: 'Rien n’a été modifié.',
  toldOff: '{name} a désactivé les traductions.',
  toldSet: '{name} a choisi les traductions : {languages}.',
  serverAuto: 'Désormais, je détecte moi-même ce qui est parlé ici. Chacun peut choisir sa langue avec `/language`.',
  serverSet: 'Désormais, je m’attends à entendre ici : {language}. Chacun peut choisir sa langue avec `/language`.',
  alsoTarget: '{language} figure aussi parmi les traductions : laissée de côté pour qui la parle.',
  mineDefault: 'Désormais, votre langue est celle du serveur : {language}.',
  mineAuto: 'Désormais, je détecte moi-même ce que vous parlez.',
  mineSet: 'Désormais, j’attends de vous : {language}.',
};
