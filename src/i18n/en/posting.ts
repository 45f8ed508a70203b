export const posting = {
  filesTooLarge: 'The files are too large for this server: `/minutes latest` shows what there is.',
  givenUp:
    '{count, plural, one {# line} other {# lines}} could not be posted while Discord was in trouble. They stand in the minutes.',
  refused: 'A line by {name} at {time} could not be posted. It stands in the minutes.',
  goesOnHere: 'I cannot write in {channel} any more: {reason}. The transcript goes on here.',
  theChannel: 'the transcript channel',
  deleted: 'it was deleted',
  leftServer: 'I am no longer in that server',
  wayBack: 'Once I am back in it, `/minutes latest` shows everything there.',
  unseen: 'I may no longer see it',
  directClosed: 'direct messages are closed',
  unwritable: 'it takes nothing from me',
  forbidden: 'I may no longer write there',
  archived: 'the thread is archived',
  ownName:
    'I cannot write under the speakers’ names here any more: my webhook is gone, and I may not make another. The lines go on under my name.',
  noThread: 'I could not start a thread in {channel}: {reason}. The transcript goes on here.',
  noLanguageThread: 'I cannot write in a thread for {language}: {reason}. Its translations stand under the lines here.',
  transcriptAt: 'The transcript: {where}',
  webhookMoved:
    'Somebody moved my webhook to another channel. I have deleted what I wrote there and go on here with a new one.',
  webhookMovedLeft:
    'Somebody moved my webhook to another channel. I go on here with a new one, but could not delete the last words there: please look after them.',
};
