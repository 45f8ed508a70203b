import { describe, expect, it } from 'vitest';
import { buildMinutes } from '../../../src/minutes/model/build-minutes.ts';
import { minutesAsData, minutesJson } from '../../../src/minutes/text/minutes-json.ts';
import { renderPlainText } from '../../../src/minutes/text/plain-text.ts';
import type { Member } from '../../simulators/discord/index.ts';
import { makeFinal } from '../../support/make.ts';
import { type Office, office } from '../support/office.ts';
import { transcribed } from '../support/transcribed.ts';

const NAME = 'minutes rename-speaker';

async function meeting(isRunning = false) {
  const place = await office();
  const finals = [makeFinal({ speakerId: place.ana.id, text: 'Good morning' })];
  const it = await transcribed(place, { finals, isRunning }, { [place.ana.id]: 'guest123', [place.ben.id]: 'Ben' });
  const rename = (who: Member, name: string, speaker = 'guest123') =>
    who.command(NAME, { meeting: it.head.id, speaker, name }, { channel: place.general });
  const record = async () => {
    const read = await place.journal.archive.read(it.head.id);
    if (!read) throw new Error('There is no meeting');
    return read;
  };
  return { ...it, place, rename, record };
}

describe('/minutes rename-speaker', () => {
  it('puts a name right in minutes, exports and search, and keeps what Discord showed', async () => {
    const { place, rename, record } = await meeting();
    const { content } = await rename(place.boss, '  Ana María\n');
    expect(content).toContain('guest123 is now Ana María');
    const text = renderPlainText(buildMinutes(await record()));
    expect(text).toContain('Ana María: Good morning');
    expect(text).toMatch(/Ana María: .*\(name corrected by The Boss, \d{4}-/);
    const data = minutesJson.parse(minutesAsData(await record(), buildMinutes(await record())));
    const ana = data.people.find(({ name }) => name === 'Ana María');
    expect(ana?.renamed).toMatchObject({ from: 'guest123', by: { id: place.boss.id, name: 'The Boss' } });
    const [hit] = await place.journal.archive.search(place.guild.id, { query: 'morning', limit: 1 });
    expect(hit?.speakerName).toBe('Ana María');
  });

  it('suggests the people of that meeting, to managers alone', async () => {
    const { place, head } = await meeting();
    const suggested = (who: Member) =>
      who.autocomplete(NAME, 'speaker', 'GUEST', { channel: place.general, options: { meeting: head.id } });
    expect(await suggested(place.boss)).toEqual([{ name: 'guest123', value: place.ana.id }]);
    expect(await suggested(place.ana)).toEqual([]);
  });

  it.each([
    ['somebody who is no manager', (place: Office) => place.ana, 'guest123', 'Ana', 'manage'],
    ['nobody of that name', (place: Office) => place.boss, '@everyone', 'Ana', 'Nobody in that meeting is called'],
    ['a name that nobody sees', (place: Office) => place.boss, 'guest123', '\u200b \u3164', 'A name needs letters'],
  ])('refuses %s', async (_, who, speaker, name, answer) => {
    const { place, rename, record } = await meeting();
    const { content } = await rename(who(place), name, speaker);
    expect(content).toContain(answer);
    expect(content).not.toContain('@everyone');
    expect((await record()).attendance.map(({ displayName }) => displayName)).toContain('guest123');
  });

  it('waits until the meeting is over', async () => {
    const { place, rename } = await meeting(true);
    expect((await rename(place.boss, 'Ana')).content).toContain('still running');
  });

  it('keeps any name plain', async () => {
    const { place, rename, record } = await meeting();
    const { content } = await rename(place.boss, '**@everyone** <@1> \u202e');
    expect(content).toContain('\\*\\*@\u200beveryone\\*\\*');
    expect((await record()).attendance[0]?.displayName).toBe('**@everyone** <@1>');
    expect(place.discord.violations).toEqual([]);
  });

  it('is forgotten with the person, as is who did it', async () => {
    const { place, rename, record } = await meeting();
    await rename(place.boss, 'Ana María');
    await rename(place.boss, 'Benjamin', 'Ben');
    await place.journal.archive.forget(place.guild.id, place.ana.id);
    expect(JSON.stringify(await record())).not.toContain('María');
    expect(await place.journal.archive.meetingsOf(place.guild.id, place.boss.id)).toHaveLength(1);
    await place.journal.archive.forget(place.guild.id, place.boss.id);
    expect((await record()).attendance).toMatchObject([
      { displayName: 'Benjamin', renamed: { from: 'Ben', byId: '', byName: '' } },
    ]);
  });

  it('does not hide somebody’s messages from their erasure: these have the name that Discord showed', async () => {
    const { place, rename, messages } = await meeting();
    await rename(place.boss, 'Ana María');
    const asked = await place.ana.command('privacy forget-me', {}, { channel: place.general });
    if (!asked.original) throw new Error('Nothing was asked');
    const erased = await place.ana.click(asked.original, 'c1:erase:', {});
    await erased.until(({ components }) => components.length === 0);
    expect(messages[0]?.isDeleted).toBe(true);
  });
});
