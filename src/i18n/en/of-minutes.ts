export const ofMinutes = {
  timeZone: 'Times in minutes: {zone} (`/settings set`)',
  noTimeZone: 'I know no time zone “{typed}”: give a name like `Europe/Berlin` or `America/New_York`.',
  glossary: 'Glossary: {count, plural, =0 {no terms} one {one term} other {# terms}} (`/settings glossary`)',
  noTerms: 'There are no terms yet. `/settings glossary` adds one with its option `written`.',
  heardAs: 'heard as {heard}',
  termAdded: 'From now on I write {term}.',
  termRemoved: '{term} is no longer in the glossary.',
  noTerm: 'There is no term “{typed}” in the glossary.',
  glossaryFull: 'The glossary is full: it holds {most} terms. Remove one first.',
  noTranslations:
    'I cannot read “{typed}” as translations: write them like `es=Consejo, fr=Conseil`. Nothing was changed.',
  webhook: 'Minutes are sent on to: {host} (`/settings webhook`)',
  webhookNone: 'Minutes are sent on to: nobody (`/settings webhook`)',
  webhookSet:
    'From now on I send the minutes to {host} when a meeting ends. This is the secret that the signatures are made with. Keep it now, I do not show it again: ||`{secret}`||',
  webhookOff: 'From now on I send the minutes to nobody.',
  sentOn: 'Minutes of this meeting are sent on to {host}, outside of Discord.',
  sentOnNoMore: 'Minutes of this meeting are sent on to nobody any more.',
  noWebhook:
    'I send minutes to addresses that begin with `https://` only, without a name or a password in them. Nothing was changed.',
  newer: 'Newer',
  older: 'Older',
};
