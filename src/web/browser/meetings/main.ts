// The server knows no reader's time zone: it writes times in the zone of the meeting's server.
const moment = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

for (const time of document.querySelectorAll('time')) time.textContent = moment.format(new Date(time.dateTime));
