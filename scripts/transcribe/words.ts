const BAR_WIDTH = 20;

/** `1:02:03`, or `2:03` within the first hour. */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0/u, '');
}

/** A progress bar such as `[#####---------------]`. @param done - from 0 to 1 */
export function bar(done: number): string {
  const full = Math.round(Math.max(0, Math.min(1, done)) * BAR_WIDTH);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}]`;
}
