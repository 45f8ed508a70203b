import type { VoiceStateRequest } from './gateway/packets.ts';
import type { World } from './world/world.ts';

/** Op 4 of the bot's session: it joins, moves, mutes itself or leaves. What Discord would ignore is ignored. */
export function seatBot(world: World, request: VoiceStateRequest, sessionId: string): void {
  const guild = world.guilds.get(request.guild_id);
  if (guild === undefined) return;
  const { bot } = guild;
  if (request.channel_id === null) {
    bot.leave();
    return;
  }
  const channel = guild.channels.get(request.channel_id);
  if (channel === undefined || !channel.isVoice) return;
  if (!bot.may('ViewChannel', channel) || !bot.may('Connect', channel)) return;
  const before = bot.voice;
  const others = channel.people.filter((person) => person.id !== bot.id).length;
  const isFull = channel.userLimit > 0 && others >= channel.userLimit && !bot.may('MoveMembers', channel);
  if (isFull && before?.channel !== channel) return;
  bot.sit(channel, { sessionId, selfMute: request.self_mute, selfDeaf: request.self_deaf });
  if (before?.channel !== channel) return; // moving told the server already
  const isNewSession = before.sessionId !== sessionId; // as after a crash, or when a meeting moves to another process
  if (isNewSession) world.voice.takenOver(guild);
  const isFlag = before.selfMute !== request.self_mute || before.selfDeaf !== request.self_deaf;
  // Asked again for what it has, a bot wants to be told its server again: that is how clients rejoin.
  if (isNewSession || !isFlag) world.voice.serve(guild);
}
