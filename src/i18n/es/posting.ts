export const posting = {
  filesTooLarge: 'Los archivos son demasiado grandes para este servidor: `/minutes latest` muestra lo que hay.',
  givenUp:
    '{count, plural, one {No se pudo publicar # línea} many {No se pudieron publicar # de líneas} other {No se pudieron publicar # líneas}} mientras Discord tenía problemas. Está todo en el acta.',
  refused: 'No se pudo publicar una línea de {name} de las {time}. Está en el acta.',
  goesOnHere: 'Ya no puedo escribir en {channel}: {reason}. La transcripción sigue aquí.',
  theChannel: 'el canal de la transcripción',
  deleted: 'se eliminó',
  leftServer: 'ya no estoy en ese servidor',
  wayBack: 'Cuando vuelva a estar en él, `/minutes latest` lo mostrará todo allí.',
  unseen: 'ya no puedo verlo',
  directClosed: 'los mensajes directos están cerrados',
  unwritable: 'no acepta nada de mí',
  forbidden: 'ya no puedo escribir ahí',
  archived: 'el hilo está archivado',
  ownName:
    'Ya no puedo escribir aquí con el nombre de quien habla: mi webhook ya no está y no puedo crear otro. Las líneas siguen con mi nombre.',
  noThread: 'No pude abrir un hilo en {channel}: {reason}. La transcripción sigue aquí.',
  noLanguageThread:
    'No puedo escribir en un hilo para {language}: {reason}. Sus traducciones están aquí, bajo las líneas.',
  transcriptAt: 'La transcripción: {where}',
  webhookMoved: 'Alguien movió mi webhook a otro canal. Borré lo que escribí allí y sigo aquí con uno nuevo.',
  webhookMovedLeft:
    'Alguien movió mi webhook a otro canal. Sigo aquí con uno nuevo, pero no pude borrar las últimas palabras de allí: por favor, ocúpense de ellas.',
};
