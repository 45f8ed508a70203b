import type { Client } from 'discord.js';
import type { Guild } from '../../simulators/discord/index.ts';

/** Gateway events come in order: when this rename is known, so is everything before it. */
export async function heardSoFar(client: Client<true>, guild: Guild): Promise<void> {
  const marker = `${Date.now()} ${Math.random()}`.slice(0, 32);
  const known = new Promise<void>((resolve) => {
    const look = () => {
      if (client.guilds.cache.get(guild.id)?.members.me?.nickname !== marker) return;
      client.off('guildMemberUpdate', look);
      resolve();
    };
    client.on('guildMemberUpdate', look);
  });
  guild.bot.rename(marker);
  await known;
}
