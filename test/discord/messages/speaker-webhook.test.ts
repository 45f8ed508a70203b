import { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SpeakerWebhook } from '../../../src/discord/messages/speaker-webhook.ts';
import { WebhookApi } from '../../../src/discord/messages/webhook-api.ts';

const MINUTE_MS = 60_500; // with a margin for clocks that disagree

/** A webhook that has written so many messages, a second apart, the last of them just now. */
function webhookAfter(messages: number): SpeakerWebhook {
  const client = new Client<true>({ intents: [] });
  const webhook = new SpeakerWebhook('1', client, new WebhookApi(client));
  for (let sent = 0; sent < messages; sent += 1) {
    if (sent > 0) vi.advanceTimersByTime(1_000);
    webhook.noteAttempt();
  }
  return webhook;
}

describe('the limit of a channel’s webhook for a minute, which no header tells', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'], now: 0 });
    vi.advanceTimersByTime(1_000_000);
  });
  afterEach(() => vi.useRealTimers());

  it.each([
    // messages, wait of finals, wait of words that grow, messages should be saved
    [0, 0, 0, false],
    [20, 0, 0, false],
    [21, 0, 0, true],
    [23, 0, 0, true],
    [24, 0, MINUTE_MS - 23_000, true], // the last six are for finals
    [29, 0, MINUTE_MS - 23_000, true],
    [30, MINUTE_MS - 29_000, MINUTE_MS - 23_000, true],
  ])('after %i messages makes a final wait %i ms and growing words %i ms', (messages, mustGo, mayWait, isScarce) => {
    const webhook = webhookAfter(messages);
    expect(webhook.delayMs('must go')).toBe(mustGo);
    expect(webhook.delayMs('may wait')).toBe(mayWait);
    expect(webhook.isScarce).toBe(isScarce);
  });

  it('allows as many at once as the minute still takes', () => {
    expect(webhookAfter(29).atOnce).toBe(1);
    expect(webhookAfter(30).atOnce).toBe(0);
  });

  it('starts anew a minute later', () => {
    const webhook = webhookAfter(30);
    vi.advanceTimersByTime(MINUTE_MS + 1);
    expect(webhook.delayMs('may wait')).toBe(0);
    expect(webhook.isScarce).toBe(false);
  });
});
