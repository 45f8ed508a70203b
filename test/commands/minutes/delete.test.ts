import { describe, expect, it } from 'vitest';
import { makeFinal, makeHead } from '../../support/make.ts';
import { office } from '../support/office.ts';

/** A server with a finished meeting that Ana started. */
async function afterTalk() {
  const place = await office();
  const { guild, general, standup, ana, journal } = place;
  const channels = { voiceChannelId: standup.id, textChannelId: general.id };
  await journal.begin(makeHead({ id: 'talk', guildId: guild.id, title: 'The *plan*', ...channels, startedBy: ana.id }));
  await journal.of('talk').write(makeFinal({ speakerId: ana.id, text: 'zeppelin' }));
  await journal.of('talk').end(60_000, 'stopped');
  const deleted = async (who = ana, meeting = 'talk') =>
    (await who.command('minutes delete', { meeting }, { channel: general })).content;
  return { ...place, deleted };
}

describe('/minutes delete', () => {
  it('erases a meeting for its starter, with a receipt', async () => {
    const { guild, journal, deleted } = await afterTalk();
    const receipt = await deleted();
    expect(receipt).toContain('Erased for good: **The \\*plan\\***');
    expect(receipt).toContain('with 1 text, the attendance list');
    expect(await journal.archive.read('talk')).toBeUndefined();
    expect(await journal.archive.search(guild.id, { query: 'zeppelin', limit: 1 })).toEqual([]);
  });

  it('erases a meeting for a manager of the server, even one that they may not read', async () => {
    const { guild, general, standup, boss, journal } = await afterTalk();
    const lobby = guild.addTextChannel('lobby');
    for (const channel of [general, standup]) channel.setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
    const [choice] = await boss.autocomplete('minutes delete', 'meeting', 'plan', { channel: lobby });
    const reply = await boss.command('minutes delete', { meeting: String(choice?.value) }, { channel: lobby });
    expect(reply.content).toContain('Erased for good');
    expect(await journal.archive.read('talk')).toBeUndefined();
  });

  it('erases no meeting for anybody else, and suggests none to them', async () => {
    const { general, ben, journal, deleted } = await afterTalk();
    expect(await deleted(ben)).toContain('**Manage Server**');
    expect(await ben.autocomplete('minutes delete', 'meeting', '', { channel: general })).toEqual([]);
    expect(await journal.archive.read('talk')).toBeDefined();
  });

  it('finds no meeting of another server', async () => {
    const { discord, boss, ana, journal, deleted } = await afterTalk();
    const elsewhere = discord.addGuild({ name: 'Elsewhere' });
    await journal.begin(makeHead({ id: 'theirs', guildId: elsewhere.id, startedBy: ana.id }));
    expect(await deleted(ana, 'theirs')).toContain('I do not know that meeting');
    expect(await deleted(boss, 'theirs')).toContain('I do not know that meeting');
    expect(await journal.archive.read('theirs')).toBeDefined();
  });

  it('refuses to delete a running meeting', async () => {
    const { guild, general, ana, meetings, journal, deleted } = await afterTalk();
    await ana.command('transcribe start', {}, { channel: general });
    const id = meetings.meetingOf(guild.id)?.head.id ?? '';
    expect(await deleted(ana, id)).toContain('still running');
    expect(await journal.archive.read(id)).toBeDefined();
  });

  it('leaves nothing that could be shown afterwards', async () => {
    const { general, ana, deleted } = await afterTalk();
    await deleted();
    expect((await ana.command('minutes list', {}, { channel: general })).content).toContain('no meetings');
    expect(await deleted()).toContain('I do not know that meeting');
  });
});

describe('/minutes retention', () => {
  it('shows, sets and resets how long meetings are kept', async () => {
    const { guild, general, ana, boss, journal } = await office();
    const said = async (who: typeof ana, options: { days?: number }) =>
      (await who.command('minutes retention', { ...options }, { channel: general })).content;
    expect(await said(ana, {})).toContain('until somebody deletes them');
    expect(await said(boss, { days: 30 })).toContain('30 days');
    expect(await journal.archive.keepDays(guild.id)).toBe(30);
    expect(await said(ana, {})).toContain('30 days');
    expect(await said(boss, { days: 0 })).toContain('until somebody deletes them');
    expect(await journal.archive.keepDays(guild.id)).toBeUndefined();
  });

  it('can be set only by members who may manage the server', async () => {
    const { guild, general, ana, journal } = await office();
    const reply = await ana.command('minutes retention', { days: 1 }, { channel: general });
    expect(reply.content).toContain('Manage Server');
    expect(await journal.archive.keepDays(guild.id)).toBeUndefined();
  });
});
