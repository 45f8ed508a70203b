import { Attempts } from './attempts.ts';
import { measureThroughput } from './parts/hearing/throughput.ts';
import { rounded } from './report/table.ts';
import { makeSpeech } from './speech.ts';

const LIMIT_S = 15;
const PLAN = {
  speakers: 10,
  codings: ['stereo'],
  rounds: 9,
  frames: 500,
  warmUpFrames: 2_000,
  bots: ['pipeline'],
} as const;

/** Compares our pipeline with bare decode in one sentence. The ratio hardly depends on the machine, so it suits CI. */
export async function smoke(): Promise<string> {
  const attempts = new Attempts(() => {}, LIMIT_S);
  const rows = await attempts.run('', 'smoke', LIMIT_S, () => measureThroughput(PLAN, makeSpeech(), undefined));
  const ratio = rows?.[0]?.ratios.pipeline_vs_decode;
  if (!ratio)
    return `Pipeline against bare decode: not measured (${attempts.reasons.smoke ?? 'no round was completed'})`;
  const { median, min, max } = ratio;
  return `Pipeline against bare decode, ${PLAN.speakers} speakers, stereo-coded: ${rounded(median)} x (${rounded(min)}-${rounded(max)})`;
}
