/** Shows all times of day in the reader's own zone: the page comes with those of the server's. */
export function showReadersTimes(page: Document): void {
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'medium' });
  const withSeconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
  const short = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
  for (const time of page.querySelectorAll('time')) {
    const form = time.classList.contains('date') ? day : time.classList.contains('at') ? short : withSeconds;
    time.textContent = form.format(new Date(time.dateTime));
  }
  const { timeZone } = day.resolvedOptions();
  for (const zone of page.querySelectorAll('.zone')) zone.textContent = timeZone;
}
