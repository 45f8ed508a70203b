import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DiscordPresences } from '../../../../src/discord/gateway/presence/presence.ts';
import type { Channel, Guild, Member } from '../../../simulators/discord/index.ts';
import { connected } from '../../support/connect.ts';

/** Ana is in a watched channel, and the bot has no intent for members. */
async function office() {
  const made: { guild?: Guild; standup?: Channel; ana?: Member; ben?: Member } = {};
  const { client, ...it } = await connected((discord) => {
    made.guild = discord.addGuild({ name: 'Office' });
    made.standup = made.guild.addVoiceChannel('Standup');
    made.ana = made.guild.addMember({ name: 'ana', nick: 'Ana' });
    made.ben = made.guild.addMember({ name: 'ben' });
    made.ana.join(made.standup);
    made.ben.join(made.standup);
  });
  onTestFinished(() => it[Symbol.asyncDispose]());
  const { guild, standup, ana } = made;
  if (!guild || !standup || !ana) throw new Error('The world was not built');
  // The test moves the rounds' time; everything else, including the gateway's sockets, is in real time.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const asked = vi.spyOn(discordGuild(client, guild.id).members, 'fetch');
  const presence = new DiscordPresences(client).watch(guild.id, standup.id);
  onTestFinished(() => presence[Symbol.dispose]());
  const names = () => presence.people().map(({ displayName }) => displayName);
  return { ...it, ana, presence, asked, names };
}

function discordGuild(client: Awaited<ReturnType<typeof connected>>['client'], id: string) {
  const guild = client.guilds.cache.get(id);
  if (!guild) throw new Error('The client does not know the server');
  return guild;
}

describe('a name that changes while somebody sits in the channel', () => {
  it('is reported within a minute, with one request for all people of the channel', async () => {
    const { discord, ana, presence, asked, names } = await office();
    ana.rename('Ana (away)');
    const [event] = await Promise.all([
      presence.events(AbortSignal.timeout(5_000))[Symbol.asyncIterator]().next(),
      vi.advanceTimersByTimeAsync(60_000),
    ]);
    expect(event.value).toMatchObject({ kind: 'renamed', person: { id: ana.id, displayName: 'Ana (away)' } });
    expect(names()).toEqual(['Ana (away)', 'ben']);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(discord.violations).toEqual([]);
  });

  it('is known at once when the meeting asks for it at the end', async () => {
    const { ana, presence, names } = await office();
    ana.rename('Ana (away)');
    expect(names()).toEqual(['Ana', 'ben']);
    const now = await presence.namesNow();
    expect(now.map(({ displayName }) => displayName)).toEqual(['Ana (away)', 'ben']);
  });

  it('is looked up no more once nobody watches the channel', async () => {
    const { presence, asked } = await office();
    presence[Symbol.dispose]();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked).not.toHaveBeenCalled();
  });
});
