import { GatewayDispatchEvents, GatewayIntentBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { PermissionName } from '../../simulators/discord/index.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();
const MAY: readonly PermissionName[] = ['ViewChannel', 'Connect', 'ManageEvents'];
const NOON = new Date('2026-12-01T12:00:00.000Z');

async function planned(
  botPermissions = MAY,
  intents: readonly GatewayIntentBits[] = [GatewayIntentBits.GuildScheduledEvents],
) {
  const sim = await discord();
  const guild = sim.addGuild({ name: 'Café', botPermissions, everyonePermissions: [] });
  const voice = guild.addVoiceChannel('Talk');
  const event = guild.addScheduledEvent({ name: 'Reading', channel: voice, startsAt: NOON, description: 'Chapter 1' });
  const bot = await login(sim, [GatewayIntentBits.Guilds, ...intents]);
  const heard: unknown[] = [];
  for (const name of ['GUILD_SCHEDULED_EVENT_CREATE', 'GUILD_SCHEDULED_EVENT_UPDATE', 'GUILD_SCHEDULED_EVENT_DELETE']) {
    bot.ws.on(name as GatewayDispatchEvents, (data: { status: number; name: string }) => {
      heard.push([name.slice('GUILD_SCHEDULED_EVENT_'.length), data.name, data.status]);
    });
  }
  const path = `/guilds/${guild.id}/scheduled-events` as const;
  const edit = async (body: unknown, id = event.id) => await bot.rest.patch(`${path}/${id}`, { body });
  /** Dispatches come in order: when this one is heard, so are all before it. */
  const heardAll = async () => {
    const known = new Promise((resolve) => bot.ws.once(GatewayDispatchEvents.ChannelUpdate, resolve));
    voice.change({ topic: `${Math.random()}` });
    await known;
    return heard;
  };
  return { sim, guild, voice, event, bot, path, edit, heardAll };
}

describe('an event of a server, as Discord documents it', () => {
  it('goes from scheduled to active to completed, and everybody who asked for the intent is told', async () => {
    const { event, heardAll } = await planned();
    event.start();
    event.end();
    expect(await heardAll()).toEqual([
      ['UPDATE', 'Reading', 2],
      ['UPDATE', 'Reading', 3],
    ]);
    expect(() => event.start()).toThrow('completed cannot become active');
  });

  it('can be called off before it has begun, and not afterwards', async () => {
    const { event, guild, voice, heardAll } = await planned();
    event.cancel();
    const other = guild.addScheduledEvent({ name: 'Tea', channel: voice, startsAt: NOON });
    other.start();
    expect(() => other.cancel()).toThrow('active cannot become canceled');
    other.delete();
    expect(await heardAll()).toEqual([
      ['UPDATE', 'Reading', 4],
      ['CREATE', 'Tea', 1],
      ['UPDATE', 'Tea', 2],
      ['DELETE', 'Tea', 2],
    ]);
  });

  it('waits for its next time when it comes every week: nobody is told that it was completed', async () => {
    const { guild, voice, heardAll } = await planned();
    const weekly = guild.addScheduledEvent({ name: 'Weekly', channel: voice, startsAt: NOON, isWeekly: true });
    weekly.start();
    weekly.end();
    expect((await heardAll()).slice(1)).toEqual([
      ['UPDATE', 'Weekly', 2],
      ['UPDATE', 'Weekly', 1],
    ]);
    expect(weekly.json()).toMatchObject({ scheduled_start_time: '2026-12-08T12:00:00.000Z' });
    weekly.start();
  });

  it('ends when everybody has left its channel', async () => {
    const { event, guild, voice } = await planned();
    const ana = guild.addMember({ name: 'ana' });
    ana.join(voice);
    event.start();
    event.endIfEmpty();
    expect(event.status).toBe('active');
    ana.leave();
    event.endIfEmpty();
    expect(event.status).toBe('completed');
  });

  it('is told to nobody without the intent, and comes with the server all the same', async () => {
    const { event, heardAll, bot, guild } = await planned(MAY, []);
    event.start();
    expect(await heardAll()).toEqual([]);
    expect(bot.guilds.cache.get(guild.id)?.scheduledEvents.cache.get(event.id)?.name).toBe('Reading');
  });

  it('is hidden with its channel', async () => {
    const { event, voice, guild, bot, path, heardAll } = await planned();
    voice.setOverwrite({ for: guild.bot, deny: ['ViewChannel'] });
    event.start();
    expect(await heardAll()).toEqual([]);
    expect(await bot.rest.get(path)).toEqual([]);
    await expect(bot.rest.get(`${path}/${event.id}`)).rejects.toMatchObject({ code: 50001 });
  });

  it('is changed by who may manage events, and by nobody once it is over', async () => {
    const { event, voice, guild, edit, bot, path } = await planned();
    await edit({ description: 'Chapter 2' });
    expect(await bot.rest.get(`${path}/${event.id}`)).toMatchObject({ description: 'Chapter 2', name: 'Reading' });
    await expect(edit({ description: 'x'.repeat(1_001) })).rejects.toMatchObject({ code: 50035 });
    await expect(edit({ status: 3 })).rejects.toMatchObject({ code: 50035 });
    await edit({ status: 2 });
    await edit({ status: 3 });
    await expect(edit({ description: 'Too late' })).rejects.toMatchObject({ code: 180000 });
    const other = guild.addScheduledEvent({ name: 'Tea', channel: voice, startsAt: NOON });
    guild.botRole.setPermissions(['ViewChannel', 'Connect', 'CreateEvents']);
    await expect(edit({ description: 'Mine?' }, other.id)).rejects.toMatchObject({ code: 50013 });
    await expect(edit({ description: 'Mine?' }, '1')).rejects.toMatchObject({ code: 10070 });
  });

  it('that the bot has made can be changed with Create Events alone', async () => {
    const { voice, bot, path, guild } = await planned(['ViewChannel', 'Connect', 'CreateEvents']);
    const start = { name: 'Own', scheduled_start_time: NOON.toISOString(), privacy_level: 2 };
    const made = await bot.rest.post(path, { body: { ...start, channel_id: voice.id, entity_type: 2 } });
    const [, own] = [...guild.scheduledEvents.values()];
    expect(made).toEqual(own?.json());
    await bot.rest.patch(`${path}/${own?.id ?? ''}`, { body: { description: 'With tea' } });
    expect(own?.description).toBe('With tea');
    await expect(bot.rest.post(path, { body: { ...start, entity_type: 3 } })).rejects.toMatchObject({ code: 50035 });
    await bot.rest.delete(`${path}/${own?.id ?? ''}`);
    expect(guild.scheduledEvents.size).toBe(1);
  });

  it('elsewhere has a place instead of a channel', async () => {
    const { guild } = await planned();
    const park = guild.addScheduledEvent({ name: 'Picnic', location: 'The park', startsAt: NOON, endsAt: NOON });
    expect(park.json()).toMatchObject({ entity_type: 3, channel_id: null, entity_metadata: { location: 'The park' } });
  });
});
