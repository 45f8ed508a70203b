// The server knows no reader's time zone: it writes times in the zone of the meeting's server. Words are of the page's language, and
// times as the reader writes them in that language.
const { lang } = document.documentElement;
const own = navigator.languages.find((language) => language.split('-')[0] === lang.split('-')[0]);
const moment = new Intl.DateTimeFormat(own ?? lang, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

for (const time of document.querySelectorAll('time')) time.textContent = moment.format(new Date(time.dateTime));
