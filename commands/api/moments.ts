/** A day in Discord's Markdown, which shows it in each reader's own time zone. @param atMs - since 1970 */
export function onDay(atMs: number): string {
  return `<t:${Math.floor(atMs / 1_000)}:D>`;
}

/** As “5 minutes ago”. @param atMs - since 1970 */
export function ago(atMs: number): string {
  return `<t:${Math.floor(atMs / 1_000)}:R>`;
}
