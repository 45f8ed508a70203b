import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { AllowedGuilds } from '../../../src/discord/gateway/allowed-guilds.ts';
import type { Channel, Guild } from '../../simulators/discord/index.ts';
import { connected } from '../support/connect.ts';

/** A bot in two servers, of which it may work in the first. */
async function inTwoServers({ theirsIsLate = false } = {}) {
  const made: { ours?: Guild; theirs?: Guild; ourText?: Channel; theirText?: Channel } = {};
  const it = await connected((discord) => {
    made.ours = discord.addGuild({ name: 'Ours' });
    made.ourText = made.ours.addTextChannel('general');
    made.theirs = discord.addGuild({ name: 'Theirs', locale: 'de' });
    made.theirs.addTextChannel('closed', { overwrites: [{ for: made.theirs.bot, deny: ['SendMessages'] }] });
    made.theirText = made.theirs.addTextChannel('general');
    if (theirsIsLate) made.theirs.setAvailable(false);
  });
  const { ours, theirs, ourText, theirText } = made;
  if (!ours || !theirs || !ourText || !theirText) throw new Error('The world was not built');
  const { signal } = new AbortController();
  const guilds = new AllowedGuilds({ client: it.client, allowed: [ours.id], log: quiet, signal });
  onTestFinished(async () => {
    guilds[Symbol.dispose]();
    await it[Symbol.asyncDispose]();
  });
  return { ...it, ours, theirs, ourText, theirText, guilds };
}

describe('a bot that is allowed in certain servers', () => {
  it('leaves the others at the start, with a sentence in their language where it may write', async () => {
    const { discord, client, ours, theirs, ourText, theirText, guilds } = await inTwoServers();
    await guilds.leaveOthers();
    expect([...discord.world.guilds.keys()]).toEqual([ours.id]);
    expect(theirText.messages.map(({ content }) => content)).toEqual([
      'Ich darf nur auf bestimmten Servern arbeiten, und dieser gehört nicht dazu. Deshalb verlasse ich ihn.',
    ]);
    expect(ourText.messages).toEqual([]);
    expect([guilds.has(ours.id), guilds.has(theirs.id)]).toEqual([true, false]);
    await vi.waitFor(() => expect([...client.guilds.cache.keys()]).toEqual([ours.id]));
  });

  it('leaves one that Discord could not reach at the start as soon as it can, with the sentence', async () => {
    const { discord, theirs, theirText, guilds } = await inTwoServers({ theirsIsLate: true });
    await guilds.leaveOthers();
    expect(discord.world.guilds.has(theirs.id)).toBe(true);
    theirs.setAvailable(true);
    await vi.waitFor(() => expect(discord.world.guilds.has(theirs.id)).toBe(false));
    expect(theirText.messages).toHaveLength(1);
  });

  it('leaves those that invite it later', async () => {
    const { discord, guilds } = await inTwoServers();
    await guilds.leaveOthers();
    const late = discord.addGuild({ name: 'Late' });
    await vi.waitFor(() => expect(discord.world.guilds.has(late.id)).toBe(false));
  });
});
