import { describe, expect, it } from 'vitest';
import { LinksInMemory } from '../../src/web/live/links.ts';
import type { Interaction, Message } from '../simulators/discord/index.ts';
import { makeFinal } from '../support/make.ts';
import { type Office, office } from './support/office.ts';

interface WithPanel extends Office {
  readonly panel: Message;
  /** A button's custom id. */
  readonly id: (name: string) => string;
}

async function shown(change: Parameters<typeof office>[0] = {}): Promise<WithPanel> {
  const place = await office(change);
  await place.ana.command('transcribe start', {}, { channel: place.general });
  const panel = await place.general.waitFor(({ components }) => components.length > 0);
  const meetingId = place.meetings.meetingOf(place.guild.id)?.head.id ?? '';
  return { ...place, panel, id: (name) => `p1:${name}:${meetingId}` };
}

function labelsOf(message: Message): string[] {
  return JSON.stringify(message.components).match(/(?<="label":")[^"]+/g) ?? [];
}

/** The answer, as a message with buttons. */
function answerOf({ original }: Interaction): Message {
  if (!original) throw new Error('Nothing was answered');
  return original;
}

/** The key of the link in an answer. */
function secretIn({ components }: Interaction): string {
  return /\?key=([\w-]+)/.exec(JSON.stringify(components))?.[1] ?? '';
}

describe('the buttons of a panel', () => {
  it('pause and resume, and announce it to everybody', async () => {
    const { panel, id, ana, general, meetings, guild } = await shown();
    const paused = await ana.click(panel, id('pause'));
    expect(paused).toMatchObject({ deferred: true, ephemeral: true });
    expect(paused.content).toContain('from now on I hear and write nothing');
    expect(meetings.meetingOf(guild.id)?.currentStatus().phase).toBe('paused');
    await general.waitFor(({ content }) => content.includes('Ana paused the transcript'));
    await general.waitFor((message) => message === panel && JSON.stringify(message.components).includes(id('resume')));
    await ana.click(panel, id('resume'));
    expect(meetings.meetingOf(guild.id)?.currentStatus().phase).toBe('running');
  });

  it('stop the meeting, and with it the panel', async () => {
    const { panel, id, ana, general, meetings, guild } = await shown();
    const reply = await ana.click(panel, id('stop'));
    expect(reply.content).toContain('is over');
    expect(meetings.meetingOf(guild.id)).toBeUndefined();
    await general.waitFor((message) => message === panel && message.content.includes('the meeting is over'));
    expect(panel.components).toEqual([]);
  });

  it('are for those who may use the commands', async () => {
    const { panel, id, ben, boss, meetings, guild } = await shown();
    expect((await ben.click(panel, id('pause'))).content).toContain('Somebody else started that meeting');
    expect((await ben.click(panel, id('stop'))).content).toContain('Somebody else started that meeting');
    expect(meetings.meetingOf(guild.id)?.currentStatus().phase).toBe('running');
    await boss.click(panel, id('pause'));
    expect(meetings.meetingOf(guild.id)?.currentStatus().phase).toBe('paused');
  });

  it('never reach a later meeting', async () => {
    const { panel, id, ana, meetings, guild, general } = await shown();
    const { components } = panel;
    await ana.command('transcribe stop', {}, { channel: general });
    await ana.command('transcribe start', {}, { channel: general });
    panel.edit({ components }); // as a client shows it before the edit arrives
    expect((await ana.click(panel, id('stop'))).content).toContain('That meeting is over');
    expect(meetings.meetingOf(guild.id)).toBeDefined();
  });

  it('open a form with the languages that are set, which sets others', async () => {
    const { panel, id, ana, settings, guild } = await shown();
    await settings.changeGuild(guild.id, { translateTo: ['es', 'fr'] });
    const form = await ana.click(panel, id('translate'));
    expect(JSON.stringify(form.form)).toContain('"value":"es, fr"');
    const reply = await ana.submit(form, { languages: 'German, ja' });
    expect(reply.content).toContain('translated into German');
    expect((await settings.guild(guild.id)).translateTo).toEqual(['de', 'ja']);
    const again = await ana.submit(await ana.click(panel, id('translate')), { languages: 'off' });
    expect(again.content).toContain('meetings here are not translated');
    expect((await settings.guild(guild.id)).translateTo).toEqual([]);
  });

  it('let each reader choose their own language', async () => {
    const { discord, panel, id, ana, ben, settings, guild } = await shown();
    await settings.changeGuild(guild.id, { translateTo: ['es'] });
    const asked = await ben.click(panel, id('reads'));
    if (!asked.original) throw new Error('There is an answer');
    const chosen = await ben.click(asked.original, 'p1:reading:me', { values: ['es'] });
    await chosen.until(({ content }) => content.includes('Spanish'));
    expect(asked.components).toEqual([]);
    expect((await settings.member(guild.id, ben.id)).reads).toBe('es');
    expect((await settings.member(guild.id, ana.id)).reads).toBeUndefined();

    const other = await ben.click(panel, id('reads'));
    if (!other.original) throw new Error('There is an answer');
    const untranslated = await ben.click(other.original, 'p1:reading:me', { values: ['ja'] });
    await untranslated.until(({ content }) => content.includes('/translate'));
    const last = await ben.click(panel, id('reads'));
    if (!last.original) throw new Error('There is an answer');
    const original = await ben.click(last.original, 'p1:reading:me', { values: ['as-spoken'] });
    await original.until(({ content }) => content.includes('as it was spoken'));
    expect((await settings.member(guild.id, ben.id)).reads).toBeUndefined();
    expect(discord.violations).toEqual([]);
  });

  it('let members choose how long their own pauses are', async () => {
    const { discord, panel, id, ana, ben, settings, guild } = await shown();
    await settings.changeGuild(guild.id, { pause: 'patient' });
    for (const [value, pause, said] of [
      ['quick', 'quick', 'quick: 0.35 s'],
      ['as-server', undefined, 'patient: 1.2 s'],
    ] as const) {
      const asked = await ben.click(panel, id('reads'));
      if (!asked.original) throw new Error('There is an answer');
      const chosen = await ben.click(asked.original, 'p1:pausing:me', { values: [value] });
      await chosen.until(({ content }) => content.includes(said));
      expect((await settings.member(guild.id, ben.id)).pause).toBe(pause);
    }
    expect((await settings.member(guild.id, ana.id)).pause).toBeUndefined();
    expect(discord.violations).toEqual([]);
  });

  it('give the minutes of what was said until now, to those who may read them', async () => {
    const { panel, id, ana, ben, general, standup, journal, meetings, guild } = await shown();
    await journal.of(meetings.meetingOf(guild.id)?.head.id ?? '').write(makeFinal({ text: 'We have begun' }));
    const reply = await ana.click(panel, id('so-far'));
    expect(reply.ephemeral).toBe(true);
    expect(Buffer.from(reply.attachments[0]?.bytes ?? []).toString()).toContain('We have begun');
    for (const channel of [general, standup]) channel.setOverwrite({ for: ben, deny: ['ViewChannel'] });
    expect((await ben.click(panel, id('so-far'))).content).toContain('I do not know that meeting');
  });

  it('give a link to the live page, to those who may read the text channel', async () => {
    const liveLinks = new LinksInMemory('https://parley.example.org');
    const { panel, id, ana, ben, general, meetings, guild } = await shown({ liveLinks });
    expect(labelsOf(panel)).toContain('Live page');
    const reply = await ben.click(panel, id('live'));
    expect(reply.ephemeral).toBe(true);
    const meetingId = meetings.meetingOf(guild.id)?.head.id ?? '';
    expect(secretIn(reply) && liveLinks.passOf(meetingId, secretIn(reply))?.guest.userId).toBe(ben.id);
    general.setOverwrite({ for: ana, deny: ['ViewChannel'] });
    const refused = await ana.click(panel, id('live'));
    expect(refused.content).toContain('only for people who can read');
    expect(refused.components).toEqual([]);
  });

  it('close the asker’s links to the live page, and nobody else’s', async () => {
    const liveLinks = new LinksInMemory('https://parley.example.org');
    const { panel, id, ana, ben, meetings, guild } = await shown({ liveLinks });
    const meetingId = meetings.meetingOf(guild.id)?.head.id ?? '';
    const works = (reply: Interaction) => liveLinks.passOf(meetingId, secretIn(reply)) !== undefined;
    const reply = await ben.click(panel, id('live'));
    const others = await ana.click(panel, id('live'));
    expect(labelsOf(answerOf(reply))).toEqual(['Live page', 'Close my links']);
    const closed = await ben.click(answerOf(reply), `p1:close-my-links:${meetingId}`);
    expect(closed.content).toBe('Your link is closed, and the pages opened with it have stopped.');
    expect([reply, others].map(works)).toEqual([false, true]);
    await ana.click(panel, id('stop')); // links outlive the meeting, and so does their button
    expect((await ana.click(answerOf(others), `p1:close-my-links:${meetingId}`)).content).toContain('is closed');
    expect(works(others)).toBe(false);
  });

  it('close all links to the live page, if a manager presses them', async () => {
    const liveLinks = new LinksInMemory('https://parley.example.org');
    const { panel, id, boss, ben, meetings, guild } = await shown({ liveLinks });
    const meetingId = meetings.meetingOf(guild.id)?.head.id ?? '';
    const reply = await ben.click(panel, id('live'));
    const managers = await boss.click(panel, id('live'));
    expect(labelsOf(answerOf(managers))).toEqual(['Live page', 'Close my links', 'Close all links']);
    const roles = [...boss.roles];
    boss.setRoles([]); // after the answer was shown
    const refused = await boss.click(answerOf(managers), `p1:close-all-links:${meetingId}`);
    expect(refused.content).toContain('Only people who can manage this server');
    expect(liveLinks.passOf(meetingId, secretIn(reply))).toBeDefined();
    boss.setRoles(roles);
    const closed = await boss.click(answerOf(managers), `p1:close-all-links:${meetingId}`);
    expect(closed.content).toContain('All 2 links');
    expect(liveLinks.passOf(meetingId, secretIn(reply))).toBeUndefined();
  });

  it('do not offer a live page where there is none', async () => {
    const { panel } = await shown();
    expect(labelsOf(panel)).toEqual(['Pause', 'Stop', 'Translate…', 'My language', 'Minutes so far']);
  });

  it('answer in the language of the member who presses them', async () => {
    const { panel, id, guild } = await shown();
    const eva = guild.addMember({ name: 'eva', locale: 'de' });
    expect((await eva.click(panel, id('reads'))).content).toContain('In welcher Sprache');
  });
});
