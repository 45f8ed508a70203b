import { describe, expect, it } from 'vitest';
import { LogBook } from '../support/log-book.ts';
import { office } from './support/office.ts';

/** A server whose pages can be reached, and what Ana says there. */
async function programs(publicUrl: string | undefined = 'https://parley.example.org/pages/') {
  const log = new LogBook();
  const place = await office({ log, ...(publicUrl !== '' && { publicUrl }) });
  const { ana, general, guild, journal } = place;
  const key = (name: string, options: { days?: number } = {}, who = ana) =>
    who.command('api key', { name, ...options }, { channel: general });
  const keys = (who = ana) => who.command('api keys', {}, { channel: general });
  const listed = () => journal.apiKeys.listOf(guild.id, ana.id);
  return { ...place, log, key, keys, listed };
}

const secretIn = (content: string) => /parley_[\w-]{43}/.exec(content)?.[0] ?? '';

describe('/api key', () => {
  it('shows a key once and to its member alone, with where to send it', async () => {
    const { ana, guild, journal, log, key, keys } = await programs();
    const { content, ephemeral } = await key('notes on my laptop');
    const secret = secretIn(content);
    expect(ephemeral).toBe(true);
    expect(content).toContain('“notes on my laptop”');
    expect(content).toContain('https://parley.example.org/pages/api/v1 ');
    expect(content).toContain('https://parley.example.org/pages/mcp');
    expect(await journal.apiKeys.keyOf(secret)).toMatchObject({ guildId: guild.id, userId: ana.id });
    expect((await keys()).content).not.toContain(secret);
    expect(log.entries.join('\n')).toContain('"access":"api key","outcome":"allowed"');
    expect(log.entries.join('\n')).not.toMatch(/parley_|laptop/);
  });

  it.each([
    [undefined, 90],
    [1, 1],
    [365, 365],
  ])('works for as many days as asked for: %s', async (days, expected) => {
    const { key, listed } = await programs();
    await key('notes', days === undefined ? {} : { days });
    const [made] = await listed();
    expect((made?.untilMs ?? 0) - (made?.madeAtMs ?? 0)).toBe(expected * 24 * 60 * 60_000);
  });

  it('keeps names full of Markdown, mentions and control characters text', async () => {
    const { key, keys, listed } = await programs();
    const name = '**@everyone** <@1> \u202e`x` \0\n# h';
    const { content } = await key(name);
    expect(content).toContain('\\*\\*@\u200beveryone\\*\\*');
    expect(content).not.toMatch(/\0|\u202e|\n# h/);
    expect((await listed())[0]?.name).toBe('**@everyone** <@1> `x` # h');
    expect((await keys()).content).not.toMatch(/[^\\]\*\*@everyone|<@1>/);
  });

  it.each(['\u200b\u200b', '\0', '\u3164'])('wants a name that people see: %j', async (name) => {
    const { key, listed } = await programs();
    expect((await key(name)).content).toContain('Give the key a name that people can see');
    expect(await listed()).toEqual([]);
  });

  it('gives a member five, and says how to make room', async () => {
    const { key, ben } = await programs();
    for (let n = 1; n <= 5; n++) expect(secretIn((await key(`key ${n}`)).content)).not.toBe('');
    expect((await key('sixth')).content).toContain('You have 5 keys in this server');
    expect(secretIn((await key('first of Ben', {}, ben)).content)).not.toBe('');
  });

  it('says when there are none: the bot has no address, or a manager has switched them off', async () => {
    const bare = await programs('');
    expect((await bare.key('notes')).content).toContain('There are no keys here');
    const { boss, general, key, keys } = await programs();
    await boss.command('settings set', { api: false }, { channel: general });
    expect((await key('notes')).content).toContain('has switched the keys of programs off');
    expect((await keys()).content).toContain('has switched the keys of programs off');
    await boss.command('settings set', { reset: 'api' }, { channel: general });
    expect(secretIn((await key('notes')).content)).not.toBe('');
  });
});

describe('/api keys', () => {
  it('lists one’s own keys with their last use, and revokes the one that is picked', async () => {
    const { ana, ben, journal, log, key, keys, listed } = await programs();
    const first = secretIn((await key('first')).content);
    await key('second');
    await journal.apiKeys.keyOf(first);
    const reply = await keys();
    expect(reply.ephemeral).toBe(true);
    expect(reply.content).toMatch(
      /\*\*first\*\*, works until <t:\d+:D>, last used <t:\d+:R>\n.*\*\*second\*\*.*never used/,
    );
    expect((await keys(ben)).content).toContain('You have no keys');
    const [, { id } = { id: '' }] = await listed();
    if (!reply.original) throw new Error('Nothing was shown');
    const picked = await ana.click(reply.original, 'k1:revoke:', { values: [id] });
    const { content } = await picked.until((shown) => shown.content.includes('revoked'));
    expect(content).toContain('I revoked the key.');
    expect(content).not.toContain('second');
    expect((await listed()).map(({ name }) => name)).toEqual(['first']);
    expect(log.entries.join('\n')).toContain('"access":"api key","outcome":"ended"');
  });
});
