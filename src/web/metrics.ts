import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What Prometheus is told: the process's own vital signs, and how many meetings run. */
export function openMetrics(meetings: () => number): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'parley_meetings',
    help: 'Meetings that run now',
    registers: [registry],
    collect() {
      this.set(meetings());
    },
  });
  return registry;
}
