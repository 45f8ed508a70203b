import { z } from 'zod';
import type { ParleyProcess } from '../../test/support/parley.ts';
import type { VitalSigns } from './vital-signs.ts';

const SIGNS = z.object({
  sample: z.number(),
  heapBytes: z.number(),
  outsideBytes: z.number(),
  rssBytes: z.number(),
  timers: z.number(),
  sockets: z.number(),
  listeners: z.number(),
});

/** Asks the running bot for its vital signs. @param sample - the number of this request */
export async function examine(bot: ParleyProcess, sample: number): Promise<VitalSigns> {
  const beginning = `{"sample":${sample},`;
  bot.kill('SIGUSR2');
  await bot.says(beginning);
  const line = bot.output.split('\n').find((candidate) => candidate.startsWith(beginning));
  return SIGNS.parse(JSON.parse(line ?? ''));
}
