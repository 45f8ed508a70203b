import { describe, it } from 'vitest';
import type { Guild } from '../../../simulators/discord/index.ts';
import { bots, INTENTS } from '../bot.ts';
import { field, RawSession } from './raw-session.ts';

const { discord, login } = bots();

const NOBODY = '1000000000000000000';

async function cafe(): Promise<{ guild: Guild; session: RawSession; violations: readonly string[] }> {
  const sim = await discord();
  const guild = sim.addGuild({ name: 'Café', shard: [1, 2] });
  const session = await RawSession.identify(sim, [1, 2]);
  await session.event('READY');
  return { guild, session, violations: sim.violations };
}

function idsOf(members: unknown): readonly string[] {
  return Array.isArray(members) ? members.map(({ user }) => user.id) : [];
}

describe.concurrent('members asked for over the gateway', () => {
  it('come in a chunk with the nonce of the question and the ids of who is not there', async ({ expect }) => {
    const { guild, session, violations } = await cafe();
    const [ana, ben] = [guild.addMember({ name: 'ana' }), guild.addMember({ name: 'ben' })];
    session.send(8, { guild_id: guild.id, user_ids: [ana.id, NOBODY, ben.id], nonce: 'who?' });
    const chunk = await session.event('GUILD_MEMBERS_CHUNK');
    expect(chunk.d).toMatchObject({
      guild_id: guild.id,
      nonce: 'who?',
      not_found: [NOBODY],
      chunk_index: 0,
      chunk_count: 1,
    });
    expect(idsOf(field(chunk, 'members'))).toEqual([ana.id, ben.id]);
    expect(violations).toEqual([]);
  });

  it('are a hundred at most', async ({ expect }) => {
    const { guild, session, violations } = await cafe();
    const ids = Array.from({ length: 101 }, (_, index) => guild.addMember({ name: `m${index}` }).id);
    session.send(8, { guild_id: guild.id, user_ids: ids.slice(0, 100), nonce: 'all' });
    const all = await session.next(({ d }) => Object(d).nonce === 'all');
    expect(idsOf(field(all, 'members'))).toHaveLength(100);
    expect(violations).toEqual([]);
    session.send(8, { guild_id: guild.id, user_ids: ids, nonce: 'too many' });
    const cut = await session.next(({ d }) => Object(d).nonce === 'too many');
    expect(idsOf(field(cut, 'members'))).toEqual(ids.slice(0, 100));
    expect(violations).toEqual(['More than 100 members were asked for at once: 101']);
  });

  it('come without a nonce that is longer than 32 bytes', async ({ expect }) => {
    const { guild, session } = await cafe();
    session.send(8, { guild_id: guild.id, user_ids: guild.owner.id, nonce: 'é'.repeat(17) });
    const chunk = await session.event('GUILD_MEMBERS_CHUNK');
    expect(chunk.d).not.toHaveProperty('nonce');
    expect(idsOf(field(chunk, 'members'))).toEqual([guild.owner.id]);
  });

  it('come only to the session that asked, and to discord.js by their ids', async ({ expect }) => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café', shard: [1, 2] });
    const ids = Array.from({ length: 100 }, (_, index) => guild.addMember({ name: `m${index}` }).id);
    const bot = await login(sim, INTENTS, { shards: [1], shardCount: 2 });
    const other = await RawSession.identify(sim, [1, 2]);
    await other.event('READY');
    const found = await bot.guilds.cache.get(guild.id)?.members.fetch({ user: ids });
    expect([...(found?.keys() ?? [])]).toEqual(ids);
    guild.addTextChannel('told afterwards');
    await other.event('CHANNEL_CREATE');
    expect(other.names).not.toContain('GUILD_MEMBERS_CHUNK');
    expect(sim.violations).toEqual([]);
  });
});
