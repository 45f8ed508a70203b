import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { clusterDemo } from './demo/cluster.ts';
import { CHLOE_JOINS_MS, CONVERSATION, CORRECTION } from './demo/conversation.ts';
import { meetingDemo } from './demo/meeting.ts';
import { note, say, screen } from './demo/shown.ts';

const {
  keep,
  cluster: isCluster,
  stay: stays = false,
} = parseArgs({
  options: { keep: { type: 'string' }, cluster: { type: 'boolean' }, stay: { type: 'boolean' } },
}).values; // `keep`: the folder for the sample
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
try {
  if (isCluster && stays) {
    say('Use either --cluster or --stay: the demo of a cluster has no page that could stay.');
    process.exitCode = 1;
  } else if (isCluster) process.exitCode = (await clusterDemo(stop.signal)) ? 0 : 1;
  else {
    note(
      'Starting a simulated Discord, a simulated Palabra, and the real bot between them. Nothing leaves this machine.',
    );
    const filesIn = resolve('data/demo');
    const sample = keep === undefined ? {} : { sampleIn: keep };
    const options = {
      paper: screen(),
      conversation: CONVERSATION,
      correction: CORRECTION,
      chloeJoinsMs: CHLOE_JOINS_MS,
      filesIn,
      stays,
      ...sample,
    };
    await meetingDemo(options, stop.signal);
  }
} catch (error) {
  if (!stop.signal.aborted) throw error;
}
