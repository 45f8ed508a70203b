import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { connectDiscord, seesMessages } from '../../../src/discord/gateway/client.ts';
import { DiscordError } from '../../../src/discord/gateway/discord-error.ts';
import { startDiscord } from '../../simulators/discord/index.ts';
import { LogBook } from '../../support/log-book.ts';
import { connected } from '../support/connect.ts';

const never = new AbortController().signal;

async function failure(apiUrl: string, token: string): Promise<DiscordError> {
  const error: unknown = await connectDiscord({ token, apiUrl, log: quiet }, never).catch((reason: unknown) => reason);
  if (error instanceof DiscordError) return error;
  throw new Error('The login did not fail as it should', { cause: error });
}

describe('logging in to Discord', () => {
  it('knows every server, and everybody in voice, once it is ready', async () => {
    let guildId = '';
    let anaId = '';
    await using it = await connected((discord) => {
      const guild = discord.addGuild({ name: 'Office' });
      const ana = guild.addMember({ name: 'ana' });
      ana.join(guild.addVoiceChannel('Standup'));
      guildId = guild.id;
      anaId = ana.id;
    });
    expect(it.client.guilds.cache.get(guildId)?.voiceStates.cache.get(anaId)?.channel?.name).toBe('Standup');
  });

  it('asks for no privileged intent', async () => {
    await using it = await connected((discord) => void discord.addGuild({ name: 'Office' }));
    expect(it.client.options.intents.toArray().sort()).toEqual(['GuildScheduledEvents', 'GuildVoiceStates', 'Guilds']);
  });

  it('sees messages when it is told to, and the developer portal allows it', async () => {
    const options = { privilegedIntents: ['messageContent'] } as const;
    await using it = await connected((discord) => void discord.addGuild({ name: 'Office' }), options, {
      messageContent: true,
    });
    expect(seesMessages(it.client)).toBe(true);
  });

  it('goes on without messages when the developer portal does not allow them, and logs it', async () => {
    await using discord = await startDiscord();
    discord.addGuild({ name: 'Office' });
    const log = new LogBook();
    const { apiUrl, token } = discord;
    const client = await connectDiscord({ token, apiUrl, messageContent: true, log }, never);
    expect([seesMessages(client), client.isReady()]).toEqual([false, true]);
    expect(log.entries.join()).toContain('The Message Content intent is refused');
    await client.destroy();
  });

  it('says that the token is refused', async () => {
    await using discord = await startDiscord();
    const error = await failure(discord.apiUrl, 'MTIz.wrong.token');
    expect(error.code).toBe('bad-token');
  });

  it('tells where to get a new token, without repeating the old one', async () => {
    await using discord = await startDiscord();
    const { message } = await failure(discord.apiUrl, 'MTIz.wrong.token');
    expect(message).toContain('DISCORD_TOKEN');
    expect(message).not.toContain('MTIz');
  });

  it('says that Discord cannot be reached', async () => {
    await using discord = await startDiscord();
    const { apiUrl, token } = discord;
    await discord.close();
    const error = await failure(apiUrl, token);
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('says that logins are used up for today', async () => {
    await using discord = await startDiscord({ sessionStartsLeft: 0 });
    const error = await failure(discord.apiUrl, discord.token);
    expect(error.code).toBe('too-many-logins');
  });

  it('says that something other than Discord answers', async () => {
    const server = createServer((_, response) => response.writeHead(503).end('down'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
    try {
      const error = await failure(`http://127.0.0.1:${port}/api`, 'a.b.c');
      expect(error.code).toBe('unreachable');
      expect(error.message).toContain('503');
    } finally {
      server.close();
    }
  });

  it('stops at once when it is told to', async () => {
    await using discord = await startDiscord();
    const stop = new AbortController();
    const login = connectDiscord({ token: discord.token, apiUrl: discord.apiUrl, log: quiet }, stop.signal);
    stop.abort(new Error('enough'));
    await expect(login).rejects.toThrow('enough');
  });

  it.each([
    [4004, 'bad-token'],
    [4014, 'intents-refused'],
    [4011, 'sharding-required'],
  ] as const)('reports the gateway closing with %i as %s', async (closeCode, code) => {
    await using discord = await startDiscord();
    discord.addGuild({ name: 'Office' });
    const gone = Promise.withResolvers<DiscordError>();
    const { token, apiUrl } = discord;
    const client = await connectDiscord({ token, apiUrl, log: quiet, onGone: gone.resolve }, never);
    discord.gateway.close(closeCode);
    expect((await gone.promise).code).toBe(code);
    await client.destroy();
  });
});

describe('what an idle client remembers', () => {
  it('are the people in voice, and itself: nobody who left, and nobody who only used a command', async () => {
    const ids = { ana: '', ben: '' };
    await using it = await connected((discord) => {
      const guild = discord.addGuild({ name: 'Office' });
      const standup = guild.addVoiceChannel('Standup');
      for (const name of ['ana', 'ben'] as const) {
        const member = guild.addMember({ name });
        member.join(standup);
        ids[name] = member.id;
      }
    });
    const { client, discord } = it;
    const left = new Promise((resolve) => client.once('voiceStateUpdate', resolve));
    discord.world.memberOf(client.guilds.cache.firstKey(), ids.ben)?.leave();
    await left;
    const { users, guildMembers, voiceStates } = client.options.sweepers ?? {};
    // The timer does this every five minutes.
    if (guildMembers) client.sweepers.sweepGuildMembers(guildMembers.filter() ?? (() => false));
    if (users) client.sweepers.sweepUsers(users.filter() ?? (() => false));
    if (voiceStates) client.sweepers.sweepVoiceStates(voiceStates.filter() ?? (() => false));
    const guild = client.guilds.cache.first();
    expect([...(guild?.members.cache.keys() ?? [])].sort()).toEqual([ids.ana, client.user.id].sort());
    expect([...client.users.cache.keys()].sort()).toEqual([ids.ana, client.user.id].sort());
    expect([...(guild?.voiceStates.cache.keys() ?? [])]).toEqual([ids.ana]);
  });
});
