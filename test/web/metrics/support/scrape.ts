import { quiet } from '../../../../src/core/log.ts';
import type { Metrics } from '../../../../src/core/ports/metrics.ts';
import { serveMetrics } from '../../../../src/web/metrics/serve.ts';

/** What a Prometheus reads: the value of each line, by its name with its labels as they are written. */
export type Scrape = ReadonlyMap<string, number>;

/** Metrics that are served, and a Prometheus that asks for them. */
export async function scraped(
  version = '1.2.3',
): Promise<
  AsyncDisposable & { metrics: Metrics; scrape(): Promise<Scrape>; types(): Promise<ReadonlyMap<string, string>> }
> {
  const server = await serveMetrics({ host: '127.0.0.1', port: 0 }, version, quiet);
  const text = async () => (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  return {
    metrics: server.metrics,
    scrape: async () => parse(await text()),
    types: async () =>
      new Map([...(await text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type])),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** @throws when a line is not of Prometheus's text format */
export function parse(text: string): Scrape {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, name, value] = /^([a-zA-Z_:][\w:]*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      if (name === undefined || (Number.isNaN(Number(value)) && value !== 'Nan'))
        throw new Error(`Cannot read the line: ${line}`);
      return [name, Number(value)];
    }),
  );
}
