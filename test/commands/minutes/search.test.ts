import { describe, expect, it } from 'vitest';
import { makeFinal, makeHead, makeTranslation } from '../../support/make.ts';
import { office } from '../support/office.ts';

/** A server in which Ana and Ben spoke in a meeting an hour ago. */
async function afterTalk() {
  const place = await office();
  const { guild, general, standup, ana, ben, boss, journal } = place;
  const beganAt = new Date(Date.now() - 60 * 60_000);
  const channels = { voiceChannelId: standup.id, textChannelId: general.id };
  const head = makeHead({ id: 'talk', guildId: guild.id, title: 'Standup', ...channels, startedBy: boss.id, beganAt });
  await journal.begin(head);
  await journal.of(head.id).joined({ speakerId: ana.id, displayName: 'Ana *A*', joinedMs: 0 });
  await journal.of(head.id).joined({ speakerId: ben.id, displayName: 'Ben', joinedMs: 0 });
  const say = async (utteranceId: string, speakerId: string, text: string) =>
    await journal.of(head.id).write(makeFinal({ utteranceId, speakerId, text }));
  await say('u1', ana.id, 'The budget is *not* approved, says @everyone');
  await say('u2', ben.id, 'The budget is fine with me');
  await journal
    .of(head.id)
    .write(makeTranslation({ utteranceId: 'u2', speakerId: ben.id, text: 'El presupuesto me parece bien' }));
  const search = async (options: Readonly<Record<string, string | typeof ana>>, who = ana, channel = general) =>
    (await who.command('minutes search', options, { channel })).content;
  return { ...place, head, say, search };
}

describe('/minutes search', () => {
  it('shows who said it, when, in which meeting and channel, with the words in bold', async () => {
    const { head, general, search } = await afterTalk();
    const at = Math.floor((head.beganAt.getTime() + 1_000) / 1_000);
    const lines = (await search({ query: 'fine' })).split('\n');
    expect(lines.slice(1)).toEqual([
      `• <t:${at}:f> Standup, <#${general.id}>`,
      '> Ben: The budget is **fine** with me',
    ]);
  });

  it('links to the message of a hit, where it is known', async () => {
    const { guild, head, general, journal, search } = await afterTalk();
    await journal.of(head.id).posted({ utteranceId: 'u2', channelId: general.id, messageId: '900' });
    await journal.of(head.id).posted({ utteranceId: 'u2', channelId: general.id, messageId: '901' });
    await journal.of(head.id).posted({ utteranceId: 'u2', language: 'es', channelId: '77', messageId: '902' });
    const link = `https://discord.com/channels/${guild.id}`;
    expect(await search({ query: 'fine' })).toContain(` Standup, ${link}/${general.id}/900\n> Ben`);
    expect(await search({ query: 'presupuesto' })).toContain(` Standup, ${link}/77/902\n> Ben`);
    expect(await search({ query: 'approved' })).toContain(` Standup, <#${general.id}>\n> Ana`);
  });

  it('finds a term of the glossary by its spelling, and shows it that way', async () => {
    const { guild, settings, search, say, ana } = await afterTalk();
    const glossary = [{ written: 'Kubernetes', heard: ['cooper netties'], translations: {} }];
    await settings.changeGuild(guild.id, { glossary });
    await say('u3', ana.id, 'we move to cooper netties');
    expect(await search({ query: 'kubernetes' })).toContain('we move to **Kubernetes**');
  });

  it('answers only the asker', async () => {
    const { general, ana } = await afterTalk();
    const reply = await ana.command('minutes search', { query: 'budget' }, { channel: general });
    expect(reply.ephemeral).toBe(true);
  });

  it('escapes what was said and people’s names: nothing formats or pings', async () => {
    const { search } = await afterTalk();
    const content = await search({ query: 'approved' });
    expect(content).toContain('> Ana \\*A\\*: The budget is \\*not\\* **approved**, says @\u200beveryone');
  });

  it('can be limited to a speaker', async () => {
    const { search, ben } = await afterTalk();
    const content = await search({ query: 'budget', speaker: ben });
    expect(content).toContain('Ben: The **budget** is fine');
    expect(content).not.toContain('approved');
  });

  it('finds translations, and says which language they are in', async () => {
    const { search } = await afterTalk();
    expect(await search({ query: 'presupuesto', language: 'Spanish' })).toContain(
      '> Ben (in Spanish): El **presupuesto** me parece bien',
    );
    expect(await search({ query: 'budget', language: 'es' })).toContain('I found nothing');
  });

  it('can be limited to a time', async () => {
    const { search } = await afterTalk();
    expect(await search({ query: 'budget', since: '2h' })).toContain('Ben');
    expect(await search({ query: 'budget', since: '0h' })).toContain('I found nothing');
    expect(await search({ query: 'budget', since: '2020-02-29' })).toContain('Ben');
  });

  it('reads a date as that day in the server’s time zone', async () => {
    const { guild, head, settings, journal, search } = await afterTalk();
    const beganAt = new Date('2026-11-22T23:30:00Z');
    await journal.begin({ ...head, id: 'late', beganAt });
    await journal.of('late').write(makeFinal({ utteranceId: 'u9', text: 'half past midnight in Berlin' }));
    expect(await search({ query: 'berlin', since: '2026-11-23' })).toContain('I found nothing');
    await settings.changeGuild(guild.id, { timeZone: 'Europe/Berlin' });
    expect(await search({ query: 'berlin', since: '2026-11-23' })).toContain('half past midnight');
  });

  it.each(['yesterday', '2026-11-31', '2026-13-01', '7', '7 years', '-3d'])(
    'says that %j is no time',
    async (since) => {
      const { search } = await afterTalk();
      expect(await search({ query: 'budget', since })).toContain('I do not recognise');
    },
  );

  it('refuses text that is no language, and a query without a word', async () => {
    const { search } = await afterTalk();
    expect(await search({ query: 'budget', language: '!!' })).toContain('as a language');
    expect(await search({ query: '?!' })).toContain('Give me a word');
  });

  it('hides what the asker may not read at the time of asking', async () => {
    const { guild, general, standup, ben, boss, search } = await afterTalk();
    const lobby = guild.addTextChannel('lobby');
    expect(await search({ query: 'budget' }, ben, lobby)).toContain('fine');
    for (const channel of [general, standup]) channel.setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
    expect(await search({ query: 'budget' }, ben, lobby)).toContain('I found nothing');
    expect(await search({ query: 'budget' }, boss, lobby)).toContain('fine'); // he started the meeting
    general.setOverwrite({ for: guild.everyone });
    expect(await search({ query: 'budget' }, ben, lobby)).toContain('fine');
  });

  it('finds nothing in another server', async () => {
    const { discord, journal, general, search } = await afterTalk();
    const elsewhere = discord.addGuild({ name: 'Elsewhere' });
    await journal.begin(makeHead({ id: 'theirs', guildId: elsewhere.id, textChannelId: general.id }));
    await journal.of('theirs').write(makeFinal({ text: 'zeppelin' }));
    expect(await search({ query: 'zeppelin' })).toContain('I found nothing');
  });

  it('shows a piece of a long text around the first match, and answers in one message', async () => {
    const { say, ana, search } = await afterTalk();
    const long = `${'before '.repeat(50)}needle ${'after '.repeat(50)}`;
    for (let n = 0; n < 12; n += 1) await say(`long ${n}`, ana.id, long);
    const content = await search({ query: 'needle' });
    expect(content).toMatch(/> Ana \\\*A\\\*: …(before )+\*\*needle\*\*( after)+…\n/);
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect(content).toMatch(/\n-# There is more/);
  });

  it('cuts a text without spaces between characters', async () => {
    const { say, ana, search } = await afterTalk();
    await say('zh', ana.id, `${'𠀀'.repeat(60)}会议${'𠀁'.repeat(200)}`);
    const content = await search({ query: '会议' });
    expect(content).toMatch(/: …𠀀+\*\*会议\*\*𠀁+…$/u);
    expect(content.isWellFormed()).toBe(true);
  });

  it('suggests languages', async () => {
    const { general, ana } = await afterTalk();
    const choices = await ana.autocomplete('minutes search', 'language', 'span', {
      channel: general,
      options: { query: 'budget' },
    });
    expect(choices.map(({ value }) => value)).toEqual(['es']);
  });
});
