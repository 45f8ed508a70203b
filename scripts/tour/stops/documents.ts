import type { Outcome, Scene, Stop } from '../stop.ts';
import { TheirServer } from '../their-server.ts';

const PEOPLE = 8;
const LINES = 3;
const LONG = 'marmalade παλαμάκι 会議の記録 заседание '.repeat(120);

async function playDocuments(scene: Scene): Promise<Outcome> {
  const their = new TheirServer(scene, 'Documents');
  const crowd = Array.from({ length: PEOPLE }, (_, nth) =>
    their.guild.addMember({ name: `crowd${nth}`, permissions: ['Administrator'] }),
  );
  const { faults } = scene.stage.palabra;
  faults.rewriteFinal = (text) => (text === 'long' ? LONG : text);
  try {
    await their.meet();
    for (let line = 0; line < LINES; line++) {
      await their.say('long');
      await their.isWritten('заседание', 8_000);
    }
    await their.stop();
  } finally {
    faults.rewriteFinal = (text) => text;
  }
  const meeting = await their.meetingId();
  const answers = await Promise.all([
    ...crowd.map((member) => their.answerTo(their.command(member, 'minutes export', { meeting, format: 'pdf' }))),
    ...crowd.map((member) => their.answerTo(their.command(member, 'minutes show', { meeting }))),
  ]);
  const files = answers.slice(0, PEOPLE).filter((answer) => answer.includes('.pdf\n')).length;
  const flaws = files === 0 ? ['nobody got the document'] : [];
  their.leave();
  return { summary: `${files} of ${PEOPLE} got the PDF, the others an explanation`, flaws };
}

export const manyDocuments: Stop = {
  number: 5,
  tried: 'eight people ask for the PDF of one meeting at once, and for its minutes with their pictures',
  mostGrowthBytes: 500 * 2 ** 20,
  play: playDocuments,
};
