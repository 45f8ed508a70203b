import { describe, expect, it } from 'vitest';
import type { Interaction, Member, Message } from '../simulators/discord/index.ts';
import { makeFinal, makeTranslation } from '../support/make.ts';
import { type Office, office, shownToEverybody } from './support/office.ts';
import { type Transcribed, transcribed } from './support/transcribed.ts';

const NAME = 'Correct';
const WRONG = 'We ask Cuba netties';
const RIGHT = 'We ask Kubernetes';

/** Ana has spoken; in a digest Ben has, too, in the same message. */
async function said(place: Office, style: 'finals' | 'digest' = 'finals', isRunning = false): Promise<Transcribed> {
  const { ana, ben } = place;
  const bens = makeFinal({ utteranceId: 'u2', speakerId: ben.id, startMs: 30_000, endMs: 31_000, text: 'Why not' });
  const finals = [makeFinal({ speakerId: ana.id, text: WRONG }), ...(style === 'digest' ? [bens] : [])];
  const translations = [makeTranslation({ speakerId: ana.id, text: 'Preguntamos a Cuba' })];
  return await transcribed(
    place,
    { finals, translations, look: { style }, isRunning },
    { [ana.id]: 'Ana', [ben.id]: 'Ben' },
  );
}

function withText({ messages }: Transcribed, text: string): Message {
  const message = messages.find(({ content }) => content.includes(text));
  if (!message) throw new Error(`No message says ${text}`);
  return message;
}

/** Opens the form of the only line in a message, and sends it. */
async function correct(who: Member, message: Message, text: string): Promise<Interaction> {
  return await who.submit(await who.useOnMessage(NAME, message), { text });
}

const formOf = ({ form }: Interaction) => JSON.stringify(form);
const answerOf = (reply: Interaction) => reply.content;
const customIds = (reply: Interaction) => JSON.stringify(reply.components).match(/k1:[^"]+/g) ?? [];

describe('Correct, in the menu of a message', () => {
  it('opens a form with the line, and puts it right in its message and in the journal', async () => {
    const place = await office();
    const it = await said(place);
    const opened = await place.ana.useOnMessage(NAME, withText(it, WRONG));
    expect(formOf(opened)).toContain(WRONG);
    const reply = await place.ana.submit(opened, { text: `  ${RIGHT}\n` });
    expect(answerOf(reply)).toBe('Corrected, in the message and wherever this meeting is shown from now on.');
    expect(reply.ephemeral).toBe(true);
    expect(withText(it, RIGHT).content).toContain(
      `${RIGHT} *(corrected)*\n> **es** · Preguntamos a Cuba *(of the original)*`,
    );
    const final = (await place.journal.archive.read(it.head.id))?.finals[0];
    expect(final).toMatchObject({ text: RIGHT, corrected: { original: WRONG, byId: place.ana.id, byName: 'Ana' } });
    expect(place.discord.violations).toEqual([]);
  });

  it('asks which line is meant where a message has several, and only offers what the member may correct', async () => {
    const place = await office();
    const it = await said(place, 'digest');
    const message = withText(it, WRONG);
    expect(message.content).toContain('Why not');
    expect(formOf(await place.ben.useOnMessage(NAME, message))).toContain('Why not'); // one line of his, no question
    const asked = await place.boss.useOnMessage(NAME, message);
    expect(answerOf(asked)).toBe('Which line do you want to correct?');
    if (!asked.original) throw new Error('There is no menu');
    const [menu = ''] = customIds(asked);
    const opened = await place.boss.click(asked.original, menu, { values: ['u1'] });
    expect(formOf(opened)).toContain(WRONG);
    const reply = await place.boss.submit(opened, { text: RIGHT });
    await reply.until(({ content }) => content.includes('Corrected, in the message')); // in place of the menu
    expect(customIds(reply).some((id) => id.startsWith('k1:line'))).toBe(false);
    expect(withText(it, RIGHT).content).toContain('Why not');
    expect(place.discord.violations).toEqual([]);
  });

  it('refuses everybody else, also between the form and its sending', async () => {
    const place = await office();
    const it = await said(place);
    const message = withText(it, WRONG);
    const refused = await place.ben.useOnMessage(NAME, message);
    expect(answerOf(refused)).toBe(
      'Only the person who said it, and people who manage this server, can correct a line.',
    );
    const role = place.guild.addRole('scribes', []);
    place.ben.setRoles([role]);
    await place.settings.changeGuild(place.guild.id, { managerRoleId: role.id });
    const opened = await place.ben.useOnMessage(NAME, message);
    expect(formOf(opened)).toContain(WRONG);
    place.ben.setRoles([]);
    const late = await place.ben.submit(opened, { text: RIGHT });
    expect(answerOf(late)).toContain('Only the person who said it');
    expect((await place.journal.archive.read(it.head.id))?.finals[0]?.text).toBe(WRONG);
  });

  it('refuses the later of two people, tells what stands there, and gives back what they typed', async () => {
    const place = await office();
    const it = await said(place);
    const message = withText(it, WRONG);
    const [hers, theirs] = [await place.ana.useOnMessage(NAME, message), await place.boss.useOnMessage(NAME, message)];
    await place.ana.submit(hers, { text: RIGHT });
    const late = await place.boss.submit(theirs, { text: 'We ask @everyone' });
    expect(answerOf(late)).toContain(`Ana has corrected this line in the meantime. It now says: “${RIGHT}”`);
    expect(answerOf(late)).toContain('You wrote: “We ask @\u200beveryone”');
    expect((await correct(place.boss, withText(it, RIGHT), 'We asked Kubernetes')).content).toContain('Corrected');
  });

  it.each([
    ['nothing but spaces', ' \n\u200b ', 'A correction needs words.'],
    ['the same', WRONG, 'You changed nothing.'],
  ])('does nothing with %s', async (_, typed, answer) => {
    const place = await office();
    const it = await said(place);
    expect(answerOf(await correct(place.ana, withText(it, WRONG), typed))).toContain(answer);
    expect((await place.journal.archive.read(it.head.id))?.finals[0]).not.toHaveProperty('corrected');
  });

  it('keeps what somebody typed plain, and within a message', async () => {
    const place = await office();
    const it = await said(place);
    const hostile = `# @everyone <@&1> **bold** \u0007\u202e[x](https://evil.example) ${'語'.repeat(3_900)}`;
    const reply = await correct(place.ana, withText(it, WRONG), hostile);
    expect(answerOf(reply)).toContain('Its message has no room for all of it');
    const { content } = withText(it, 'bold');
    expect(content).toContain('\\# @\u200beveryone');
    for (const sign of ['\u0007', '\u202e']) expect(content).not.toContain(sign);
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect((await place.journal.archive.read(it.head.id))?.finals[0]?.text.length).toBeGreaterThan(3_900);
    const again = await place.ana.useOnMessage(NAME, withText(it, 'bold')); // its longest text fits the form again
    expect(formOf(again)).toContain('語語');
    expect(place.discord.violations).toEqual([]);
  });

  it('tells that a message is no line, a line not final, and a translation', async () => {
    const place = await office();
    const it = await said(place);
    const other = place.ana.write(place.general, 'Hello');
    expect(answerOf(await place.ana.useOnMessage(NAME, other))).toBe('That message is no line of a transcript.');
    await place.journal.of(it.head.id).posted({ utteranceId: 'u9', channelId: place.general.id, messageId: other.id });
    expect(answerOf(await place.ana.useOnMessage(NAME, other))).toContain('not final yet');
    const thread = place.ana.write(place.general, 'Hola');
    const at = { utteranceId: 'u1', language: 'es', channelId: place.general.id, messageId: thread.id };
    await place.journal.of(it.head.id).posted(at);
    expect(answerOf(await place.ana.useOnMessage(NAME, thread))).toContain('That is a translation.');
  });

  it('corrects the record where the message is gone by the time the form is sent, and says so', async () => {
    const place = await office();
    const it = await said(place);
    const opened = await place.ana.useOnMessage(NAME, withText(it, WRONG));
    withText(it, WRONG).delete();
    expect(answerOf(await place.ana.submit(opened, { text: RIGHT }))).toContain('I cannot change its message');
    expect((await place.journal.archive.read(it.head.id))?.finals[0]?.text).toBe(RIGHT);
  });

  it('tells when the line was erased meanwhile', async () => {
    const place = await office();
    const it = await said(place);
    const opened = await place.ana.useOnMessage(NAME, withText(it, WRONG));
    await place.journal.archive.forget(place.guild.id, place.ana.id);
    expect(answerOf(await place.ana.submit(opened, { text: RIGHT }))).toBe('That line no longer exists.');
  });

  it('has a running meeting show it', async () => {
    const place = await office();
    const it = await said(place, 'finals', true);
    place.meetings.shows = 'no room';
    const reply = await correct(place.ana, withText(it, WRONG), RIGHT);
    expect(place.meetings.corrected).toEqual(['u1']);
    expect(answerOf(reply)).toContain('its message has no room for it');
  });
});

describe('the term that a correction changed', () => {
  it('is put into the glossary by somebody who may change it, and offered to nobody else', async () => {
    const place = await shownToEverybody();
    const it = await said(place);
    const hers = await correct(place.ana, withText(it, WRONG), 'We ask Kubernets');
    expect(customIds(hers)).toEqual([]);
    const reply = await correct(place.boss, withText(it, 'Kubernets'), RIGHT);
    expect(answerOf(reply)).toContain('I heard “cuba netties” and you wrote “Kubernetes”.');
    const [button = ''] = customIds(reply);
    if (!reply.original) throw new Error('There is no button');
    const added = await place.boss.click(reply.original, button, {});
    await added.until(({ content }) => content.includes('From now on I write **Kubernetes** · '));
    const { glossary } = await place.settings.guild(place.guild.id);
    expect(glossary).toEqual([{ written: 'Kubernetes', heard: ['cuba netties'], translations: {} }]);
    expect(place.discord.violations).toEqual([]);
  });

  it('is another way to hear a term that the server has', async () => {
    const place = await office();
    const term = { written: 'Kubernetes', heard: ['cube'], translations: { es: 'K8s' } };
    await place.settings.changeGuild(place.guild.id, { glossary: [term] });
    const it = await said(place);
    const reply = await correct(place.boss, withText(it, WRONG), RIGHT);
    const [button = ''] = customIds(reply);
    if (!reply.original) throw new Error('There is no button');
    const added = await place.boss.click(reply.original, button, {});
    await added.until(({ content }) => content.includes('From now on'));
    const { glossary } = await place.settings.guild(place.guild.id);
    expect(glossary).toEqual([{ ...term, heard: ['cube', 'cuba netties'] }]);
  });
});
