import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMetrics } from '../../src/web/metrics/registry.ts';
import { type Loose, readYaml } from './support/files.ts';

const rules: Loose[] = readYaml('deploy/monitoring/alerts.yaml').groups.flatMap((group: Loose) => group.rules);
const dashboard = JSON.parse(readFileSync('deploy/monitoring/grafana.json', 'utf8'));
const panels: Loose[] = dashboard.panels;
const shown: string[] = panels.flatMap((panel) => panel.targets ?? []).map((target: Loose) => target.expr);
const alarmed: string[] = rules.map(({ expr }) => expr);

/** Every metric of the bot and of its process, with its labels. A histogram is read by three names. */
const known = new Map<string, readonly string[]>();
for (const metric of openMetrics('1.0.0').registry.getMetricsAsArray()) {
  const { name, type, labelNames } = metric as unknown as { name: string; type: string; labelNames: readonly string[] }; // left out of the library's types
  if (`${type}` !== 'histogram') known.set(name, labelNames);
  else for (const part of ['bucket', 'sum', 'count']) known.set(`${name}_${part}`, [...labelNames, 'le']);
}

/** The metrics of an expression, each with the labels that it is selected by. */
function selectedIn(expression: string): { readonly name: string; readonly labels: readonly string[] }[] {
  const found = expression.matchAll(/\b((?:parley|nodejs|process)_\w+)(?:\{([^}]*)\})?/g);
  return [...found].map(([, name = '', selector = '']) => ({
    name,
    labels: [...selector.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
  }));
}

describe.each([
  ['alert rules', alarmed],
  ['dashboard', shown],
])('the %s', (_, expressions) => {
  it('ask only for metrics that the bot shows', () => {
    const names = expressions.flatMap(selectedIn).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('select by labels that the metric has, or that Prometheus adds', () => {
    const selected = expressions.flatMap(selectedIn);
    const wrong = selected.filter(({ name, labels }) =>
      labels.some((label) => ![...(known.get(name) ?? []), 'job', 'instance'].includes(label)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the alert rules', () => {
  it('have names of their own, a severity, and a sentence for whoever is woken', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule).toMatchObject({
        alert: expect.stringMatching(/^Parley[A-Z]/),
        labels: { severity: expect.stringMatching(/^(critical|warning)$/) },
        annotations: { summary: expect.any(String) },
      });
    }
  });
});

describe('the dashboard', () => {
  it('shows every metric of the bot', () => {
    const names = new Set(shown.flatMap(selectedIn).map(({ name }) => name.replace(/_(bucket|sum|count)$/, '')));
    const ours = [...known.keys()].filter((name) => name.startsWith('parley_'));
    expect(ours.filter((name) => !names.has(name.replace(/_(bucket|sum|count)$/, '')))).toEqual([]);
  });

  it('has panels that lie beside one another, each with an id of its own', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const { gridPos } of panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x} ${y}`)).toBe(false);
          taken.add(`${x} ${y}`);
        }
      }
    }
  });

  it('uses only variables that it defines', () => {
    const defined = [...dashboard.templating.list.map((variable: Loose) => variable.name), '__rate_interval'];
    const used = [...JSON.stringify(dashboard).matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);
    expect(used.filter((name) => !defined.includes(name) && name !== '__all')).toEqual([]);
  });
});

describe('the labels of all metrics', () => {
  it('name no server, channel or person', () => {
    const labels = [...known].filter(([name]) => name.startsWith('parley_')).flatMap(([, names]) => names);
    expect(labels.filter((label) => /guild|server|channel|user|person|speaker|meeting$/.test(label))).toEqual([]);
  });
});
