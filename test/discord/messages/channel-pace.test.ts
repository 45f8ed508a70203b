import { describe, expect, it } from 'vitest';
import { MessageApi } from '../../../src/discord/messages/message-api.ts';
import { paceIn } from '../../../src/discord/messages/pace.ts';
import type { Channel } from '../../simulators/discord/index.ts';
import { connected } from '../support/connect.ts';

describe('the pace of a channel', () => {
  it('is learnt from every answer, whoever asked, and holds for that channel only', async () => {
    const made: Channel[] = [];
    await using it = await connected((discord) => {
      const guild = discord.addGuild({ name: 'Office' });
      made.push(guild.addTextChannel('meeting'), guild.addTextChannel('other'));
    });
    const [meeting, other] = made;
    if (!meeting || !other) throw new Error('The world was not built');
    const { signal } = new AbortController();
    const [panel, transcript] = [new MessageApi(it.client), new MessageApi(it.client)];
    const { id } = await panel.create(meeting.id, { content: 'one', nonce: 'n1' }, signal);
    expect(paceIn(it.client, meeting.id).posts.delayMs('may wait')).toBeGreaterThan(0);
    expect(paceIn(it.client, meeting.id).edits.delayMs('may wait')).toBe(0);
    await panel.edit(meeting.id, id, { content: 'two' }, signal);
    expect(transcript.paceIn(meeting.id).edits.delayMs('may wait')).toBeGreaterThan(0);
    expect(transcript.paceIn(other.id).edits.delayMs('may wait')).toBe(0);
  });
});
