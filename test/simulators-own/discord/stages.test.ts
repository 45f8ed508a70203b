import { type Client, Events, GatewayDispatchEvents, type VoiceState } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { PermissionName } from '../../simulators/discord/index.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();
const MODERATOR: readonly PermissionName[] = ['ManageChannels', 'MuteMembers', 'MoveMembers'];

async function hall(more: readonly PermissionName[] = []) {
  const sim = await discord();
  const botPermissions: readonly PermissionName[] = ['ViewChannel', 'Connect', ...more];
  const guild = sim.addGuild({ name: 'Café', botPermissions, everyonePermissions: [] });
  const stage = guild.addVoiceChannel('Hall', { type: 'stage' });
  const talk = guild.addVoiceChannel('Talk');
  const ana = guild.addMember({ name: 'ana' });
  const bot = await login(sim);
  const own = `/guilds/${guild.id}/voice-states/@me` as const;
  return { sim, guild, stage, talk, ana, bot, own };
}

async function nextState(bot: Client): Promise<VoiceState> {
  return await new Promise((resolve) => bot.once(Events.VoiceStateUpdate, (_, state) => resolve(state)));
}

describe('a stage, as Discord documents it', () => {
  it('has whoever comes in its audience, and tells who goes up and down', async () => {
    const { stage, ana, bot } = await hall();
    const states: [boolean | null, boolean][] = [];
    const next = async (act: () => void) => {
      const told = nextState(bot);
      act();
      const { suppress, requestToSpeakTimestamp } = await told;
      states.push([suppress, requestToSpeakTimestamp !== null]);
    };
    await next(() => ana.join(stage));
    await next(() => ana.stage.ask());
    await next(() => ana.stage.ask(false));
    await next(() => ana.stage.invite());
    await next(() => ana.stage.goUp());
    await next(() => ana.setVoiceFlags({ selfMute: true })); // that moves nobody
    await next(() => ana.stage.goDown());
    expect(states).toEqual([
      [true, false],
      [true, true],
      [true, false],
      [false, true],
      [false, false],
      [false, false],
      [true, false],
    ]);
  });

  it('has bots stand on it at once when they are invited', async () => {
    const { guild, stage } = await hall();
    guild.bot.join(stage);
    guild.bot.stage.invite();
    expect(guild.bot.stage.isSpeaker).toBe(true);
  });

  it('is left with the channel', async () => {
    const { stage, talk, ana } = await hall();
    ana.join(stage);
    ana.stage.goUp();
    ana.move(talk);
    expect(ana.voice).toMatchObject({ suppress: false, requestToSpeakAt: null });
    ana.move(stage);
    expect(ana.voice).toMatchObject({ suppress: true });
  });

  it('lets everybody go down, and those who may ask, or moderate, do that', async () => {
    const { guild, stage, bot, own } = await hall();
    await expect(bot.rest.patch(own, { body: { suppress: true } })).rejects.toMatchObject({ code: 10065 });
    guild.bot.join(stage);
    await bot.rest.patch(own, { body: { channel_id: stage.id, suppress: true } });
    await expect(bot.rest.patch(own, { body: { suppress: false } })).rejects.toMatchObject({ code: 50013 });
    const request_to_speak_timestamp = new Date().toISOString();
    const asked = bot.rest.patch(own, { body: { request_to_speak_timestamp } });
    await expect(asked).rejects.toMatchObject({ code: 50013 });
    const { guild: other, stage: hers, ana, bot: moderator, own: its } = await hall([...MODERATOR, 'RequestToSpeak']);
    other.bot.join(hers);
    ana.join(hers);
    await moderator.rest.patch(its, { body: { request_to_speak_timestamp } });
    expect(other.bot.voice?.requestToSpeakAt?.toISOString()).toBe(request_to_speak_timestamp);
    await moderator.rest.patch(its, { body: { suppress: false, request_to_speak_timestamp: null } });
    expect(other.bot.stage.isSpeaker).toBe(true);
    const anas = `/guilds/${other.id}/voice-states/${ana.id}` as const;
    await moderator.rest.patch(anas, { body: { channel_id: hers.id, suppress: false } });
    expect(ana.voice).toMatchObject({ suppress: false, requestToSpeakAt: expect.any(Date) });
    await moderator.rest.patch(anas, { body: { suppress: true } });
    expect(ana.voice).toMatchObject({ suppress: true, requestToSpeakAt: null });
  });

  it('is the only kind of channel with an audience', async () => {
    const { guild, talk, bot, own } = await hall();
    guild.bot.join(talk);
    await expect(bot.rest.patch(own, { body: { suppress: true } })).rejects.toMatchObject({ code: 50024 });
  });

  it('is opened and closed by its moderators', async () => {
    const { guild, stage, bot } = await hall(MODERATOR);
    const told = new Promise((resolve) => bot.ws.once(GatewayDispatchEvents.StageInstanceCreate, resolve));
    const body = { channel_id: stage.id, topic: 'On tea' };
    const made = await bot.rest.post('/stage-instances', { body });
    expect(made).toMatchObject({ ...body, guild_id: guild.id, privacy_level: 2 });
    expect(await told).toEqual(made);
    await expect(bot.rest.post('/stage-instances', { body })).rejects.toMatchObject({ code: 150006 });
    expect(await bot.rest.get(`/stage-instances/${stage.id}`)).toEqual(made);
    expect(guild.json()).not.toHaveProperty('stage_instances');
    expect(guild.createJson(-1)).toMatchObject({ stage_instances: [made] });
    await bot.rest.patch(`/stage-instances/${stage.id}`, { body: { privacy_level: 2 } });
    await bot.rest.delete(`/stage-instances/${stage.id}`);
    await expect(bot.rest.get(`/stage-instances/${stage.id}`)).rejects.toMatchObject({ code: 10067 });
  });

  it('is neither opened by others, nor has a status, nor is an ordinary channel opened as one', async () => {
    const { stage, talk, bot } = await hall();
    const open = (channel_id: string) => bot.rest.post('/stage-instances', { body: { channel_id, topic: 'On tea' } });
    await expect(open(stage.id)).rejects.toMatchObject({ code: 50013 });
    await expect(open(talk.id)).rejects.toMatchObject({ code: 50024 });
    const status = bot.rest.put(`/channels/${stage.id}/voice-status`, { body: { status: 'Tea' } });
    await expect(status).rejects.toMatchObject({ code: 50024 });
  });

  it('takes more people than a voice channel', async () => {
    const { stage, talk, bot } = await hall(MODERATOR);
    const limit = (id: string, user_limit: number) => bot.rest.patch(`/channels/${id}`, { body: { user_limit } });
    await limit(stage.id, 10_000);
    expect(stage.userLimit).toBe(10_000);
    await expect(limit(stage.id, 10_001)).rejects.toMatchObject({ code: 50035 });
    await expect(limit(talk.id, 100)).rejects.toMatchObject({ code: 50035 });
  });
});
