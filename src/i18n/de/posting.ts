export const posting = {
  filesTooLarge: 'Die Dateien sind zu groß für diesen Server: `/minutes latest` zeigt, was da ist.',
  givenUp:
    '{count, plural, one {# Zeile konnte} other {# Zeilen konnten}} nicht gepostet werden, während Discord Schwierigkeiten hatte. Im Protokoll steht alles.',
  refused: 'Eine Zeile von {name} um {time} konnte nicht gepostet werden. Sie steht im Protokoll.',
  goesOnHere: 'In {channel} kann ich nicht mehr schreiben: {reason}. Die Mitschrift geht hier weiter.',
  theChannel: 'dem Kanal der Mitschrift',
  deleted: 'er wurde gelöscht',
  leftServer: 'ich bin nicht mehr auf jenem Server',
  wayBack: 'Bin ich wieder dort, zeigt `/minutes latest` dort alles.',
  unseen: 'ich darf ihn nicht mehr sehen',
  directClosed: 'Direktnachrichten sind geschlossen',
  unwritable: 'er nimmt nichts von mir an',
  forbidden: 'ich darf dort nicht mehr schreiben',
  archived: 'der Thread ist archiviert',
  ownName:
    'Ich kann hier nicht mehr unter den Namen der Sprechenden schreiben: mein Webhook ist weg, und ich darf keinen neuen anlegen. Die Zeilen gehen unter meinem Namen weiter.',
  noThread: 'In {channel} konnte ich keinen Thread eröffnen: {reason}. Die Mitschrift geht hier weiter.',
  noLanguageThread:
    'In einen Thread für {language} kann ich nicht schreiben: {reason}. Die Übersetzungen stehen hier unter den Zeilen.',
  transcriptAt: 'Die Mitschrift: {where}',
  webhookMoved:
    'Jemand hat meinen Webhook in einen anderen Kanal verschoben. Was ich dort geschrieben habe, ist gelöscht; hier geht es mit einem neuen weiter.',
  webhookMovedLeft:
    'Jemand hat meinen Webhook in einen anderen Kanal verschoben. Hier geht es mit einem neuen weiter, aber die letzten Worte dort konnte ich nicht löschen: bitte kümmert euch darum.',
};
