const FIRST_AFTER_MS = 2_000;
const LAST_AFTER_MS = 30_000;
const TRIES = 40; // a quarter of an hour

/** Resolves when the page's own address shows the meeting afterwards: `false` when it does not in a quarter of an hour. */
export async function minutesAreThere(): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(LAST_AFTER_MS, FIRST_AFTER_MS * 1.5 ** attempt)));
    if (await showsMinutes()) return true;
  }
  return false;
}

async function showsMinutes(): Promise<boolean> {
  try {
    const answer = await fetch(location.pathname, { cache: 'no-store' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return answer.ok && page.getElementById('page-data') === null; // only the live page has it
  } catch {
    return false; // the bot is being restarted
  }
}
