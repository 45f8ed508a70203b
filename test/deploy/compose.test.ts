import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENVIRONMENT, SECRETS } from '../../src/environment.ts';
import { configuredWith } from './support/configured.ts';
import { type Loose, readYaml } from './support/files.ts';

const VARIABLES = new Set([...Object.keys(ENVIRONMENT.shape), ...SECRETS.map((name) => `${name}_FILE`)]);
const dockerfile = readFileSync('Dockerfile', 'utf8');
const one = readYaml('deploy/compose.yaml');
const cluster = readYaml('deploy/cluster/compose.yaml');

/** The variables of a service, with the domain that its operator names. */
function environmentOf(service: Loose): Record<string, string> {
  const given: [string, string][] = Object.entries(service.environment);
  return Object.fromEntries(
    given.map(([name, value]) => [name, value.replace(/\$\{PARLEY_DOMAIN[^}]*\}/, 'parley.example.org')]),
  );
}

describe.each([
  ['deploy/compose.yaml', one],
  ['deploy/cluster/compose.yaml', cluster],
])('%s', (_, file) => {
  const { parley } = file.services;

  it('gives the bot only variables that it reads', () => {
    expect(Object.keys(parley.environment).filter((name) => !VARIABLES.has(name))).toEqual([]);
  });

  it('gives the bot what it needs to start', () => {
    expect(() => configuredWith(environmentOf(parley))).not.toThrow();
  });

  it('mounts every secret that a variable names', () => {
    const named = Object.values(environmentOf(parley)).flatMap(
      (value) => /^\/run\/secrets\/(\w+)$/.exec(value)?.[1] ?? [],
    );
    expect([...new Set(named)].sort()).toEqual([...parley.secrets].sort());
    expect(parley.secrets.filter((name: string) => !(name in file.secrets))).toEqual([]);
  });

  it('lets the bot write only where it has to, without capabilities', () => {
    expect(parley).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });
});

describe('deploy/compose.yaml', () => {
  it('is one process, and publishes the port of the image to this machine alone', () => {
    expect(Object.keys(one.services)).toEqual(['parley']);
    const { http, cluster } = configuredWith(environmentOf(one.services.parley));
    expect(one.services.parley.ports).toEqual([`127.0.0.1:${http.port}:${http.port}`]);
    expect(dockerfile).toContain(`EXPOSE ${http.port}\n`);
    expect(cluster).toBeUndefined();
  });
});

describe('deploy/cluster/compose.yaml', () => {
  const { services, networks } = cluster;
  const config = configuredWith(environmentOf(services.parley));

  it('runs two processes as one bot, with time to hand their meetings over', () => {
    expect(services.parley.deploy.replicas).toBe(2);
    expect(services.parley.stop_grace_period).toBe('180s');
    expect(config.cluster).toMatchObject({ heirs: 'always' });
    expect('container_name' in services.parley || 'hostname' in services.parley).toBe(false); // each has a name of its own
  });

  it('reaches the database and Redis by the names of their services, and nobody else reaches them', () => {
    const hosts = [config.databaseUrl, config.settingsUrl, config.cluster?.redisUrl ?? ''].map(
      (url) => new URL(url).hostname,
    );
    expect(hosts).toEqual(['postgres', 'postgres', 'valkey']);
    expect(networks.inside.internal).toBe(true);
    for (const name of ['postgres', 'valkey']) {
      expect(services[name].networks).toEqual(['inside']);
      expect('ports' in services[name]).toBe(false);
    }
  });

  it('has pages asked through the proxy alone, which the bot knows as one', () => {
    expect('ports' in services.parley).toBe(false);
    expect(config.http.proxies).toEqual([networks.outside.ipam.config[0].subnet]);
    expect(config.http.host).toBe('127.0.0.1'); // the image opens it
    expect(dockerfile).toContain('HTTP_HOST=0.0.0.0');
    const caddyfile = readFileSync('deploy/cluster/Caddyfile', 'utf8');
    expect(caddyfile).toMatch(new RegExp(`name parley\\n\\s+port ${config.http.port}\\n`));
    expect(caddyfile).toContain('flush_interval -1');
    expect(caddyfile).toContain('request>uri regexp \\?.* ?hidden');
  });

  it('migrates with what the image holds', () => {
    const script: string = services.migrate.command.at(-1);
    expect(dockerfile).toMatch(new RegExp(`^COPY .*${script.replace('.', '\\.')}`, 'm'));
    expect(services.migrate.profiles).toEqual(['tools']);
  });
});
