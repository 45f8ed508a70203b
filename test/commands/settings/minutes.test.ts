import { describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { office, shownToEverybody } from '../support/office.ts';

describe('/settings set time-zone', () => {
  it('takes a zone by its name, in any case', async () => {
    const { guild, general, boss, settings } = await office();
    await boss.command('settings set', { 'time-zone': 'europe/berlin' }, { channel: general });
    expect((await settings.guild(guild.id)).timeZone).toBe('Europe/Berlin');
    await boss.command('settings set', { reset: 'time-zone' }, { channel: general });
    expect((await settings.guild(guild.id)).timeZone).toBeUndefined();
  });

  it.each(['Mars/Olympus', '+02:00', '**now**'])('refuses %s', async (zone) => {
    const { guild, general, boss, settings } = await office();
    const { content } = await boss.command('settings set', { 'time-zone': zone }, { channel: general });
    expect(content).toMatch(/^I do not know the time zone “.*Nothing was changed\.$/);
    expect((await settings.guild(guild.id)).timeZone).toBeUndefined();
  });
});

describe('/settings glossary', () => {
  it('adds a term, and changes it when it is given again', async () => {
    const { guild, general, boss, settings, meetings } = await office();
    const ask = (options: Record<string, string>) => boss.command('settings glossary', options, { channel: general });
    await ask({ written: 'Palabra', heard: 'palavra, pala bra,' });
    const { content } = await ask({
      written: 'Palabra',
      heard: 'palavra',
      translations: 'es=Palabra, French = Parole',
    });
    expect(content).toBe('From now on I write **Palabra** · heard as “palavra” · es: Palabra · fr: Parole.');
    expect((await settings.guild(guild.id)).glossary).toEqual([
      { written: 'Palabra', heard: ['palavra'], translations: { es: 'Palabra', fr: 'Parole' } },
    ]);
    expect(meetings.changedGuilds).toEqual([guild.id, guild.id]);
  });

  it('shows the terms without their formatting, and removes one', async () => {
    const { guild, general, boss, settings } = await office();
    const ask = (options: Record<string, string> = {}) =>
      boss.command('settings glossary', options, { channel: general });
    expect((await ask()).content).toContain('There are no terms yet');
    await ask({ written: '**GraphQL**' });
    await ask({ written: 'Anna' });
    expect((await ask()).content.split('\n')).toEqual([
      'Glossary: 2 terms (`/settings glossary`)',
      '• **\\*\\*GraphQL\\*\\***',
      '• **Anna**',
    ]);
    expect((await ask({ remove: 'nobody' })).content).toBe('The glossary has no term “nobody”.');
    await ask({ remove: 'anna' });
    expect((await settings.guild(guild.id)).glossary?.map(({ written }) => written)).toEqual(['**GraphQL**']);
  });

  it('explains the format of translations when it cannot read them', async () => {
    const { guild, general, boss, settings } = await office();
    const options = { written: 'Board', translations: 'Consejo' };
    const { content } = await boss.command('settings glossary', options, { channel: general });
    expect(content).toContain('`es=Consejo, fr=Conseil`');
    expect((await settings.guild(guild.id)).glossary).toBeUndefined();
  });

  it('is for managers', async () => {
    const { guild, general, ana, settings } = await shownToEverybody();
    await ana.command('settings glossary', { written: 'Mine' }, { channel: general });
    expect((await settings.guild(guild.id)).glossary).toBeUndefined();
  });
});

describe('/settings summary', () => {
  it('chooses a template and what the model is told, and shows both', async () => {
    const { guild, general, boss, settings } = await office();
    const ask = async (options: Record<string, string | boolean> = {}) =>
      (await boss.command('settings summary', options, { channel: general })).content;
    expect(await ask()).toBe('Template of summaries: meeting (`/settings summary`)');
    const { content: later } = await boss.command('settings summary', { template: 'tabletop' }, { channel: general });
    expect(later).toContain('tabletop session');
    expect(later).toContain('No language model is set up for me');
    await ask({ context: 'The party:\nMira, *Old* Tom @everyone' });
    expect((await settings.guild(guild.id)).summary).toEqual({
      template: 'tabletop',
      context: 'The party: Mira, *Old* Tom @everyone',
    });
    expect(await ask()).toMatch(/tabletop session; the model is told: “The party: Mira, \\\*Old\\\* Tom/);
    await ask({ context: 'x'.repeat(500) });
    const { content } = await boss.command('settings show', {}, { channel: general });
    expect(content).toContain(`“${'x'.repeat(79)}…”`);
    expect(await ask()).toContain('x'.repeat(500));
    await ask({ reset: true });
    expect((await settings.guild(guild.id)).summary).toBeUndefined();
  });

  it('is for managers', async () => {
    const { guild, general, ana, settings } = await shownToEverybody();
    await ana.command('settings summary', { template: 'class' }, { channel: general });
    expect((await settings.guild(guild.id)).summary).toBeUndefined();
  });
});

describe('/settings webhook', () => {
  it('shows the secret once, and later only the host', async () => {
    const { guild, general, boss, settings } = await office();
    const url = 'https://hooks.example/in?key=hush';
    const { content } = await boss.command('settings webhook', { url }, { channel: general });
    const { webhook } = await settings.guild(guild.id);
    expect(webhook?.url).toBe(url);
    expect(webhook?.secret).toMatch(/^whsec_[\w-]{43}$/);
    expect(content).toContain(webhook?.secret);
    for (const command of ['settings show', 'settings webhook']) {
      const shown = await boss.command(command, {}, { channel: general });
      expect(shown.content).toContain('hooks.example');
      expect(shown.content).not.toMatch(/hush|whsec/);
    }
  });

  it('gets each line as well where that is chosen, with the address or later, until it is chosen no longer', async () => {
    const { guild, general, boss, settings } = await office();
    const choose = async (options: Readonly<Record<string, string | boolean>>) =>
      (await boss.command('settings webhook', options, { channel: general })).content;
    const linesNow = async () => (await settings.guild(guild.id)).webhook?.lines;
    expect(await choose({ lines: true })).toContain('I do not know where to send them');
    expect(await choose({ url: 'https://hooks.example/in?key=hush', lines: true })).toContain('each translation');
    expect(await linesNow()).toBe(true);
    const { secret } = (await settings.guild(guild.id)).webhook ?? {};
    expect(await choose({})).toContain('each line as soon as it is final');
    expect(await choose({ lines: false })).toBe('From now on I send only the minutes to hooks.example.');
    expect(await linesNow()).toBeUndefined();
    expect(await choose({ lines: true })).not.toMatch(/hush|whsec/);
    expect((await settings.guild(guild.id)).webhook).toEqual({
      ...{ url: 'https://hooks.example/in?key=hush', secret, lines: true },
    });
    expect(await choose({ url: 'https://hooks.example/other' })).not.toContain('each translation');
    expect(await linesNow()).toBeUndefined(); // another receiver gets no more than was asked for
  });

  it('can be turned off', async () => {
    const { guild, general, boss, settings } = await office();
    await settings.changeGuild(guild.id, { webhook: { url: 'https://hooks.example/', secret: 's' } });
    await boss.command('settings webhook', { off: true }, { channel: general });
    expect((await settings.guild(guild.id)).webhook).toBeUndefined();
  });

  it.each([
    'http://hooks.example/',
    'ftp://hooks.example/',
    'nonsense',
    'https://me:hush@hooks.example/',
    'https://me@hooks.example/',
    'https://:hush@hooks.example/',
  ])('refuses %s', async (url) => {
    const { guild, general, boss, settings } = await office();
    const { content } = await boss.command('settings webhook', { url }, { channel: general });
    expect(content).toContain('I only send minutes to addresses that begin with `https://`');
    expect((await settings.guild(guild.id)).webhook).toBeUndefined();
  });

  it('needs the permission to manage the server: managing channels or the manager role is not enough', async () => {
    const lines: object[] = [];
    const log = { ...quiet, info: (fields: object) => void lines.push(fields) };
    const { guild, general, ana, ben, settings } = await shownToEverybody({ log });
    const role = guild.addRole('Scribes');
    await settings.changeGuild(guild.id, { managerRoleId: role.id });
    ana.setRoles([role]);
    ben.setRoles([guild.addRole('Gardeners', ['ManageChannels'])]);
    for (const member of [ana, ben]) {
      const refused = await member.command('settings webhook', { url: 'https://hooks.example/' }, { channel: general });
      expect(refused.content).toContain('**Manage Server**');
      expect((await settings.guild(guild.id)).webhook).toBeUndefined();
    }
    const webhook = { url: 'https://hooks.example/in', secret: 's' };
    await settings.changeGuild(guild.id, { webhook });
    await ben.command('settings webhook', { off: true }, { channel: general });
    expect((await settings.guild(guild.id)).webhook).toEqual(webhook);
    const refusal = { access: 'webhook', outcome: 'refused', guildId: guild.id };
    expect(lines).toEqual([ana, ben, ben].map(({ id }) => ({ ...refusal, userId: id })));
  });

  it('is announced to the running meeting, and logged for the operator by ids alone', async () => {
    const lines: string[] = [];
    const log = { ...quiet, info: (...parts: unknown[]) => void lines.push(JSON.stringify(parts)) };
    const { guild, general, boss, meetings } = await office({ log });
    const url = 'https://hooks.example/in?key=hush';
    await boss.command('settings webhook', { url }, { channel: general });
    await boss.command('settings webhook', { off: true }, { channel: general });
    expect(meetings.changedGuilds).toEqual([guild.id, guild.id]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('"access":"webhook","outcome":"changed"');
    expect(lines.join()).not.toMatch(/hooks|hush|whsec/);
  });

  it('accepts plain http where the operator allows private hosts', async () => {
    const { guild, general, boss, settings } = await office({ allowsPrivateWebhooks: true });
    await boss.command('settings webhook', { url: 'http://wiki.internal/' }, { channel: general });
    expect((await settings.guild(guild.id)).webhook?.url).toBe('http://wiki.internal/');
  });
});
