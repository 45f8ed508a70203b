import type { Outcome, Scene, Stop } from '../stop.ts';
import { TheirServer } from '../their-server.ts';

const LONGEST_QUESTION = 4_000; // as long as Discord takes one
const FLOOD = 25;
const MALICE = '@everyone @here [marmalade](https://evil.example/) **marmalade** \u202e';

async function playQuestions(scene: Scene): Promise<Outcome> {
  const their = new TheirServer(scene, 'Questions', { text: [], voice: [] });
  const { ana, outsider, mallory, text } = their;
  const flaws: string[] = [];
  const ask = (...asking: Parameters<TheirServer['command']>) => their.answerTo(their.command(...asking));
  scene.summary.reply = ({ instructions }) =>
    instructions.startsWith('You answer')
      ? { content: JSON.stringify({ answered: true, sentences: [{ text: MALICE, lines: [1, 99] }] }) }
      : undefined;
  let refused = 0;
  try {
    await their.meet('en');
    await their.say('the word is marmalade');
    if (!(await their.isWritten('the word is marmalade', 10_000))) flaws.push('what was said did not appear');
    const meeting = await their.meetingId();
    for (const options of [{ question: 'What about marmalade?' }, { question: 'What about marmalade?', meeting }]) {
      const answer = await ask(outsider, 'ask', options);
      if (/the word is|https:\/\/discord|secret-talk/.test(answer))
        flaws.push('somebody who may not read the meeting got an answer from it');
    }
    const question = `marmalade ${MALICE}`.repeat(100).slice(0, LONGEST_QUESTION);
    const answer = await ask(ana, 'ask', { question }, text);
    if (!answer.includes('marmalade')) flaws.push(`the question of ${LONGEST_QUESTION} characters was not answered`);
    if (/@everyone|@here|\]\(https:\/\/evil|\u202e/.test(answer))
      flaws.push('an answer mentions people, or holds a link of the model’s');
    const flood = await Promise.all(
      Array.from({ length: FLOOD }, () => ask(mallory, 'ask', { question: 'marmalade?', meeting }, text)),
    );
    refused = flood.filter((one) => one.includes('often in a short time')).length;
    if (refused < FLOOD - 6) flaws.push(`${FLOOD - refused} of ${FLOOD} questions at once were answered`);
  } finally {
    scene.summary.reply = () => undefined;
  }
  their.leave();
  return {
    summary: `nothing for outsiders, also by the meeting’s id; no mention and no link in the answer; ${refused} of ${FLOOD} questions at once refused`,
    flaws,
  };
}

export const malignQuestions: Stop = {
  number: 25,
  tried: `/ask about a hidden meeting; ${LONGEST_QUESTION} characters of mentions and links, answered by a model that repeats them; ${FLOOD} at once`,
  play: playQuestions,
};
