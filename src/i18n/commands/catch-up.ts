import type { CommandTranslations } from '../command-names.ts';

export const catchUp: CommandTranslations = {
  'es-ES': {
    'catch-up: name': 'ponerse-al-día',
    'catch-up: description': 'Lee lo que se dijo, en tu idioma; nadie más lo ve',
    'catch-up minutes: name': 'minutos',
    'catch-up minutes: description': 'Solo los últimos minutos; si no, desde que entraste o toda la última reunión',
    'catch-up language: name': 'idioma',
    'catch-up language: description': 'En qué idioma; si no se dice, el que lees',
  },
  fr: {
    'catch-up: name': 'rattraper',
    'catch-up: description': 'Lire ce qui a été dit, dans votre langue ; personne d’autre ne le voit',
    'catch-up minutes: name': 'minutes',
    'catch-up minutes: description':
      'Seulement les dernières minutes ; sinon depuis votre arrivée, ou la dernière réunion entière',
    'catch-up language: name': 'langue',
    'catch-up language: description': 'Dans quelle langue ; sinon, celle que vous lisez',
  },
  de: {
    'catch-up: name': 'nachlesen',
    'catch-up: description': 'Lies, was gesagt wurde, in deiner Sprache; sonst sieht es niemand',
    'catch-up minutes: name': 'minuten',
    'catch-up minutes: description':
      'Nur die letzten Minuten; sonst seit du da bist, oder die ganze letzte Besprechung',
    'catch-up language: name': 'sprache',
    'catch-up language: description': 'In welcher Sprache; sonst in der, die du liest',
  },
  ja: {
    'catch-up: name': '追いつく',
    'catch-up: description': '話されたことを自分の言語で読みます。ほかの人には見えません',
    'catch-up minutes: name': '分',
    'catch-up minutes: description': '最後の何分間か。指定なしなら参加してから、または最新の会議全体',
    'catch-up language: name': '言語',
    'catch-up language: description': 'どの言語で読むか。指定なしなら自分の言語',
  },
  'pt-BR': {
    'catch-up: name': 'pôr-se-em-dia',
    'catch-up: description': 'Leia o que foi dito, no seu idioma; ninguém mais vê',
    'catch-up minutes: name': 'minutos',
    'catch-up minutes: description': 'Só os últimos minutos; se não, desde que você entrou, ou toda a última reunião',
    'catch-up language: name': 'idioma',
    'catch-up language: description': 'Em que idioma; se não for dito, o que você lê',
  },
};
