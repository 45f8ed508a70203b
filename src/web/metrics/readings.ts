import { Counter, Gauge, type Registry } from 'prom-client';

/** One line of a metric: its labels, and its value now. */
type Reading = readonly [labels: Readonly<Record<string, string>>, value: number];

interface ReadMetric {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** `undefined`: not known yet, so nothing is shown. */
  readonly read: () => readonly Reading[] | number | undefined;
}

/** A value that goes up and down, read when somebody asks. */
export function readGauge(registry: Registry, { name, help, labels = [], read }: ReadMetric): void {
  new Gauge({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    collect() {
      const now = readAnew(this, labels, read);
      for (const [line, value] of now) this.set(line, value);
    },
  });
}

/** A sum that only grows, kept elsewhere as a plain number and read when somebody asks. */
export function readCounter(registry: Registry, { name, help, labels = [], read }: ReadMetric): void {
  new Counter({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    collect() {
      const now = readAnew(this, labels, read);
      for (const [line, value] of now) this.inc(line, value);
    },
  });
}

/** One line for each name of a record. */
export function linesBy(label: string, values: Readonly<Record<string, number>> | undefined): Reading[] | undefined {
  return values && Object.entries(values).map(([name, value]) => [{ [label]: name }, value]);
}

/** Forgets what was read before. @returns what is to be shown now */
function readAnew(metric: Gauge | Counter, labels: readonly string[], read: ReadMetric['read']): readonly Reading[] {
  metric.reset();
  const now = read();
  const lines: readonly Reading[] = typeof now === 'number' ? [[{}, now]] : (now ?? []);
  if (lines.length === 0 && labels.length === 0) metric.remove(); // `reset` leaves a zero
  return lines;
}
