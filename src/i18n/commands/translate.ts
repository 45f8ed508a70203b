import type { CommandTranslations } from '../command-names.ts';

export const translate: CommandTranslations = {
  'es-ES': {
    'translate: name': 'traducir',
    'translate: description': 'Muestra o elige los idiomas a los que se traducen las reuniones de este servidor',
    'translate languages: name': 'idiomas',
    'translate languages: description': 'Como en,fr o inglés, francés; off para ninguno; vacío muestra lo elegido',
  },
  fr: {
    'translate: name': 'traduire',
    'translate: description':
      'Affiche ou choisit les langues vers lesquelles les réunions de ce serveur sont traduites',
    'translate languages: name': 'langues',
    'translate languages: description': 'Comme es,en ou espagnol, anglais ; off pour aucune ; vide affiche le choix',
  },
  de: {
    'translate: name': 'übersetzen',
    'translate: description': 'Zeigt oder wählt die Sprachen, in die Besprechungen dieses Servers übersetzt werden',
    'translate languages: name': 'sprachen',
    'translate languages: description': 'Etwa es,fr oder Spanisch, Französisch; off für keine; leer zeigt die Wahl',
  },
  ja: {
    'translate: name': '翻訳',
    'translate: description': 'このサーバーの会議をどの言語に翻訳するかを表示・設定します',
    'translate languages: name': '言語',
    'translate languages: description': '例: en,fr または 英語, フランス語。off でなし。空欄なら現在の設定を表示',
  },
  'pt-BR': {
    'translate: name': 'traduzir',
    'translate: description': 'Mostra ou escolhe os idiomas para os quais as reuniões deste servidor são traduzidas',
    'translate languages: name': 'idiomas',
    'translate languages: description': 'Como es,en ou espanhol, inglês; off para nenhum; vazio mostra o que vale',
  },
};
