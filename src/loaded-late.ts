import type { Crew } from './bot/crew.ts';
import type { Neighbours, openNeighbours } from './cluster/neighbours.ts';
import type { standTogether } from './cluster/stand-together.ts';
import type { Config } from './config.ts';
import type { Answerer } from './core/asking/answerer.ts';
import type { Log } from './core/log.ts';
import type { Metrics } from './core/ports/metrics.ts';
import type { Summariser } from './core/ports/minutes.ts';
import { VERSION } from './version.ts';

/** Loads what several processes need only where there are several. */
export async function together(...[parts, signal]: Parameters<typeof standTogether>): Promise<Crew> {
  const { standTogether } = await import('./cluster/stand-together.ts');
  return await standTogether(parts, signal);
}

/** Loads the bus between processes only where there are several. */
export async function neighboursOf(parts: Parameters<typeof openNeighbours>[0]): Promise<Neighbours> {
  const { openNeighbours } = await import('./cluster/neighbours.ts');
  return await openNeighbours(parts);
}

/** Loads the metrics only where they are wanted: their library takes a moment, and watches the process with a timer. */
export async function metricsOf(
  door: NonNullable<Config['metrics']>,
  log: Log,
): Promise<AsyncDisposable & { readonly metrics: Metrics }> {
  const { serveMetrics } = await import('./web/metrics/serve.ts');
  return await serveMetrics(door, VERSION, log);
}

/** Loads what asks a language model only where one is configured: its library takes a moment. */
export async function modelOf(
  model: NonNullable<Config['summary']>,
  log: Log,
  signal: AbortSignal,
): Promise<ModelParts> {
  const { ModelSummariser } = await import('./summary/model-summariser.ts');
  const { ModelAnswerer } = await import('./summary/answering/model-answerer.ts');
  return {
    summariser: new ModelSummariser({ ...model, log, signal }),
    answerer: new ModelAnswerer({ ...model, log, signal }),
  };
}

interface ModelParts {
  readonly summariser: Summariser;
  readonly answerer: Answerer;
}
