import type { CommandTranslations } from '../command-names.ts';

/** The menu's entry, and the setting that does without it. */
export const transcribeAudio: CommandTranslations = {
  'es-ES': {
    'Transcribe audio: name': 'Transcribir audio',
    'settings set audio-channel: name': 'canal-de-voz',
    'settings set audio-channel: description': 'Un canal más cuyos mensajes de voz se transcriben solos',
  },
  fr: {
    'Transcribe audio: name': 'Transcrire l’audio',
    'settings set audio-channel: name': 'salon-de-messages-vocaux',
    'settings set audio-channel: description': 'Un salon de plus dont les messages vocaux sont transcrits d’eux-mêmes',
  },
  de: {
    'Transcribe audio: name': 'Audio verschriftlichen',
    'settings set audio-channel: name': 'sprachnachrichtenkanal',
    'settings set audio-channel: description': 'Ein weiterer Kanal, dessen Sprachnachrichten von selbst zu Text werden',
  },
  ja: {
    'Transcribe audio: name': '音声を文字起こし',
    'settings set audio-channel: name': 'ボイスメッセージのチャンネル',
    'settings set audio-channel: description': 'ボイスメッセージを自動で文字にするチャンネルを追加します',
  },
  'pt-BR': {
    'Transcribe audio: name': 'Transcrever áudio',
    'settings set audio-channel: name': 'canal-de-voz',
    'settings set audio-channel: description': 'Mais um canal cujas mensagens de voz viram texto sozinhas',
  },
};
