import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome, Scene, Stop } from '../stop.ts';
import { becomes, TheirServer } from '../their-server.ts';

const TERMS = 100;
const FORMS = 10;
const AT_ONCE = 10;
const SECONDS_OF_A = 2_000; // repetitions of "a" by somebody who does not pause for minutes, as one final
const LINES = 3;
const PAUSE_MS = 1_200; // long enough to end an utterance
const AFTER_LONG_LINES_MS = 25_000; // they fill many messages, and Discord accepts five in five seconds

/** The ten forms of a term. They begin alike and are as long as `/settings glossary` allows. */
function heardAs(term: number): string {
  return Array.from({ length: FORMS }, (_, form) => `a a a a a a a a a a ${term * FORMS + form}`).join(',');
}

async function playGlossary(scene: Scene): Promise<Outcome> {
  const their = new TheirServer(scene, 'Glossary');
  const terms = Array.from({ length: TERMS }, (_, term) => term);
  while (terms.length > 0) {
    const some = terms.splice(0, AT_ONCE);
    await Promise.all(
      some.map((term) =>
        their.command(their.mallory, 'settings glossary', { written: `Term ${term}`, heard: heardAs(term) }),
      ),
    );
  }
  const { faults } = scene.stage.palabra;
  faults.rewriteFinal = (text) => (text.startsWith('a a a') ? 'a '.repeat(SECONDS_OF_A).trim() : text);
  const flaws: string[] = [];
  let pageMs = Number.NaN;
  try {
    await their.meet();
    for (let line = 0; line < LINES; line++) {
      await their.say(`${'a '.repeat(30)}a`);
      await delay(PAUSE_MS);
    }
    const isThere = await becomes(10_000, () => their.text.messages.some(({ content }) => /(a ){100}/.test(content)));
    if (!isThere) flaws.push('what was said in the attacker’s server did not appear');
    const link = await their.liveLink(their.mallory);
    const beganMs = performance.now();
    await (await fetch(link)).text();
    pageMs = performance.now() - beganMs;
    if (pageMs > 1_000) flaws.push(`a live page took ${Math.round(pageMs)} ms`);
    await their.say('and we go on');
    if (!(await their.isWritten('and we go on', AFTER_LONG_LINES_MS)))
      flaws.push('what was said afterwards did not appear');
  } finally {
    faults.rewriteFinal = (text) => text;
  }
  their.leave();
  return { summary: `all terms accepted; a live page opens after ${Math.round(pageMs)} ms`, flaws };
}

export const badGlossary: Stop = {
  number: 3,
  tried: 'a glossary of 100 terms with ten forms that begin alike, and long lines of such beginnings; a live page',
  play: playGlossary,
};
