import { Status } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MembersNow } from '../../../src/discord/permissions/members-now.ts';
import type { Guild, Member } from '../../simulators/discord/index.ts';
import { connected } from '../support/connect.ts';

async function twoServers(size = 250) {
  const guilds: Guild[] = [];
  const members: Member[] = [];
  const place = await connected((discord) => {
    for (const name of ['Office', 'Café']) {
      const guild = discord.addGuild({ name });
      guilds.push(guild);
      for (let i = 0; i < size; i += 1) members.push(guild.addMember({ name: `${name}-${i}` }));
    }
  });
  onTestFinished(() => place[Symbol.asyncDispose]());
  const [office, cafe] = guilds;
  if (!office || !cafe) throw new Error('The world was not built');
  const requests: string[] = [];
  place.discord.rest.http.on('request', ({ url = '' }) => requests.push(url));
  /** How many members were asked for with each command, in the order of the commands. */
  const commands: [guild: string, members: number][] = [];
  for (const guild of guilds) {
    const manager = place.client.guilds.cache.get(guild.id)?.members;
    const fetch = manager?.fetch.bind(manager);
    vi.spyOn(manager ?? expect.fail(), 'fetch').mockImplementation((options) => {
      const user = typeof options === 'object' && 'user' in options ? options.user : undefined;
      if (Array.isArray(user)) commands.push([guild.id, user.length]);
      return fetch?.(options as never) as never;
    });
  }
  return { ...place, office, cafe, members, requests, commands, now: new MembersNow(place.client) };
}

describe('members as they are now', () => {
  it('are asked for through the gateway, a hundred with one command, and nobody twice at once', async () => {
    const { discord, office, members, now, requests, commands } = await twoServers();
    const role = office.addRole('reader');
    const some = members.slice(0, 250);
    for (const member of some) member.setRoles([role]);
    const answers = await Promise.all([...some, ...some].map(({ id }) => now.memberNow(office.id, id)));
    expect(answers.every((member) => member?.roles.cache.has(role.id))).toBe(true);
    expect(commands.map(([, count]) => count)).toEqual([100, 100, 50]);
    expect(requests).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('are nobody once they have left, or where the bot is not', async () => {
    const { office, members, now } = await twoServers(2);
    members[0]?.quit();
    expect(await now.memberNow(office.id, members[0]?.id ?? '')).toBeUndefined();
    expect((await now.memberNow(office.id, members[1]?.id ?? ''))?.id).toBe(members[1]?.id);
    expect(await now.memberNow('1', members[1]?.id ?? '')).toBeUndefined();
  });

  it('take a small part of the gateway’s commands, and no server waits for all of another', async () => {
    const { client, now, office, cafe, commands } = await twoServers(0);
    for (const guild of [office, cafe]) {
      vi.spyOn(client.guilds.cache.get(guild.id)?.members ?? expect.fail(), 'fetch').mockImplementation(
        async (options) => {
          const user = typeof options === 'object' && 'user' in options ? options.user : undefined;
          if (Array.isArray(user)) commands.push([guild.id, user.length]);
          return new Map() as never;
        },
      );
    }
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    for (let i = 0; i < 3_500; i += 1) void now.memberNow(office.id, `1${i}`);
    void now.memberNow(cafe.id, '2');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(commands.map(([guild]) => guild)).toEqual([office.id, cafe.id, office.id, office.id, office.id]);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(commands.length).toBeLessThanOrEqual(35);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(commands.reduce((sum, [, count]) => sum + count, 0)).toBe(3_501);
  });

  it('are asked for one by one while the gateway is away', async () => {
    const { client, office, members, now, requests } = await twoServers(10);
    const shard = client.guilds.cache.get(office.id)?.shard;
    if (shard) shard.status = Status.Connecting;
    const answers = await Promise.all(members.slice(0, 10).map(({ id }) => now.memberNow(office.id, id)));
    expect(answers.map((member) => member?.id)).toEqual(members.slice(0, 10).map(({ id }) => id));
    expect(requests).toHaveLength(10);
  });
});
