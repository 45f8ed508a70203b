import { describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { makeMinutes } from '../../../src/minutes/make-minutes.ts';
import { type Interaction, type Message, Webhook } from '../../simulators/discord/index.ts';
import { makeFinal, makeHead, makeTranslation } from '../../support/make.ts';
import { type Office, office } from '../support/office.ts';

const BEGAN = new Date('2026-11-23T10:00:00Z');
const AT_S = BEGAN.getTime() / 1_000;

/** A finished meeting in which Ana and Ben spoke, with their words in messages. */
async function afterMeeting(): Promise<
  Office & { readonly id: string; posted(message: Message, ...utterances: string[]): Promise<void> }
> {
  const place = await office();
  const { guild, general, standup, ana, ben, journal } = place;
  const head = makeHead({ guildId: guild.id, voiceChannelId: standup.id, textChannelId: general.id, beganAt: BEGAN });
  await journal.begin(head);
  for (const [id, name] of [
    [ana.id, 'Ana'],
    [ben.id, 'Ben'],
  ] as const) {
    await journal.of(head.id).joined({ speakerId: id, displayName: name, joinedMs: 0 });
  }
  await journal
    .of(head.id)
    .write(makeFinal({ utteranceId: 'a1', speakerId: ana.id, startMs: 1_000, text: 'My secret' }));
  await journal.of(head.id).write(makeTranslation({ utteranceId: 'a1', speakerId: ana.id, text: 'Mi secreto' }));
  await journal
    .of(head.id)
    .write(makeFinal({ utteranceId: 'a2', speakerId: ana.id, startMs: 4_000, text: 'And more' }));
  await journal.of(head.id).write(makeFinal({ utteranceId: 'b1', speakerId: ben.id, startMs: 8_000, text: 'I see' }));
  await journal.of(head.id).end(60_000, 'stopped');
  return {
    ...place,
    id: head.id,
    async posted(message, ...utterances) {
      for (const utteranceId of utterances) {
        await journal.of(head.id).posted({ utteranceId, channelId: message.channel.id, messageId: message.id });
      }
    },
  };
}

async function forgetMe({ ana, general }: Office): Promise<Interaction> {
  const asked = await ana.command('privacy forget-me', {}, { channel: general });
  if (!asked.original) throw new Error('Nothing was asked');
  const pressed = await ana.click(asked.original, 'c1:erase:');
  return await pressed.until(({ content }) => content.includes('Receipt'));
}

const written = (place: Office, content: string) => place.general.add({ author: place.discord.world.bot, content });
const fileOf = (message: Message | undefined, at = 0) => Buffer.from(message?.attachments[at]?.bytes ?? []).toString();

describe('/privacy forget-me', () => {
  it('asks first, says what would be erased, and keeps everything on request', async () => {
    const place = await afterMeeting();
    const { ana, general, journal, id } = place;
    await place.posted(written(place, 'x'), 'a1');
    const asked = await ana.command('privacy forget-me', {}, { channel: general });
    expect(asked.ephemeral).toBe(true);
    expect(asked.content).toContain('It is in 1 meeting and in 1 message of mine');
    if (!asked.original) throw new Error('Nothing was asked');
    const pressed = await ana.click(asked.original, 'c1:keep:');
    const kept = await pressed.until(({ content }) => content === 'Nothing was erased.');
    expect(kept.components).toEqual([]);
    expect((await journal.archive.read(id))?.finals).toHaveLength(3);
  });

  it('says when there is nothing to erase', async () => {
    const { general, ana } = await office();
    const reply = await ana.command('privacy forget-me', {}, { channel: general });
    expect(reply.content).toContain('I keep nothing about you');
  });

  it('signs them out of the pages, in every browser, and nobody else', async () => {
    const place = await afterMeeting();
    const { ana, ben, general, journal } = place;
    const { secret } = await journal.sessions.begin(ana.id, [place.guild.id]);
    await journal.sessions.begin(ana.id, ['1']); // in other servers
    await journal.sessions.begin(ben.id, [place.guild.id]);
    const asked = await ana.command('privacy forget-me', {}, { channel: general });
    expect(asked.content).toContain('You will also be signed out of my pages.');
    expect(await journal.sessions.countOf(ana.id)).toBe(2);
    const receipt = await forgetMe(place);
    expect(receipt.content).toContain('I signed you out of my pages in 2 browsers.');
    expect(await journal.sessions.sessionOf(secret)).toBeUndefined();
    expect(await journal.sessions.countOf(ben.id)).toBe(1);
  });

  it('signs out somebody of whom nothing else is kept', async () => {
    const { general, ana, journal } = await office();
    await journal.sessions.begin(ana.id, ['1']);
    const reply = await ana.command('privacy forget-me', {}, { channel: general });
    expect(reply.content).toMatch(/^I keep nothing about you .* I signed you out of my pages in 1 browser\.$/);
    expect(await journal.sessions.countOf(ana.id)).toBe(0);
  });

  it('erases words, translations, stays and names, even while a meeting runs, but not those of others', async () => {
    const place = await afterMeeting();
    await forgetMe(place);
    const record = await place.journal.archive.read(place.id);
    expect(record?.finals.map(({ text }) => text)).toEqual(['I see']);
    expect(record?.translations).toEqual([]);
    expect(record?.attendance.map(({ displayName }) => displayName)).toEqual(['Ben']);
    expect(place.meetings.erasures).toEqual([place.ana.id]);
  });

  it('deletes messages with their words alone, edits those with words of others, and gives a receipt', async () => {
    const place = await afterMeeting();
    const hers = written(place, `**Ana** · <t:${AT_S + 1}:T>\nMy secret\n> **es** · Mi secreto`);
    const both = written(place, `**Ana** · <t:${AT_S + 4}:T>\nAnd more\n**Ben** · <t:${AT_S + 8}:T>\nI see`);
    const gone = written(place, 'My secret');
    await place.posted(hers, 'a1');
    await place.posted(both, 'a2', 'b1');
    await place.posted(gone, 'a1');
    gone.delete();
    const receipt = await forgetMe(place);
    expect(hers.isDeleted).toBe(true);
    expect(both.content).toBe(`**Ben** · <t:${AT_S + 8}:T>\nI see`);
    expect(receipt.content).toMatch(/^\*\*Receipt [0-9a-f]{8}\*\*$/m);
    expect(receipt.content).toContain('3 texts of yours');
    expect(receipt.content).toContain('1 attendance record in 1 meeting');
    expect(receipt.content).toContain(
      '1 deleted, 1 edited so that only what others said is left, 1 already gone, 0 left',
    );
    const file = fileOf(receipt.original);
    expect(receipt.original?.attachments[0]?.filename).toMatch(/^receipt-[0-9a-f]{8}\.txt$/);
    expect(file).toContain('Server: Office');
    expect(file).toMatch(/Erased: \d{4}-\d\d-\d\dT/);
    expect(file).not.toContain('secret');
    expect(place.discord.violations).toEqual([]);
  });

  it('reaches messages that a webhook wrote under their name, even in a thread', async () => {
    const place = await afterMeeting();
    const { guild, general, discord } = place;
    guild.bot.setRoles([...guild.bot.roles, guild.addRole('hooks', ['ManageWebhooks'])]);
    const webhook = new Webhook(general, discord.world.bot, 'Parley');
    const thread = general.startThread('weekly', { owner: discord.world.bot });
    const inChannel = general.add({ author: discord.world.bot, webhook, username: 'Ana', content: 'My secret' });
    const inThread = thread.add({ author: discord.world.bot, webhook, username: 'Ana', content: 'And more' });
    await place.posted(inChannel, 'a1');
    await place.posted(inThread, 'a2');
    const second = general.add({ author: discord.world.bot, webhook, username: 'Ana', content: 'And more' });
    await place.posted(second, 'a2');
    let asBot = 0;
    discord.rest.http.on('request', ({ method, url }) => {
      if (method === 'DELETE' && url?.includes(`/channels/${general.id}/`)) asBot += 1;
    });
    const receipt = await forgetMe(place);
    expect([inChannel, inThread, second].map(({ isDeleted }) => isDeleted)).toEqual([true, true, true]);
    expect(receipt.content).toContain('3 deleted');
    expect(asBot).toBe(1); // it was refused once, and is not tried again
  });

  it('names and links what it could not change', async () => {
    const place = await afterMeeting();
    const { general, discord, guild } = place;
    const foreign = general.add({
      author: discord.world.bot,
      webhook: new Webhook(general, place.boss.user, 'Old'),
      content: 'My secret',
    });
    await place.posted(foreign, 'a1');
    const receipt = await forgetMe(place);
    const link = `https://discord.com/channels/${guild.id}/${general.id}/${foreign.id}`;
    expect(receipt.content).toContain(`<${link}>`);
    expect(fileOf(receipt.original)).toContain(link);
    expect(receipt.content).toContain('1 left');
    expect(receipt.content).toContain('Minutes of “Weekly”, 2026-11-23: I no longer know where they are');
  });

  it('replaces the posted minutes, files and all, without them', async () => {
    const place = await afterMeeting();
    const record = await place.journal.archive.read(place.id);
    if (!record) throw new Error('The journal lost a meeting');
    const before = await makeMinutes(record, {}, quiet);
    const files = before.files.map(({ name, bytes }) => ({ filename: name, bytes }));
    const minutes = place.general.add({ author: place.discord.world.bot, content: before.overview, files });
    const more = written(place, 'Ana told her secret');
    const places = [minutes, more].map(({ id }) => ({ channelId: place.general.id, messageId: id }));
    await place.journal.of(place.id).setPlaces({ minutes: places });
    expect(fileOf(minutes)).toContain('My secret');
    const receipt = await forgetMe(place);
    expect(receipt.content).toContain('1 rewritten without you, 0 left');
    expect(minutes.attachments).toHaveLength(2);
    expect(fileOf(minutes)).toContain('I see');
    expect(fileOf(minutes)).not.toMatch(/secret|Ana/);
    expect(minutes.content).not.toContain('Ana');
    expect(more.isDeleted).toBe(true);
  });

  it('deletes replies to their voice messages and notices with their name, edits greetings and remarks, and counts all', async () => {
    const place = await afterMeeting();
    const { guild, general, ana, ben, journal } = place;
    const at = (message: Message) => ({ channelId: general.id, messageId: message.id });
    const reply = written(place, '🎙️ **Ana** · 0:03\nMy spoken secret');
    const notice = written(place, '🌐 Ana set the translations of this meeting: Spanish');
    const greeting = written(place, 'Welcome, Ana and Ben. What is said is transcribed here.');
    const remark = written(place, `ℹ️ Ana is speaking, but no text comes\n**Ben** · <t:${AT_S + 8}:T>\nI see`);
    for (const message of [reply, notice])
      await journal.archive.mentioned(guild.id, { ...at(message), what: 'whole' }, [ana.id]);
    await journal.archive.mentioned(guild.id, { ...at(greeting), what: 'name' }, [ana.id, ben.id]);
    await journal.archive.mentioned(guild.id, { ...at(remark), what: 'line' }, [ana.id]);
    const receipt = await forgetMe(place);
    expect(reply.isDeleted).toBe(true);
    expect(notice.isDeleted).toBe(true);
    expect(greeting.content).not.toMatch(/Ana|Ben/);
    expect(greeting.content).toContain('told members who joined later that they are being transcribed');
    expect(remark.content).toBe(`**Ben** · <t:${AT_S + 8}:T>\nI see`);
    expect(receipt.content).toContain('with your name: 2 deleted, 2 edited, 0 already gone, 0 left');
    expect(await journal.archive.mentionsOf(guild.id, ana.id)).toEqual([]);
    expect(await journal.archive.mentionsOf(guild.id, ben.id)).toHaveLength(1);
  });

  it('links messages that could not be erased, and tries again next time, even when nothing else is left', async () => {
    const place = await office();
    const { discord, guild, general, ana, journal } = place;
    const reply = written(place, '🎙️ **Ana** · 0:03\nMy spoken secret');
    const mention = { channelId: general.id, messageId: reply.id, what: 'whole' } as const;
    await journal.archive.mentioned(guild.id, mention, [ana.id]);
    discord.rest.failNext({ method: 'DELETE', path: new RegExp(reply.id), with: { status: 403 } });
    const first = await forgetMe(place);
    expect(first.content).toContain('with your name: 0 deleted, 0 edited, 0 already gone, 1 left');
    expect(first.content).toContain(`/${general.id}/${reply.id}`);
    const second = await forgetMe(place);
    expect(second.content).toContain('with your name: 1 deleted');
    expect(reply.isDeleted).toBe(true);
  });

  it('revokes the keys of the member’s programs in this server, and says so before and after', async () => {
    const place = await afterMeeting();
    const { ana, ben, guild, general, journal } = place;
    const make = async (userId: string, guildId: string) => {
      const key = await journal.apiKeys.make({ userId, guildId, name: 'notes', days: 1 });
      return key === 'too many' ? '' : key.secret;
    };
    const [theirs, others, elsewhere] = [
      await make(ana.id, guild.id),
      await make(ben.id, guild.id),
      await make(ana.id, '999'),
    ];
    const asked = await ana.command('privacy forget-me', {}, { channel: general });
    expect(asked.content).toContain('Your keys of programs in this server will be revoked, too.');
    expect(await journal.apiKeys.keyOf(theirs)).toBeDefined();
    expect((await forgetMe(place)).content).toContain('I revoked 1 key of a program.');
    expect(await journal.apiKeys.keyOf(theirs)).toBeUndefined();
    expect(await journal.apiKeys.keyOf(others)).toBeDefined();
    expect(await journal.apiKeys.keyOf(elsewhere)).toBeDefined();
  });

  it('revokes the keys of a member who never spoke, without asking', async () => {
    const { ben, guild, general, journal } = await office();
    await journal.apiKeys.make({ userId: ben.id, guildId: guild.id, name: 'notes', days: 1 });
    const { content } = await ben.command('privacy forget-me', {}, { channel: general });
    expect(content).toContain('I revoked 1 key of a program.');
    expect(await journal.apiKeys.listOf(guild.id, ben.id)).toEqual([]);
  });
});
