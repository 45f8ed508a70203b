import { describe, expect, it, onTestFinished } from 'vitest';
import { watchRights } from '../../../src/discord/permissions/rights-changes.ts';
import { connected } from '../support/connect.ts';

async function watched() {
  const it = await connected((discord) => void discord.addGuild({ name: 'Office' }));
  onTestFinished(() => it[Symbol.asyncDispose]());
  const [guild] = it.discord.world.guilds.values();
  if (!guild) throw new Error('The world was not built');
  const told: (readonly [guildId: string, userId?: string | undefined])[] = [];
  const watch = watchRights(it.client, (...change) => void told.push(change));
  /** The reports until the gateway has sent this much. */
  const until = async (act: () => void) => {
    told.length = 0;
    act();
    const probe = guild.addTextChannel('probe');
    await expect.poll(() => it.client.channels.cache.has(probe.id)).toBe(true);
    return [...told];
  };
  return { ...it, guild, watch, until };
}

describe('a change of the rights to read', () => {
  it('is reported at once when an overwrite changes, or a channel is deleted', async () => {
    const { guild, until } = await watched();
    const channel = guild.addTextChannel('general');
    const ana = guild.addMember({ name: 'ana' });
    expect(await until(() => channel.setOverwrite({ for: ana, deny: ['ViewChannel'] }))).toEqual([[guild.id]]);
    expect(await until(() => channel.delete())).toEqual([[guild.id]]);
  });

  it('is reported at once when a role loses a right, and not when something else changes', async () => {
    const { guild, until } = await watched();
    const role = guild.addRole('Readers', ['ViewChannel']);
    await until(() => {});
    expect(await until(() => role.setPermissions(['ViewChannel']))).toEqual([]);
    expect(await until(() => role.setPermissions([]))).toEqual([[guild.id]]);
  });

  it('is not reported any more when nobody watches', async () => {
    const { guild, until, watch } = await watched();
    const channel = guild.addTextChannel('general');
    watch[Symbol.dispose]();
    expect(await until(() => channel.setOverwrite({ for: guild.owner, deny: ['ViewChannel'] }))).toEqual([]);
  });
});
