import { Client } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { withWayBack } from '../../../src/discord/minutes/minutes-poster.ts';
import { wordsFor } from '../../../src/i18n/words.ts';
import { makeHead } from '../../support/make.ts';

const minutes = { title: 'Weekly', overview: 'What was said', more: [], files: [] };

describe('minutes of a server that has removed the bot', () => {
  it('say how to get them there again, which others do not', async () => {
    await using client = new Client({ intents: [] });
    const told = withWayBack(client, minutes, makeHead(), wordsFor('en-US'));
    expect(told.overview).toBe(
      'What was said\n-# Once I am back in that server, `/minutes latest` shows everything there.',
    );
    Reflect.apply(client.guilds.cache.set, client.guilds.cache, [makeHead().guildId, {}]);
    expect(withWayBack(client, minutes, makeHead(), wordsFor('en-US'))).toBe(minutes);
  });
});
