import { describe, expect, it } from 'vitest';
import { makeFinal, makeHead } from '../../support/make.ts';
import { type Office, office } from '../support/office.ts';

/** A meeting that Ana held and ended, in which one sentence was said. */
async function afterMeeting(): Promise<Office> {
  const place = await office();
  const { guild, general, ana, meetings, journal } = place;
  await ana.command('transcribe start', {}, { channel: general });
  const id = meetings.meetingOf(guild.id)?.head.id ?? '';
  await journal.of(id).joined({ speakerId: ana.id, displayName: 'Ana', joinedMs: 0 });
  await journal.of(id).write(makeFinal({ speakerId: ana.id, text: 'We agreed.' }));
  await ana.command('transcribe stop', {}, { channel: general });
  return place;
}

describe('/minutes channel', () => {
  it('shows, sets and resets where minutes are posted', async () => {
    const { guild, general, boss, settings } = await office();
    const archive = guild.addTextChannel('archive');
    const shown = await boss.command('minutes channel', {}, { channel: general });
    expect(shown.content).toContain('in the same place as the transcript');
    const set = await boss.command('minutes channel', { channel: archive }, { channel: general });
    expect(set.content).toContain(`<#${archive.id}>`);
    expect((await settings.guild(guild.id)).minutesChannelId).toBe(archive.id);
    await boss.command('minutes channel', { off: true }, { channel: general });
    expect((await settings.guild(guild.id)).minutesChannelId).toBeUndefined();
  });

  it('can be set only by members who may manage the server or its channels', async () => {
    const { guild, general, ana, settings } = await office();
    const reply = await ana.command('minutes channel', { channel: general }, { channel: general });
    expect(reply.content).toContain('Manage Server');
    expect((await settings.guild(guild.id)).minutesChannelId).toBeUndefined();
  });

  it('names the permission that the bot lacks there', async () => {
    const { guild, general, boss, settings } = await office();
    const archive = guild.addTextChannel('archive', { overwrites: [{ for: guild.bot, deny: ['AttachFiles'] }] });
    const reply = await boss.command('minutes channel', { channel: archive }, { channel: general });
    expect(reply.content).toContain('**Attach Files**');
    expect((await settings.guild(guild.id)).minutesChannelId).toBeUndefined();
  });
});

describe('/minutes of past meetings', () => {
  it('show the latest meeting, with its file, only to the asker', async () => {
    const { general, ana } = await afterMeeting();
    const reply = await ana.command('minutes latest', {}, { channel: general });
    expect(reply.ephemeral).toBe(true);
    expect(reply.content).toContain('Standup');
    expect(Buffer.from(reply.attachments[0]?.bytes ?? []).toString()).toContain('We agreed.');
  });

  it('continue in further messages for the asker alone when a summary is longer than one', async () => {
    const { guild, general, ana, journal } = await afterMeeting();
    const [head] = await journal.archive.list(guild.id, 1);
    const record = head && (await journal.archive.read(head.id));
    const [said] = record?.finals ?? [];
    if (!record || !said) throw new Error('No meeting was kept');
    const points = Array.from({ length: 30 }, (_, i) => ({
      text: `Point ${i}: ${'word '.repeat(20)}`,
      cites: [said.utteranceId],
    }));
    const text = { language: 'en', keyPoints: points, decisions: [], actions: [], questions: [] };
    await journal.of(record.head.id).summarised({ kind: 'written', texts: [text], madeBy: { model: 'test' } }, 1);
    const reply = await ana.command('minutes latest', {}, { channel: general });
    const read = () => [reply.content, ...reply.followUps.map(({ content }) => content)].join('\n');
    await reply.until(() => points.every((point) => read().includes(point.text.trim())), 5_000);
    expect(reply.followUps.length).toBeGreaterThan(0);
    expect(reply.followUps.every(({ isEphemeral }) => isEphemeral)).toBe(true);
  });

  it('are shown and exported in the asker’s language', async () => {
    const { guild, general, standup } = await afterMeeting();
    const dora = guild.addMember({ name: 'dora', locale: 'de' });
    dora.join(standup);
    const shown = await dora.command('minutes latest', {}, { channel: general });
    expect(shown.content).toContain('**Anwesenheit** (1)');
    expect(Buffer.from(shown.attachments[0]?.bytes ?? []).toString()).toContain('## Redezeit');
    const [choice] = await dora.autocomplete('minutes export', 'meeting', 'stand', { channel: general });
    const given = { meeting: String(choice?.value), format: 'txt' };
    const exported = await dora.command('minutes export', given, { channel: general });
    expect(Buffer.from(exported.attachments[0]?.bytes ?? []).toString()).toContain('\nRedezeit\n--------\n');
  });

  it('are listed, newest first', async () => {
    const { general, standup, ana } = await afterMeeting();
    await ana.command('transcribe start', {}, { channel: general });
    const { content } = await ana.command('minutes list', {}, { channel: general });
    const lines = content.split('\n').slice(1);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(new RegExp(`\\*\\*Standup\\*\\*, <#${standup.id}> · running now`));
  });

  it('are shown when picked from the suggestions', async () => {
    const { general, ana } = await afterMeeting();
    const [choice] = await ana.autocomplete('minutes show', 'meeting', 'stand', { channel: general });
    expect(choice?.name).toContain('Standup');
    const reply = await ana.command('minutes show', { meeting: String(choice?.value) }, { channel: general });
    expect(reply.attachments[0]?.filename).toMatch(/^minutes-.*\.md$/);
  });

  it('are listed page by page', async () => {
    const { guild, general, ana, journal } = await office();
    for (let day = 10; day < 35; day += 1) {
      const beganAt = new Date(Date.UTC(2026, 9, day, 9));
      await journal.begin(makeHead({ id: `d${day}`, guildId: guild.id, textChannelId: general.id, beganAt }));
    }
    const page = async (options: object) =>
      (await ana.command('minutes list', { ...options }, { channel: general })).content;
    const newest = Date.UTC(2026, 9, 34, 9) / 1_000;
    const oldest = Date.UTC(2026, 9, 10, 9) / 1_000;
    expect(await page({})).toMatch(new RegExp(`Page 1 of 3\\.\n• <t:${newest}:f>`));
    expect((await page({ page: 2 })).split('\n')).toHaveLength(11);
    expect(await page({ page: 3 })).toMatch(new RegExp(`• <t:${oldest}:f> [^\n]*$`));
    expect(await page({ page: 99 })).toContain('Page 3 of 3');
  });

  it('are listed with buttons that turn the page in place, and check again what may be read', async () => {
    const { discord, guild, general, standup, ana, ben, journal } = await office();
    const lobby = guild.addTextChannel('lobby');
    const place = { guildId: guild.id, textChannelId: general.id, voiceChannelId: standup.id };
    for (let day = 10; day < 25; day += 1) {
      await journal.begin(makeHead({ id: `d${day}`, ...place, beganAt: new Date(Date.UTC(2026, 9, day, 9)) }));
    }
    const { original } = await ben.command('minutes list', {}, { channel: lobby });
    if (!original) throw new Error('There is an answer');
    expect(JSON.stringify(original.components)).toContain('"label":"Older"');
    const older = await ben.click(original, 'm1:list:2');
    await older.until(({ content }) => content.includes('Page 2 of 2'));
    for (const channel of [general, standup]) channel.setOverwrite({ for: ben, deny: ['ViewChannel'] });
    const gone = await ben.click(original, 'm1:list:1');
    await gone.until(({ content }) => content.includes('no meetings'));
    expect((await ana.command('minutes list', { page: 2 }, { channel: lobby })).content).toContain('Page 2 of 2');
    expect(discord.violations).toEqual([]);
  });

  it('are suggested by any words of their date and title, even the oldest', async () => {
    const { guild, general, ana, journal } = await office();
    for (let day = 1; day <= 60; day += 1) {
      const title = day === 3 ? 'Budget für 2027' : 'Standup';
      const beganAt = new Date(Date.UTC(2026, 7, day, 9, 30));
      await journal.begin(makeHead({ id: `d${day}`, guildId: guild.id, textChannelId: general.id, title, beganAt }));
    }
    const suggested = async (typed: string) =>
      await ana.autocomplete('minutes show', 'meeting', typed, { channel: general });
    expect(await suggested('2027 BUDGET')).toEqual([{ name: '2026-08-03 09:30 Budget für 2027', value: 'd3' }]);
    expect((await suggested('2026-08-02 stand')).map(({ value }) => value)).toEqual(['d2']);
    expect(await suggested('')).toHaveLength(25);
    expect(await suggested('carnival')).toEqual([]);
  });

  it('are suggested with times in the server’s time zone', async () => {
    const { guild, general, ana, journal, settings } = await office();
    await settings.changeGuild(guild.id, { timeZone: 'Asia/Tokyo' });
    const beganAt = new Date(Date.UTC(2026, 7, 3, 20, 30));
    await journal.begin(makeHead({ id: 'd1', guildId: guild.id, textChannelId: general.id, title: 'Late', beganAt }));
    expect(await ana.autocomplete('minutes show', 'meeting', '2026-08-04 05:30', { channel: general })).toEqual([
      { name: '2026-08-04 05:30 Late', value: 'd1' },
    ]);
  });

  it('are reported as missing when there are none', async () => {
    const { general, ana } = await office();
    expect((await ana.command('minutes latest', {}, { channel: general })).content).toContain('no meetings');
    expect((await ana.command('minutes list', {}, { channel: general })).content).toContain('no meetings');
  });

  it('are not found by a made-up id, or by one of another server', async () => {
    const { discord, general, ana, journal, guild } = await afterMeeting();
    const elsewhere = discord.addGuild({ name: 'Elsewhere' });
    const [head] = await journal.archive.list(guild.id, 1);
    if (!head) throw new Error('No meeting was kept');
    await journal.begin({ ...head, id: 'theirs', guildId: elsewhere.id, startedBy: ana.id });
    for (const meeting of ['made-up', 'theirs']) {
      const reply = await ana.command('minutes show', { meeting }, { channel: general });
      expect(reply.content).toContain('I do not know that meeting');
    }
  });

  it('are hidden from people who could neither read nor hear the meeting', async () => {
    const { guild, general, standup, ana, ben } = await afterMeeting();
    const lobby = guild.addTextChannel('lobby');
    for (const channel of [general, standup]) channel.setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
    expect((await ben.command('minutes latest', {}, { channel: lobby })).content).toContain('no meetings');
    expect(await ben.autocomplete('minutes show', 'meeting', '', { channel: lobby })).toEqual([]);
    expect((await ben.command('minutes show', { meeting: 'm1' }, { channel: lobby })).content).toContain(
      'I do not know that meeting',
    );
    const own = await ana.command('minutes show', { meeting: 'm1' }, { channel: lobby });
    expect(own.attachments[0]?.filename).toMatch(/\.md$/);
  });
});
