import type { Message } from '../../../test/simulators/discord/index.ts';
import type { Outcome, Scene, Stop } from '../stop.ts';
import { becomes, TheirServer } from '../their-server.ts';

const SAID = 'we ship it on friday';
const HOSTILE = `# @everyone <@&1> **we never ship** [it](https://evil.example) \u202e${'語'.repeat(3_900)}`;

function lineIn({ text }: TheirServer): Message | undefined {
  return text.messages.find(({ content }) => /ship/.test(content) && !content.includes('*…*'));
}

async function playCorrections(scene: Scene): Promise<Outcome> {
  const their = new TheirServer(scene, 'Corrections');
  const flaws: string[] = [];
  await their.meet();
  await their.say(SAID);
  if (!(await becomes(15_000, () => lineIn(their) !== undefined))) flaws.push('nothing was written before the attack');
  const line = lineIn(their);
  if (line) {
    const refused = await their.outsider.useOnMessage('Correct', line);
    if (refused.form) flaws.push('somebody else got the form of a line');
    const opened = await their.ana.useOnMessage('Correct', line);
    const again = await their.mallory.useOnMessage('Correct', line);
    await their.ana.submit(opened, { text: HOSTILE });
    const late = await their.mallory.submit(again, { text: 'we never said that' });
    if (!/meantime/.test(late.content)) flaws.push('the later of two corrections was accepted');
    const isShown = await becomes(15_000, () => /\*\(corrected\)\*/.test(line.content));
    if (!isShown) flaws.push('the channel does not say that the line was corrected');
    if (/(?<!\\)\*\*we|@everyone|\u202e/.test(line.content)) flaws.push('a correction could format or ping');
  }
  await their.say('and we go on');
  if (!(await their.isWritten('and we go on', 15_000))) flaws.push('what was said afterwards did not appear');
  their.leave();
  return { summary: 'refused to others; 4,000 characters stay plain and in their message', flaws };
}

export const badCorrections: Stop = {
  number: 26,
  tried:
    'a line corrected by somebody else; by its speaker with mentions, Markdown and 4,000 characters; twice at once',
  play: playCorrections,
};
