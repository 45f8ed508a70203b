import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { ENVIRONMENT, SECRETS } from '../../src/environment.ts';
import { Health } from '../../src/web/health.ts';
import { filesUnder } from '../support/imports.ts';
import { configuredWith } from './support/configured.ts';
import { type Loose, readAllYaml, readYaml } from './support/files.ts';

const ROOT = 'deploy/kubernetes';
const BASE = `${ROOT}/base`;
const [deployment] = readAllYaml(`${BASE}/deployment.yaml`);
const [container] = deployment.spec.template.spec.containers;
const [job] = readAllYaml(`${ROOT}/migrate/job.yaml`);
const fromFile: Record<string, string> = Object.fromEntries(
  Object.entries(parseEnv(readFileSync(`${BASE}/parley.env`, 'utf8'))).map(([name, value]) => [name, value ?? '']),
);
const VARIABLES = new Set([...Object.keys(ENVIRONMENT.shape), ...SECRETS.map((name) => `${name}_FILE`)]);

/** The variables of the bot in an overlay. */
function environmentOf(overlay: string): Record<string, string> {
  const { configMapGenerator } = readYaml(`${ROOT}/overlays/${overlay}/kustomization.yaml`);
  const literals: string[] = configMapGenerator[0].literals;
  const own: { name: string; value?: string }[] = container.env;
  return {
    ...fromFile,
    ...Object.fromEntries(literals.map((line) => line.split(/=(.*)/s))),
    ...Object.fromEntries(own.map(({ name, value }) => [name, value ?? 'parley-5d9c-x7k2'])),
  };
}

describe('deploy/kubernetes', () => {
  const manifests = filesUnder(ROOT).filter((path) => path.endsWith('.yaml'));

  it.each(manifests)('has valid YAML in %s', (path) => {
    for (const document of readAllYaml(path))
      expect(document).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) });
  });

  it('names in each kustomization the files that are there, and leaves none out', () => {
    for (const path of manifests.filter((path) => path.endsWith('kustomization.yaml'))) {
      const folder = dirname(path);
      const { resources = [], patches = [], configMapGenerator = [] } = readYaml(path);
      const named: string[] = [
        ...resources,
        ...patches.map((patch: Loose) => patch.path),
        ...configMapGenerator.flatMap((generator: Loose) => generator.envs ?? []),
      ];
      expect(named.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
      const files = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? entry.name : []));
      expect(files.filter((name) => name !== 'kustomization.yaml' && !named.includes(name))).toEqual([]);
    }
  });

  it.each(['small', 'fleet'])('gives the bot in the overlay %s what it reads and needs', (overlay) => {
    const environment = environmentOf(overlay);
    expect(Object.keys(environment).filter((name) => !VARIABLES.has(name))).toEqual([]);
    const config = configuredWith(environment);
    expect(config.cluster).toMatchObject({ nodeName: 'parley-5d9c-x7k2', heirs: 'always' });
    const ports = Object.fromEntries(container.ports.map((port: Loose) => [port.name, port.containerPort]));
    expect(ports).toEqual({ http: config.http.port, metrics: config.metrics?.port });
  });

  it('starts the next process before it ends one, and gives that one time to hand its meetings over', () => {
    expect(deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    expect(deployment.spec.template.spec.terminationGracePeriodSeconds).toBe(180);
    expect(readYaml(`${BASE}/disruption-budget.yaml`).spec.maxUnavailable).toBe(1);
  });

  it('asks probes that the bot answers, and never /healthz, which an outage of Discord turns red', async () => {
    const health = new Health();
    health.begin({ isReady: () => false, meetings: () => 0 });
    const pages = health.pages(quiet);
    const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
    const asked = probes.map(({ httpGet }) => [httpGet.port, httpGet.path]);
    expect(asked).toEqual([
      ['http', '/livez'],
      ['http', '/livez'],
      ['http', '/readyz'],
    ]);
    for (const [, path] of asked) expect((await pages.request(path)).status).toBe(200);
  });

  it.each([
    ['the bot', deployment],
    ['the migration', job],
    ['Valkey', readAllYaml(`${ROOT}/overlays/small/valkey.yaml`)[0]],
  ])('runs %s without rights', (_, { spec }) => {
    const pod = spec.template.spec;
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const { securityContext, resources } of pod.containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(resources.limits).toEqual({ memory: expect.any(String) }); // a throttled process loses packets
    }
  });

  it('lets voice packets out, and no request into private networks but to the database and Redis', () => {
    const [policy] = readAllYaml(`${BASE}/network-policy.yaml`);
    const rules: Loose[] = policy.spec.egress;
    const open = rules.find((rule) => rule.to.some((to: Loose) => to.ipBlock?.cidr === '0.0.0.0/0'));
    expect(open.ports).toContainEqual({ protocol: 'UDP', port: 1024, endPort: 65_535 });
    const closed: string[] = open.to[0].ipBlock.except;
    const others = rules.filter((rule) => rule.to.some((to: Loose) => closed.includes(to.ipBlock?.cidr)));
    expect(others.flatMap((rule) => rule.ports.map((port: Loose) => port.port))).toEqual([5432, 6379]);
  });

  it('migrates with what the image holds', () => {
    const [{ command, image }] = job.spec.template.spec.containers;
    expect(image).toBe(container.image);
    expect(readFileSync('Dockerfile', 'utf8')).toContain(command.at(-1));
  });
});
