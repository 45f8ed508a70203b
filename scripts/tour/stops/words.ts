import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome, Scene, Stop } from '../stop.ts';
import { becomes, TheirServer } from '../their-server.ts';

const TERMS = 100;
const FORMS = 10;
const AT_ONCE = 10;
const SECONDS_OF_A = 2_000; // how often somebody says "a" who does not pause for minutes: one final
const LINES = 3;
const PAUSE_MS = 1_200; // ends an utterance
const AFTER_LONG_LINES_MS = 25_000; // they fill many messages, and Discord takes five in five seconds

/** A hundred terms of ten forms that begin alike, as long as `/settings glossary` takes them. */
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
    if (!isThere) flaws.push('what was said in their own server did not come');
    const link = await their.liveLink(their.mallory);
    const beganMs = performance.now();
    await (await fetch(link)).text();
    pageMs = performance.now() - beganMs;
    if (pageMs > 1_000) flaws.push(`a live page took ${Math.round(pageMs)} ms`);
    await their.say('and we go on');
    if (!(await their.isWritten('and we go on', AFTER_LONG_LINES_MS)))
      flaws.push('what was said after it did not come');
  } finally {
    faults.rewriteFinal = (text) => text;
  }
  their.leave();
  return { told: `all of them taken; a live page after ${Math.round(pageMs)} ms`, flaws };
}

export const badGlossary: Stop = {
  number: 3,
  tried: 'a glossary of 100 terms with ten forms that begin alike, and long lines of such beginnings; a live page',
  play: playGlossary,
};
