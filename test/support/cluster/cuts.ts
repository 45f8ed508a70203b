import { spawnSync } from 'node:child_process';
import type { Cluster } from './cluster.ts';
import type { Node } from './node.ts';

/** What the network between a process and the rest of the world may lose. */
export type CutOff = 'Redis' | 'Discord' | 'everything';

/** Where packets of one process go to and come from. */
interface Ends {
  readonly address: string; // of the process
  readonly redisPort: number;
  readonly discordPort: number; // REST and gateway
  readonly voicePort: number; // signalling
  readonly voiceUdpPort: number;
}

interface Service {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/**
 * The rules by which packets are dropped: as the arguments of `iptables` after the chain. They drop both directions, so neither
 * end learns anything.
 */
export function dropped(what: CutOff, ends: Ends): readonly (readonly string[])[] {
  const [from, to] = [
    ['-s', ends.address],
    ['-d', ends.address],
  ];
  const drop = ['-j', 'DROP'];
  if (what === 'everything')
    return [
      [...from, ...drop],
      [...to, ...drop],
    ];
  return servicesOf(what, ends).flatMap(({ protocol, port }) => [
    [...from, '-p', protocol, '--dport', `${port}`, ...drop],
    [...to, '-p', protocol, '--sport', `${port}`, ...drop],
  ]);
}

function servicesOf(what: Exclude<CutOff, 'everything'>, ends: Ends): readonly Service[] {
  if (what === 'Redis') return [{ protocol: 'tcp', port: ends.redisPort }];
  return [
    { protocol: 'tcp', port: ends.discordPort },
    { protocol: 'tcp', port: ends.voicePort },
    { protocol: 'udp', port: ends.voiceUdpPort },
  ];
}

/** Loses every packet between a node and something else, until disposed of. Only in a network of our own, as root. */
export function cut({ discord, cuts }: Cluster, { address, redis }: Node, what: CutOff): Disposable {
  const { voiceServer } = discord;
  const rules = dropped(what, {
    address,
    redisPort: redis.port,
    discordPort: Number(new URL(discord.apiUrl).port),
    voicePort: Number(voiceServer.endpoint.split(':')[1]),
    voiceUdpPort: voiceServer.udpPort,
  });
  const noted = { address, sinceMs: Date.now(), untilMs: Number.POSITIVE_INFINITY };
  if (what !== 'Redis') cuts.push(noted);
  const mend = new DisposableStack();
  mend.defer(() => {
    noted.untilMs = Date.now();
  });
  for (const rule of rules) {
    iptables('-A', 'INPUT', ...rule);
    mend.defer(() => iptables('-D', 'INPUT', ...rule));
  }
  return mend;
}

function iptables(...words: readonly string[]): void {
  const { status, stderr, error } = spawnSync('iptables', ['-w', ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`iptables ${words.join(' ')}: ${error ?? stderr}`);
}
