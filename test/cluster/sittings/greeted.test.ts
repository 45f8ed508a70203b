import { expect, it } from 'vitest';
import { missingForCluster } from '../../support/cluster/missing.ts';
import { ClusterPlay } from '../../support/cluster/play.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const GREETED_WITHIN_MS = 25_000; // greetings are twenty seconds apart
const missing = await missingForCluster();

it.skipIf(missing.length > 0)(
  'somebody who comes to a meeting just before or after another process goes on with it is greeted once',
  { ...inRealTime, timeout: 150_000 },
  async () => {
    await using play = await ClusterPlay.begin({ meetings: 1, takeover: { closesWith: 4006, tells: 'all' } });
    const [meeting] = play.cluster.meetings;
    if (!meeting) throw new Error('There is no meeting');
    const { guild, voice, text } = meeting;
    const come = (name: string) => guild.addMember({ name }).join(voice);
    const greetings = (name: string) =>
      text.messages.filter(({ content }) => /^Welcome, /.test(content) && content.includes(name));
    const greeted = (name: string) =>
      text.waitFor(({ content }) => /^Welcome, /.test(content) && content.includes(name), {
        timeoutMs: GREETED_WITHIN_MS,
      });

    await play.talkFor(3_000); // a sign of life has been given
    const { owner: first } = await play.someOwner();
    come('Given');
    await play.stop(first);
    come('Received');
    await greeted('Given');
    await greeted('Received');

    await play.startAgain(first);
    const { owner: second } = await play.someOwner();
    come('Orphaned');
    await play.talkFor(300); // its stay is written down
    await play.kill(second);
    come('Adopted');
    await greeted('Orphaned');
    await greeted('Adopted');

    await play.talkFor(3_000);
    expect((await play.finish()).flaws).toEqual([]);
    const names = ['Given', 'Received', 'Orphaned', 'Adopted'];
    expect(names.map((name) => greetings(name).length)).toEqual([1, 1, 1, 1]);
  },
);
