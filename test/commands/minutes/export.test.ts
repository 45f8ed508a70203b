import { describe, expect, it } from 'vitest';
import { makeFinal, makeHead, makeTranslation } from '../../support/make.ts';
import { office } from '../support/office.ts';

/** A server with one finished meeting, and a function that gives the file which Ana gets. */
async function afterTalk() {
  const place = await office();
  const { guild, general, standup, ana, boss, journal } = place;
  const channels = { voiceChannelId: standup.id, textChannelId: general.id };
  await journal.begin(makeHead({ id: 'talk', guildId: guild.id, ...channels, startedBy: boss.id }));
  await journal.of('talk').joined({ speakerId: ana.id, displayName: 'Ana', joinedMs: 0 });
  await journal.of('talk').write(makeFinal({ speakerId: ana.id }));
  await journal.of('talk').write(makeTranslation({ speakerId: ana.id }));
  await journal.of('talk').end(60_000, 'stopped');
  const exported = async (options: Readonly<Record<string, string>>, who = ana, channel = general) =>
    await who.command('minutes export', { meeting: 'talk', ...options }, { channel });
  return { ...place, exported };
}

const bytesOf = (reply: { attachments: readonly { bytes: Uint8Array }[] }) =>
  Buffer.from(reply.attachments[0]?.bytes ?? []);

describe('/minutes export', () => {
  it.each([
    ['md', 'Hello everyone'],
    ['txt', 'Hello everyone'],
    ['vtt', 'WEBVTT'],
    ['srt', '00:00:01,000 --> 00:00:02,000'],
    ['json', '"Hello everyone"'],
    ['docx', 'PK'],
    ['pdf', '%PDF'],
  ])('gives a %s file, only to the asker', async (format, content) => {
    const { exported } = await afterTalk();
    const reply = await exported({ format });
    expect(reply.ephemeral).toBe(true);
    expect(reply.attachments[0]?.filename).toMatch(new RegExp(`^[a-z0-9.-]+\\.${format}$`));
    expect(bytesOf(reply).toString('latin1')).toContain(content);
  });

  it('gives the file in a language, given by code or name', async () => {
    const { exported } = await afterTalk();
    const reply = await exported({ format: 'vtt', language: 'Spanish' });
    expect(reply.attachments[0]?.filename).toMatch(/\.es\.vtt$/);
    expect(bytesOf(reply).toString()).toContain('Hola a todos');
    expect(bytesOf(reply).toString()).not.toContain('Hello everyone');
  });

  it('refuses text that is no language', async () => {
    const { exported } = await afterTalk();
    const reply = await exported({ format: 'vtt', language: '??' });
    expect(reply.content).toContain('as a language');
    expect(reply.attachments).toEqual([]);
  });

  it('says when the file is larger than Discord accepts', async () => {
    const { journal, exported } = await afterTalk();
    const text = 'a very long text indeed '.repeat(25_000);
    for (let n = 0; n < 18; n += 1) await journal.of('talk').write(makeFinal({ utteranceId: `u${n}`, text }));
    const reply = await exported({ format: 'txt' });
    expect(reply.content).toMatch(/too large for this server: it has \d+ MB, and Discord takes at most 10 MB/);
    expect(reply.attachments).toEqual([]);
  });

  it('is allowed to members who may read the meeting', async () => {
    const { guild, general, standup, ana, ben, exported } = await afterTalk();
    const lobby = guild.addTextChannel('lobby');
    for (const channel of [general, standup]) channel.setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
    expect((await exported({ format: 'md' }, ben, lobby)).content).toContain('I do not know that meeting');
    expect((await exported({ format: 'md' }, ana, lobby)).attachments).toHaveLength(1); // she was there
    expect((await exported({ format: 'md', meeting: 'made-up' }, ana, lobby)).content).toContain(
      'I do not know that meeting',
    );
  });
});
