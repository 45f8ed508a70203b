import type { APIGuildScheduledEvent } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { eventNow, occasionOf } from '../../../src/discord/events/now.ts';

const told = (change: object): APIGuildScheduledEvent =>
  ({
    ...{ id: '7', guild_id: '1', channel_id: '2', creator_id: '3', name: 'Reading', description: null, status: 2 },
    scheduled_start_time: '2026-12-01T12:00:00.000Z',
    ...change,
  }) as APIGuildScheduledEvent; // the fields that nobody reads are missing

describe('an event as it is read', () => {
  it.each([
    [1, false],
    [2, true],
    [3, false],
    [4, false],
  ])('with status %i takes place now: %s', (status, isActive) => {
    expect(eventNow(told({ status })).isActive).toBe(isActive);
  });

  it('outside of Discord has no channel', () => {
    expect(eventNow(told({ channel_id: null })).channelId).toBeUndefined();
  });

  it('becomes what a meeting keeps of it', () => {
    const event = eventNow(told({ description: 'Chapter 1\n\n- bring tea' }));
    expect(occasionOf(event, true)).toEqual({
      ...{ eventId: '7', name: 'Reading', about: 'Chapter 1 - bring tea', endsMeeting: true },
    });
  });

  it.each([
    [
      'mentions, channels, times, commands and emojis',
      'With <@1> <@!2> <@&3> in <#4> at <t:5:R>, </ask:6> <id:guide> <a:wave:7>!',
      'With in at , :wave:!',
    ],
    ['control characters and turned text', 'a\u0000b\u001b[31m\u202egnp', 'a b [31m gnp'],
    ['nothing that anybody sees', '\u200b\u3164 \n', ''],
  ])('loses %s', (_, description, about) => {
    expect(eventNow(told({ description })).about).toBe(about);
    expect(eventNow(told({ name: description })).name).toBe(about);
  });

  it('keeps its Markdown as text, for each format to escape in its own way', () => {
    const name = '# **Big** [link](https://x.example) @everyone';
    expect(eventNow(told({ name })).name).toBe(name);
  });

  it('is cut short, between whole characters', () => {
    const { about } = eventNow(told({ description: '👩‍👩‍👧'.repeat(500) }));
    expect(about.length).toBeLessThanOrEqual(500);
    expect(about).toMatch(/^(?:👩‍👩‍👧)+…$/u);
  });

  it('says nothing of the link that the bot put there', () => {
    const description = 'Chapter 1\n\n📝 Transcript: https://discord.com/channels/1/2/3';
    expect(eventNow(told({ description })).about).toBe('Chapter 1');
  });
});
