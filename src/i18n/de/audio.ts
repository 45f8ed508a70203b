export const audio = {
  none: 'In dieser Nachricht ist kein Audio. Ich nehme Sprachnachrichten und Dateien als Ogg, MP3, AAC, FLAC, WAV oder WebM.',
  forwarded: 'Diese Nachricht ist weitergeleitet, und ich weiß nicht, wessen Stimme es ist: nimm das Original.',
  optedOut: '{name} möchte auf diesem Server nicht gehört werden, darum schreibe ich das nicht mit.',
  ownOptOut: 'Du möchtest auf diesem Server nicht gehört werden: `/privacy opt-in` nimmt das zurück.',
  ownSilence: 'Dieser Server hört nur, wer ja gesagt hat: `/privacy opt-in` sagt es.',
  silence: 'Dieser Server hört nur, wer ja gesagt hat, und {name} hat das noch nicht.',
  waiting: 'ich warte, bis ich dran bin …',
  loading: 'ich hole die Datei …',
  unconfirmed: 'Die letzten Worte sind vielleicht nicht genau.',
  silent: 'Ich höre darin niemanden sprechen.',
  cutOff: 'Es ist länger als die {minutes} Minuten, die ich nehme: der Rest fehlt.',
  shutDown: 'Ich wurde vor dem Ende abgeschaltet.',
  outOfTime:
    'Für mehr war keine Zeit: ich musste auf andere warten, oder es ist zu lang. Versuche es später noch einmal.',
  tooLarge: 'Die Datei ist zu groß: ich nehme bis zu {megabytes} MB.',
  tooLong: 'Das ist zu lang: ich nehme bis zu {minutes} Minuten je Nachricht.',
  otherFormat:
    'Dieses Format kenne ich nicht: ich nehme Ogg, MP3, AAC, FLAC, WAV und WebM. MP4 und M4A müssen umgewandelt werden.',
  unreadable: 'Ich kann die Datei nicht lesen: sie enthält kein Audio oder nicht das, was ihr Name sagt.',
  expired: 'Discord hat die Datei nicht mehr.',
  notFetched: 'Ich konnte die Datei nicht von Discord holen. Versuche es noch einmal.',
  busy: 'Ich bin beschäftigt: {files} Dateien dieses Servers warten schon. Versuche es später noch einmal.',
  channels: 'Sprachnachrichten werden von selbst zu Text in: {channels} (`/settings set`)',
  noChannels: 'Sprachnachrichten werden zu Text, wenn jemand es in ihrem Menü verlangt (`/settings set`)',
  channelsFull: 'Es kann {most} solche Kanäle geben.',
  blind:
    '⚠️ Ich sehe keine Nachrichten: wer mich betreibt, muss den Message Content Intent erlauben und DISCORD_MESSAGE_CONTENT auf on setzen.',
};
