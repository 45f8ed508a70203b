import { CODINGS, COUNTS, PASSED_ON_SPEAKERS } from '../plan.ts';
import type { Throughput } from './figures.ts';

/**
 * All possible ratios, such as `pipeline_vs_floor_50_stereo`. Those that were not measured are `null`.
 *
 * @param noFloor - why there is no C floor, when there is none
 */
export function ratiosOf(
  throughput: readonly Throughput[],
  passedOn: readonly Throughput[],
  reasons: Record<string, string>,
  noFloor: string | undefined,
): Record<string, number | null> {
  const ratios: Record<string, number | null> = {};
  for (const speakers of COUNTS) {
    for (const coding of CODINGS) {
      const row = throughput.find((each) => each.speakers === speakers && each.coding === coding);
      for (const name of ['pipeline_vs_floor', 'pipeline_vs_decode', 'usual_vs_pipeline']) {
        const key = `${name}_${speakers}_${coding}`;
        ratios[key] = row?.ratios[name]?.median ?? null;
        const why = row ? noFloor : reasons[`throughput.${speakers}`];
        if (ratios[key] === null && why !== undefined) reasons[`ratios.${key}`] = why;
      }
    }
  }
  for (const name of ['passed_on_vs_floor', 'passed_on_vs_decode']) {
    const key = `${name}_${PASSED_ON_SPEAKERS}_stereo`;
    const [row] = passedOn;
    ratios[key] = row?.ratios[name]?.median ?? null;
    const why = row ? noFloor : reasons.passedOn;
    if (ratios[key] === null && why !== undefined) reasons[`ratios.${key}`] = why;
  }
  return ratios;
}
