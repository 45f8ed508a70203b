import type { Client } from 'discord.js';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Presence, PresenceEvent } from '../../../../src/core/ports/people.ts';
import { DiscordPresences } from '../../../../src/discord/gateway/presence/presence.ts';
import { voiceAdapterOf } from '../../../../src/discord/gateway/voice-adapter.ts';
import type { Channel, DiscordSimulator, Guild, Member } from '../../../simulators/discord/index.ts';
import { connected } from '../../support/connect.ts';

interface Office {
  readonly discord: DiscordSimulator;
  readonly client: Client<true>;
  readonly guild: Guild;
  readonly standup: Channel;
  readonly lounge: Channel;
  readonly ana: Member;
  readonly ben: Member;
  readonly presence: Presence & Disposable;
  /** The next event; fails the test when none comes. */
  readonly next: () => Promise<PresenceEvent>;
}

let simulator: DiscordSimulator | undefined;

/** Ana and the bot are in Standup, which is watched; Ben is elsewhere. */
async function office(): Promise<Office> {
  const made: { guild?: Guild; standup?: Channel; lounge?: Channel; ana?: Member; ben?: Member } = {};
  const { discord, client, ...it } = await connected((discord) => {
    made.guild = discord.addGuild({ name: 'Office' });
    made.standup = made.guild.addVoiceChannel('Standup');
    made.lounge = made.guild.addVoiceChannel('Lounge');
    made.ana = made.guild.addMember({ name: 'ana', globalName: 'Ana', nick: 'Ana (lead)' });
    made.ben = made.guild.addMember({ name: 'ben', globalName: 'Ben' });
    made.ana.join(made.standup);
  });
  onTestFinished(() => it[Symbol.asyncDispose]());
  simulator = discord;
  const { guild, standup, lounge, ana, ben } = made;
  if (!guild || !standup || !lounge || !ana || !ben) throw new Error('The world was not built');
  await moveBot(client, guild.id, standup.id);
  const presence = new DiscordPresences(client).watch(guild.id, standup.id);
  onTestFinished(() => presence[Symbol.dispose]());
  const events = presence.events(AbortSignal.timeout(10_000))[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await events.next();
    if (done) throw new Error('No more events');
    return value;
  };
  return { discord, client, guild, standup, lounge, ana, ben, presence, next };
}

/** Joins as @discordjs/voice does: through the guild's adapter. */
async function moveBot(client: Client<true>, guildId: string, channelId: string | null): Promise<void> {
  const arrived = new Promise<void>((resolve) => {
    const adapter = voiceAdapterOf(client)(guildId)({
      onVoiceServerUpdate() {},
      onVoiceStateUpdate: ({ channel_id }) => {
        if (channel_id === channelId) resolve();
      },
      destroy() {},
    });
    const d = { guild_id: guildId, channel_id: channelId, self_mute: true, self_deaf: false };
    adapter.sendPayload({ op: 4, d });
  });
  await arrived;
}

afterEach(() => {
  expect(simulator?.violations).toEqual([]);
});

describe('the bot in the voice channel', () => {
  it('reports that a moderator deafens it, and that it hears again', async () => {
    const { guild, presence, next } = await office();
    expect(presence.isDeafened).toBe(false);
    guild.bot.deafen();
    expect([await next(), presence.isDeafened]).toEqual([{ kind: 'hearing changed' }, true]);
    guild.bot.deafen(false);
    expect([await next(), presence.isDeafened]).toEqual([{ kind: 'hearing changed' }, false]);
  });

  it('knows that it was deafened before it came, as that outlasts a stay', async () => {
    const { client, guild, standup, lounge } = await office();
    guild.bot.deafen();
    await moveBot(client, guild.id, null);
    await moveBot(client, guild.id, lounge.id);
    using there = new DiscordPresences(client).watch(guild.id, lounge.id);
    expect(there.isDeafened).toBe(true);
    expect(standup.people).not.toContain(guild.bot);
  });
});

describe('who is in the voice channel', () => {
  it('are the people who were there before, under the names that the server shows, without the bot itself', async () => {
    const { ana, presence } = await office();
    expect(presence.people()).toMatchObject([{ id: ana.id, displayName: 'Ana (lead)', isBot: false }]);
  });

  it('have the picture that the server shows, or else their own', async () => {
    const { guild, standup, presence, next } = await office();
    const chloe = guild.addMember({ name: 'chloe', avatar: 'a1', serverAvatar: 'a2' });
    const dario = guild.addMember({ name: 'dario', avatar: 'a3' });
    chloe.join(standup);
    await next();
    dario.join(standup);
    await next();
    const people = presence.people();
    expect(people.map(({ avatarUrl }) => avatarUrl).slice(-2)).toEqual([
      `https://cdn.discordapp.com/guilds/${guild.id}/users/${chloe.id}/avatars/a2.png?size=128`,
      `https://cdn.discordapp.com/avatars/${dario.id}/a3.png?size=128`,
    ]);
    expect(people.map(({ hasOwnAvatar }) => hasOwnAvatar)).toEqual([undefined, true, true]); // Ana never chose one
  });

  it('is reported when somebody joins, by the global name when there is no other', async () => {
    const { standup, ben, presence, next } = await office();
    ben.join(standup);
    const person = { id: ben.id, displayName: 'Ben', isBot: false };
    expect(await next()).toMatchObject({ kind: 'joined', person });
    expect(presence.people()).toContainEqual(expect.objectContaining(person));
  });

  it('is reported when somebody leaves, or goes to another channel', async () => {
    const { standup, lounge, ana, ben, presence, next } = await office();
    ben.join(standup);
    await next();
    ben.leave();
    expect(await next()).toMatchObject({ kind: 'left', person: { id: ben.id } });
    ana.move(lounge);
    expect(await next()).toMatchObject({ kind: 'left', person: { id: ana.id } });
    expect(presence.people()).toEqual([]);
  });

  it('includes which of them are bots', async () => {
    const { guild, standup, next } = await office();
    guild.addMember({ name: 'music', bot: true }).join(standup);
    expect(await next()).toMatchObject({ kind: 'joined', person: { isBot: true } });
  });

  it('is reported with a new name at the person’s next voice state', async () => {
    const { ana, next } = await office();
    ana.rename('Doctor Ana');
    ana.setVoiceFlags({ selfMute: true });
    expect(await next()).toMatchObject({ kind: 'renamed', person: { id: ana.id, displayName: 'Doctor Ana' } });
  });

  it('does not depend on other channels', async () => {
    const { lounge, standup, ana, ben, next } = await office();
    ben.join(lounge);
    ben.leave();
    ana.leave();
    ben.join(standup);
    expect(await next()).toMatchObject({ kind: 'left', person: { id: ana.id } });
    expect(await next()).toMatchObject({ kind: 'joined', person: { id: ben.id } });
  });
});

describe('what happens to the bot', () => {
  it('is reported when it is moved: the people change with the channel', async () => {
    const { guild, lounge, ana, ben, presence, next } = await office();
    ben.join(lounge);
    guild.moveBot(lounge);
    expect(await next()).toEqual({ kind: 'bot moved', channelId: lounge.id, channelName: 'Lounge' });
    expect(await next()).toMatchObject({ kind: 'left', person: { id: ana.id } });
    expect(await next()).toMatchObject({ kind: 'joined', person: { id: ben.id } });
    expect(presence.people().map(({ id }) => id)).toEqual([ben.id]);
  });

  it('is reported when a moderator disconnects it', async () => {
    const { guild, next } = await office();
    guild.disconnectBot();
    expect(await next()).toEqual({ kind: 'bot disconnected' });
  });

  it('is not reported when it leaves on its own', async () => {
    const { client, guild, ana, next } = await office();
    await moveBot(client, guild.id, null);
    ana.leave();
    expect(await next()).toMatchObject({ kind: 'left' });
  });

  it('is reported as the deletion of the channel when that is the reason', async () => {
    const { standup, next } = await office();
    standup.delete();
    expect(await next()).toMatchObject({ kind: 'left' });
    expect(await next()).toEqual({ kind: 'voice channel deleted' });
  });

  it('is reported when it is removed from the server', async () => {
    const { guild, next } = await office();
    guild.remove();
    expect(await next()).toEqual({ kind: 'bot disconnected' });
  });
});

describe('a lost gateway connection', () => {
  it('is not reported when the session is resumed: only the missed events are', async () => {
    const { discord, standup, ben, next } = await office();
    discord.gateway.drop();
    ben.join(standup);
    expect(await next()).toMatchObject({ kind: 'joined', person: { id: ben.id } });
    expect(discord.gateway.count.resumes).toBe(1);
  });

  it('is reported as a new session, with the difference, when it cannot be resumed', async () => {
    const { discord, standup, ana, ben, presence, next } = await office();
    discord.gateway.refuseResume();
    discord.gateway.drop();
    ana.leave();
    ben.join(standup);
    expect(await next()).toMatchObject({ kind: 'left', person: { id: ana.id } });
    expect(await next()).toMatchObject({ kind: 'joined', person: { id: ben.id } });
    expect(await next()).toEqual({ kind: 'session replaced' });
    expect(presence.people().map(({ id }) => id)).toEqual([ben.id]);
  });

  it('is reported as the deletion of the channel when that is gone meanwhile', async () => {
    const { discord, standup, next } = await office();
    discord.gateway.refuseResume();
    discord.gateway.drop();
    standup.delete();
    expect(await next()).toMatchObject({ kind: 'left' });
    expect(await next()).toEqual({ kind: 'voice channel deleted' });
  });
});

describe('a presence that is disposed', () => {
  it('listens to nothing any more', async () => {
    const { client, guild, standup } = await office();
    const count = () => client.eventNames().reduce((sum, name) => sum + client.listenerCount(name), 0);
    const before = count();
    const presence = new DiscordPresences(client).watch(guild.id, standup.id);
    expect(count()).toBeGreaterThan(before);
    presence[Symbol.dispose]();
    expect(count()).toBe(before);
  });

  it('ends the loop over its events', async () => {
    const { presence } = await office();
    presence[Symbol.dispose]();
    const kinds: string[] = [];
    for await (const { kind } of presence.events(AbortSignal.timeout(5_000))) kinds.push(kind);
    expect(kinds).toEqual([]);
  });
});

describe('an old voice connection', () => {
  it('does not take the guild’s adapter from the connection after it', async () => {
    const { client, guild } = await office();
    const methods = () => ({ onVoiceServerUpdate() {}, onVoiceStateUpdate() {}, destroy() {} });
    const old = voiceAdapterOf(client)(guild.id)(methods());
    const fresh = methods();
    voiceAdapterOf(client)(guild.id)(fresh);
    const adapter = client.voice.adapters.get(guild.id);
    old.destroy();
    expect(client.voice.adapters.get(guild.id)).toBe(adapter);
  });
});

describe('who is on a stage', () => {
  async function hall() {
    const it = await office();
    const stage = it.guild.addVoiceChannel('Hall', { type: 'stage' });
    const robot = it.guild.addMember({ name: 'music', bot: true });
    it.ana.move(stage);
    robot.join(stage);
    it.ben.join(stage);
    it.ben.stage.goUp();
    await moveBot(it.client, it.guild.id, stage.id);
    const presence = new DiscordPresences(it.client).watch(it.guild.id, stage.id);
    onTestFinished(() => presence[Symbol.dispose]());
    const events = presence.events(AbortSignal.timeout(10_000))[Symbol.asyncIterator]();
    const next = async () => (await events.next()).value as PresenceEvent;
    const seen = () => [presence.people().map(({ id }) => id), presence.stageAudience];
    return { ...it, stage, next, seen };
  }

  it('are told from its audience, which is a number without bots', async () => {
    const { ana, ben, seen } = await hall();
    expect(seen()).toEqual([[ben.id], 1]);
    expect(ana.voice?.suppress).toBe(true);
  });

  it('join when they go up, and leave when they go down', async () => {
    const { ana, ben, next, seen } = await hall();
    ana.stage.invite(); // and she has not answered
    ben.stage.goDown();
    expect(await next()).toMatchObject({ kind: 'left', person: { id: ben.id } });
    expect(await next()).toEqual({ kind: 'stage audience changed' });
    expect(seen()).toEqual([[], 2]);
    ana.stage.goUp();
    expect(await next()).toMatchObject({ kind: 'joined', person: { id: ana.id } });
    expect(await next()).toEqual({ kind: 'stage audience changed' });
    expect(seen()).toEqual([[ana.id], 1]);
  });

  it('are looked at anew when the bot is moved from it, and nothing happens when it is taken up', async () => {
    const { guild, lounge, ana, ben, next, seen } = await hall();
    guild.bot.stage.invite();
    guild.moveBot(lounge);
    expect(await next()).toMatchObject({ kind: 'bot moved' });
    const kinds = [await next(), await next()].map(({ kind }) => kind);
    expect(kinds).toEqual(['left', 'stage audience changed']);
    expect(seen()).toEqual([[], undefined]);
    expect([ana, ben].map(({ voice }) => voice?.channel.name)).toEqual(['Hall', 'Hall']);
  });
});
