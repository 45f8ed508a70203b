import { describe, expect, it } from 'vitest';
import { MessageApi } from '../../../src/discord/messages/message-api.ts';
import type { Channel, Guild } from '../../simulators/discord/index.ts';
import { connected } from '../support/connect.ts';

describe('a thread that is started', () => {
  it('is the one that is there when the answer to an attempt was lost', async () => {
    const made: [Guild, Channel][] = [];
    await using it = await connected((discord) => {
      const guild = discord.addGuild({ name: 'Office' });
      made.push([guild, guild.addTextChannel('meeting')]);
    });
    const [[{ threads }, meeting] = expect.fail('The world was not built')] = made;
    const api = new MessageApi(it.client);
    const { signal } = new AbortController();
    const start = () => api.startThread(meeting.id, 'Español', signal);
    it.discord.rest.faults.add({ method: 'POST', path: /threads/, times: 2, with: 'reset', butDoIt: true });
    await start().catch(() => {}); // discord.js tries once more
    const before = threads.size;
    expect([...threads.keys()]).toContain(await start());
    expect(threads.size).toBe(before);
  });
});
