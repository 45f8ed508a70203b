import type { CommandTranslations } from '../command-names.ts';

export const usage: CommandTranslations = {
  'es-ES': { 'usage: name': 'uso', 'usage: description': 'Lo que este servidor ha usado este mes' },
  fr: { 'usage: name': 'utilisation', 'usage: description': 'Ce que ce serveur a utilisé ce mois-ci' },
  de: { 'usage: name': 'verbrauch', 'usage: description': 'Was dieser Server in diesem Monat verbraucht hat' },
  ja: { 'usage: name': '利用状況', 'usage: description': 'このサーバーが今月使った時間を表示します' },
  'pt-BR': { 'usage: name': 'uso', 'usage: description': 'O que este servidor usou neste mês' },
};
