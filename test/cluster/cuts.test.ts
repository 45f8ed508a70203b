import { describe, expect, it } from 'vitest';
import { dropped } from '../support/cluster/cuts.ts';

const ENDS = { address: '127.0.0.3', redisPort: 1, discordPort: 2, voicePort: 3, voiceUdpPort: 4 };
const inWords = (rules: readonly (readonly string[])[]) => rules.map((rule) => rule.join(' '));

describe('the packets that are dropped when a process is cut off', () => {
  it('are those to Redis and back, and no others', () => {
    expect(inWords(dropped('Redis', ENDS))).toEqual([
      '-s 127.0.0.3 -p tcp --dport 1 -j DROP',
      '-d 127.0.0.3 -p tcp --sport 1 -j DROP',
    ]);
  });

  it('are those of REST, the gateway, and both parts of voice for Discord', () => {
    const to = inWords(dropped('Discord', ENDS)).filter((rule) => rule.startsWith('-s'));
    expect(to).toEqual([
      '-s 127.0.0.3 -p tcp --dport 2 -j DROP',
      '-s 127.0.0.3 -p tcp --dport 3 -j DROP',
      '-s 127.0.0.3 -p udp --dport 4 -j DROP',
    ]);
  });

  it('are all of the process for everything', () => {
    expect(inWords(dropped('everything', ENDS))).toEqual(['-s 127.0.0.3 -j DROP', '-d 127.0.0.3 -j DROP']);
  });
});
