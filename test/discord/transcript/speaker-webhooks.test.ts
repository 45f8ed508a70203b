import { MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { makeFinal, makePartial, makePerson, makeTranslation } from '../../support/make.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { busyRoom } from '../support/busy-room.ts';
import { inChannel } from '../support/in-channel.ts';
import { readTranscript } from '../support/read-transcript.ts';

const ana = makePerson({ avatarUrl: 'https://cdn.example/ana.png' });
const ben = makePerson({ id: '200', displayName: 'Ben' });
const WEBHOOK_POST = /^\/webhooks\/\d+\/[^/]+$/;
const soon = () => AbortSignal.timeout(20_000);
const permitted = { permissions: ['ManageWebhooks'] } as const;

describe('where the bot may manage webhooks, a message', () => {
  it('is under the speaker’s name and picture, grows, and gains its translation', async () => {
    const { text, transcript } = await inChannel(permitted);
    transcript.post(makePartial(), ana);
    const message = await text.waitFor(({ content }) => content === 'Hello *…*');
    expect(message).toMatchObject({ authorName: 'Ana', avatarUrl: 'https://cdn.example/ana.png' });
    transcript.post(makeFinal(), ana);
    await text.waitFor(({ content }) => content === 'Hello everyone');
    transcript.post(makeTranslation(), ana);
    await transcript.drained(soon());
    expect(text.messages).toEqual([message]);
    expect(message.content).toBe('Hello everyone\n> **es** · Hola a todos');
  });

  it('pings nobody, unfolds no link and sends no push notification', async () => {
    const { discord, text, transcript } = await inChannel(permitted);
    transcript.post(makeFinal({ text: `@everyone <@${discord.world.bot.id}> https://example.com` }), ana);
    await transcript.drained(soon());
    expect(text.messages[0]?.flags).toBe(MessageFlags.SuppressNotifications | MessageFlags.SuppressEmbeds);
    expect(text.messages[0]?.mentions).toMatchObject({ everyone: false });
  });

  it('comes through one webhook of the bot, for everybody', async () => {
    const { discord, text, transcript } = await inChannel(permitted);
    transcript.post(makeFinal(), ana);
    transcript.post(makeFinal({ utteranceId: 'u2', speakerId: ben.id, text: 'Hi' }), ben);
    await transcript.drained(soon());
    expect(text.messages.map(({ authorName, content }) => `${authorName}: ${content}`)).toEqual([
      'Ana: Hello everyone',
      'Ben: Hi',
    ]);
    expect(discord.world.webhooks.size).toBe(1);
  });

  it('comes through the webhook that is there already', async () => {
    const first = await inChannel(permitted);
    first.transcript.post(makeFinal(), ana);
    await first.transcript.drained(soon());
    const again = first.openAgain();
    again.post(makeFinal({ utteranceId: 'u2', text: 'Back' }), ana);
    await again.drained(soon());
    expect(first.text.messages.map(({ authorName }) => authorName)).toEqual(['Ana', 'Ana']);
    expect(first.discord.world.webhooks.size).toBe(1);
  });

  it.each([
    ['Discord fan', 'Disсord fan'], // with a Cyrillic letter in it
    ['clyde', 'сlyde'],
    [' \u200b ', 'Somebody'],
    ['x'.repeat(100), 'x'.repeat(80)],
  ])('of %j stands under a name that Discord takes', async (displayName, shown) => {
    const { text, transcript } = await inChannel(permitted);
    transcript.post(makeFinal(), makePerson({ displayName }));
    await transcript.drained(soon());
    expect(text.messages.map(({ authorName }) => authorName)).toEqual([shown]);
  });

  it('is the bot’s own when the server wants no webhooks', async () => {
    const { discord, text, transcript } = await inChannel({ ...permitted, speakerWebhooks: false });
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(text.messages[0]?.content).toContain('**Ana**');
    expect(discord.world.webhooks.size).toBe(0);
  });

  it('is the bot’s own when Discord refuses the name', async () => {
    const { discord, text, transcript } = await inChannel(permitted);
    discord.rest.failNext({ method: 'POST', path: WEBHOOK_POST, with: { status: 400 } });
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages)).toMatchObject([{ name: 'Ana', text: 'Hello everyone' }]);
    expect(text.messages[0]?.webhook).toBeUndefined();
  });

  it('is posted once when the answer to it was lost, and again when it was never posted', async () => {
    const { discord, text, transcript } = await inChannel(permitted);
    discord.rest.failNext({ method: 'POST', path: WEBHOOK_POST, with: 'reset', butDoIt: true });
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    discord.rest.failNext({ method: 'POST', path: WEBHOOK_POST, with: { status: 502 } });
    transcript.post(makeFinal({ utteranceId: 'u2' }), ana); // the same words
    await transcript.drained(soon());
    expect(text.messages.map(({ content }) => content)).toEqual(['Hello everyone', 'Hello everyone']);
    transcript.post(makeTranslation(), ana);
    await transcript.drained(soon());
    expect(text.messages[0]?.content).toBe('Hello everyone\n> **es** · Hola a todos');
  });
});

describe('when somebody deletes the webhook', () => {
  it('the bot creates another, and words that were not final are posted again', async () => {
    const { discord, text, transcript } = await inChannel(permitted);
    transcript.post(makeFinal({ utteranceId: 'u0', text: 'Before' }), ana);
    await transcript.drained(soon());
    transcript.post(makePartial(), ana);
    await text.waitFor(({ content }) => content.includes('Hello'));
    for (const webhook of [...discord.world.webhooks.values()]) webhook.delete();
    transcript.post(makeFinal(), ana);
    transcript.post(makeFinal({ utteranceId: 'u2', speakerId: ben.id, startMs: 9_000, text: 'After' }), ben);
    await transcript.drained(soon());
    const lines = readTranscript(text.messages).filter(({ isGrowing }) => !isGrowing);
    expect(lines.map((line) => `${line.name}: ${line.text}`)).toEqual([
      'Ana: Before',
      'Ana: Hello everyone',
      'Ben: After',
    ]);
    expect(text.messages.every(({ webhook }) => webhook !== undefined)).toBe(true);
    expect(discord.world.webhooks.size).toBe(1);
  });

  it('and the bot may not create another, it goes on under its own name, and says so', async () => {
    const { discord, guild, text, transcript } = await inChannel(permitted);
    transcript.post(makeFinal({ text: 'Before' }), ana);
    await transcript.drained(soon());
    guild.bot.setRoles([guild.botRole]);
    for (const webhook of [...discord.world.webhooks.values()]) webhook.delete();
    transcript.post(makeFinal({ utteranceId: 'u2', text: 'After' }), ana);
    transcript.post(makeFinal({ utteranceId: 'u3', text: 'Later' }), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages).map((line) => line.text)).toEqual(['Before', 'After', 'Later']);
    expect(text.messages.filter(({ content }) => content.includes('my webhook is gone'))).toHaveLength(1);
    expect(discord.world.webhooks.size).toBe(0);
  });

  it('or the channel takes no more webhooks, the bot writes under its own name', async () => {
    const { discord, text, transcript } = await inChannel(permitted);
    discord.rest.failNext({ method: 'POST', path: `/channels/${text.id}/webhooks`, with: { status: 400 } });
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages)).toMatchObject([{ name: 'Ana', text: 'Hello everyone' }]);
  });
});

describe('ten people who talk at once, under their own names', inRealTime, () => {
  it('can all be read in time, complete, nearly in order, and Discord refuses no request', async () => {
    const { discord, text, transcript } = await inChannel(permitted);
    const talk = { people: 10, forMs: 4_000, languages: ['es', 'fr'] };
    const keeping = await busyRoom(transcript, text, talk);
    expect(keeping.missing).toEqual([]);
    expect(keeping.stillGrowing).toBe(0);
    expect(Math.max(...keeping.finalWaitsMs)).toBeLessThan(3_000);
    expect(keeping.outOfOrderMs.length).toBeLessThanOrEqual(keeping.finalWaitsMs.length * 0.1);
    expect(discord.rateLimited).toBe(0);
  }, 40_000);
});

describe('a webhook that somebody moves to another channel while a meeting runs', () => {
  /** Ana has spoken once; then a moderator moves the bot's webhook to a channel that others read. */
  async function moved() {
    const stage = await inChannel(permitted);
    const { discord, guild, text, transcript } = stage;
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    const elsewhere = guild.addTextChannel('elsewhere');
    const [webhook] = discord.world.webhooks.values();
    if (webhook) webhook.channel = elsewhere;
    return { ...stage, elsewhere, text };
  }

  it('leaves no word there, and every word once where it belongs', async () => {
    const { text, elsewhere, transcript } = await moved();
    for (const [index, words] of ['One', 'Two', 'Three'].entries()) {
      transcript.post(makeFinal({ utteranceId: `m${index}`, text: words }), ana);
      await transcript.drained(soon());
    }
    expect(elsewhere.messages).toEqual([]);
    const lines = text.messages.flatMap(({ authorName, content }) =>
      content.split('\n').map((line) => [authorName, line]),
    );
    expect(lines).toEqual([
      ['Ana', 'Hello everyone'],
      [
        'Parley',
        expect.stringContaining('Somebody moved my webhook to another channel. I deleted what I had written there'),
      ],
      ['Ana', 'One'],
      ['Ana', 'Two'],
      ['Ana', 'Three'],
    ]);
  });

  it('leaves a meeting in its thread, with another webhook', async () => {
    const { discord, guild, text, transcript } = await inChannel({
      ...permitted,
      permissions: ['ManageWebhooks', 'CreatePublicThreads'],
      thread: true,
    });
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    const elsewhere = guild.addTextChannel('elsewhere');
    const [webhook] = discord.world.webhooks.values();
    if (webhook) webhook.channel = elsewhere;
    transcript.post(makeFinal({ utteranceId: 'm1', text: 'One' }), ana);
    await transcript.drained(soon());
    const thread = [...discord.world.channels.values()].find(({ parent }) => parent === text);
    expect(elsewhere.messages).toEqual([]);
    expect(thread?.messages.map(({ content }) => content)).toContain('One');
    expect(discord.world.webhooks.size).toBe(2);
  });

  it('is reported to the journal only for messages in the right channel', async () => {
    const { text, posted, transcript } = await moved();
    transcript.post(makeFinal({ utteranceId: 'm1', text: 'One' }), ana);
    await transcript.drained(soon());
    expect(posted.map(({ channelId }) => channelId)).toEqual([text.id, text.id]);
  });
});
