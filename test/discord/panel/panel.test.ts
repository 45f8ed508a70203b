import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { SttError } from '../../../src/core/errors.ts';
import { quiet } from '../../../src/core/log.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import type { LiveMeeting, MeetingStatus, SpeakerStatus } from '../../../src/core/ports/live-meetings.ts';
import type { SttStatus } from '../../../src/core/ports/speech-to-text.ts';
import type { MeetingHead } from '../../../src/core/record.ts';
import type { TranscriptStyle } from '../../../src/core/settings.ts';
import { MessageApi } from '../../../src/discord/messages/message-api.ts';
import { paceIn } from '../../../src/discord/messages/pace.ts';
import { DiscordPanels } from '../../../src/discord/panel/panels.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import type { Channel, DiscordSimulator, Guild, Message } from '../../simulators/discord/index.ts';
import { makeHead, makePerson } from '../../support/make.ts';
import { type Connected, connected } from '../support/connect.ts';
import { asDiscordReads } from '../support/discord-markdown.ts';

/** A meeting in a state that the test decides. */
class Shown implements LiveMeeting {
  readonly head: MeetingHead;
  state: Omit<MeetingStatus, 'head'> = {
    phase: 'running',
    elapsedMs: 60_000,
    options: { language: 'auto', translateTo: [] },
    speakers: [],
    figures: { sentMs: 0, lostMs: 0 },
  };
  constructor(head: MeetingHead) {
    this.head = head;
  }
  currentStatus(): MeetingStatus {
    return { head: this.head, ...this.state };
  }
  change(change: Partial<Omit<MeetingStatus, 'head'>>): void {
    this.state = { ...this.state, ...change };
  }
  readonly occasion = undefined;
  holdFor = async () => {};
  addListener = () => () => {};
  pauseHearing = () => false;
  resumeHearing = () => false;
  stopMeeting = () => Promise.reject(new Error('Nobody stops it here'));
}

interface Place {
  readonly it: Connected;
  readonly discord: DiscordSimulator;
  readonly guild: Guild;
  readonly text: Channel;
  readonly journal: Journal;
  readonly meeting: Shown;
  readonly panels: DiscordPanels;
}

interface PlaceOptions {
  mayPin?: boolean;
  price?: number;
  locale?: string;
  costliestStyle?: () => TranscriptStyle;
}

async function place(options: PlaceOptions = {}): Promise<Place> {
  const made: { guild?: Guild; text?: Channel; voice?: Channel } = {};
  const it = await connected((discord) => {
    made.guild = discord.addGuild({ name: 'Office', locale: options.locale ?? 'en-US' });
    made.text = made.guild.addTextChannel('general');
    made.voice = made.guild.addVoiceChannel('Standup');
  });
  const { guild, text, voice } = made;
  if (!guild || !text || !voice) throw new Error('The world was not built');
  if (options.mayPin) await allowPins(it, guild, text);
  const journal = await openJournal('sqlite://:memory:', quiet);
  const head = makeHead({ guildId: guild.id, textChannelId: text.id, voiceChannelId: voice.id, beganAt: new Date() });
  await journal.begin(head);
  const over = new AbortController();
  const { price, costliestStyle } = options;
  const parts = {
    ...{ client: it.client, journal, log: quiet, signal: over.signal },
    ...(costliestStyle && { costliestStyle }),
  };
  onTestFinished(async () => {
    over.abort();
    vi.useRealTimers();
    await journal[Symbol.asyncDispose]();
    await it[Symbol.asyncDispose]();
  });
  const panels = new DiscordPanels({ ...parts, ...(price !== undefined && { pricePerMinute: price }) });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  return { it, discord: it.discord, guild, text, journal, meeting: new Shown(head), panels };
}

/** Resolves when the client knows of it. */
async function allowPins({ client }: Connected, guild: Guild, text: Channel): Promise<void> {
  text.setOverwrite({ for: guild.bot, allow: ['PinMessages'] });
  await vi.waitFor(() => {
    const me = client.guilds.cache.get(guild.id)?.members.me;
    const channel = client.channels.cache.get(text.id);
    if (!me || !channel || channel.isDMBased() || !channel.permissionsFor(me).has('PinMessages')) throw new Error('no');
  });
}

/** Lets the panel look at its meeting for so many seconds; requests are answered in between. */
async function seconds(count: number): Promise<void> {
  for (let second = 0; second < count; second += 1) {
    await vi.advanceTimersByTimeAsync(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function panelIn(text: Channel): Message {
  const panel = text.messages.find(({ components }) => components.length > 0);
  if (!panel) throw new Error('There is no panel');
  return panel;
}

function read(message: Message): string {
  return asDiscordReads(message.content).text;
}

const live: SttStatus = { state: 'live', sentMs: 0, silenceMs: 0, sockets: 1, reconnects: 0, forcedFinals: 0 };

function somebody(displayName: string, more: Partial<SpeakerStatus> = {}): SpeakerStatus {
  const reception = {
    packets: 5,
    concealedFrames: 0,
    undecryptable: 0,
    corrupt: 0,
    lastHeardMs: 1,
    encryption: 'end-to-end',
  } as const;
  const person = makePerson({ id: displayName, displayName });
  return { person, consent: 'heard', reception, stt: live, ...more };
}

/** Discord's answer to an edit of the transcript in the same channel. */
function transcriptEdits({ remaining, resetAfterS = 5 }: { remaining: number; resetAfterS?: number }): void {
  const headers = {
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': `${remaining}`,
    'x-ratelimit-reset-after': `${resetAfterS}`,
  };
  paceIn(at.it.client, at.text.id).edits.learnFrom(new Headers(headers));
}

function labelsOf(message: Message): string[] {
  return JSON.stringify(message.components).match(/(?<="label":")[^"]+/g) ?? [];
}

let at: Place;

describe('the panel of a meeting', () => {
  beforeEach(async () => {
    at = await place();
  });

  it('works its text out only when it may show it, although it looks every second', async () => {
    await at.panels.show(at.meeting);
    at.meeting.change({ options: { language: 'de', translateTo: [] } });
    await seconds(1);
    await vi.waitFor(() => expect(panelIn(at.text).edits).toHaveLength(1));
    const figures = vi.fn(() => ({ sentMs: 0, lostMs: 0 }));
    const watched = Object.defineProperty(at.meeting.currentStatus(), 'figures', { get: figures });
    const status = vi.spyOn(at.meeting, 'currentStatus').mockReturnValue(watched);
    await seconds(4);
    expect(status).toHaveBeenCalled();
    expect(figures).not.toHaveBeenCalled();
    await seconds(2);
    expect(figures).toHaveBeenCalled();
  });

  it('says that people are transcribed, who wanted it, in which languages, and how to stay out', async () => {
    at.meeting.change({ options: { language: 'en', translateTo: ['es', 'fr'] } });
    await at.panels.show(at.meeting);
    const text = read(panelIn(at.text));
    expect(text).toContain('is being transcribed');
    expect(panelIn(at.text).content).toContain(
      `Started <t:${Math.floor(at.meeting.head.beganAt.getTime() / 1_000)}:R>`,
    );
    expect(panelIn(at.text).content).toContain(`by <@${at.meeting.head.startedBy}>`);
    expect(text).toContain('Spoken: English. Translated into Spanish and French.');
    expect(text).toContain('/privacy opt-out');
    expect(labelsOf(panelIn(at.text))).toEqual(['Pause', 'Stop', 'Translate…', 'My language', 'Minutes so far']);
    expect(at.discord.violations).toEqual([]);
  });

  it('says to which host outside of Discord the minutes go, so that nobody speaks without knowing it', async () => {
    await at.panels.show(at.meeting);
    expect(read(panelIn(at.text))).not.toContain('also sent to');
    at.meeting.change({ sentOnTo: 'hooks.example:8443' });
    await seconds(6);
    const shown = read(panelIn(at.text)).replaceAll('\u200b', '');
    expect(shown).toContain('The minutes of this meeting are also sent to hooks.example:8443, outside Discord.');
  });

  it.each([
    ['deafened', 'A moderator has deafened me.'],
    ['voice connection lost', 'I lost the voice connection'],
  ] as const)('says that nobody is heard, and lists nobody as heard, when the room is %s', async (deaf, because) => {
    at.meeting.change({ speakers: [somebody('Ana')], deaf });
    await at.panels.show(at.meeting);
    const shown = read(panelIn(at.text));
    expect(shown).toContain('I cannot hear anybody at the moment');
    expect(shown).toContain(because);
    expect(shown).not.toContain('Ana');
  });

  it('says who is heard, and who is not and why', async () => {
    const refused = new SttError('key-refused', 'Cannot open speech-to-text: key refused (401)');
    at.meeting.change({
      speakers: [
        somebody('Ana'),
        somebody('*Ben*'),
        somebody('Cleo', { consent: 'opted out' }),
        somebody('Cy', { consent: 'not opted in' }),
        somebody('Dario', { isUnreadable: true }),
        somebody('Dee', { isTooQuiet: true }),
        somebody('Doug', { stt: { ...live, state: 'idle', sentMs: 0 } }),
        somebody('Eve', { stt: { ...live, state: 'stopped', error: refused } }),
        somebody('Finn', { stt: { ...live, state: 'waiting for a free socket' } }),
        somebody('Gus', { stt: { ...live, state: 'retrying' } }),
        { person: makePerson({ displayName: 'Hal' }), consent: 'heard' },
      ],
    });
    await at.panels.show(at.meeting);
    const text = read(panelIn(at.text)).replaceAll('\u200b', '');
    expect(text).toContain('Heard: Ana and *Ben*');
    expect(text).toContain(
      'Not heard: Cleo (opted out), Cy (has not said yes: /privacy opt-in), Dario (I cannot decrypt their audio), Dee (too quiet: they need to turn up their microphone), Doug (has not spoken yet), Eve (speech recognition stopped: Cannot open speech-to-text: key refused (401)), Finn (waiting for their turn at speech recognition), Gus (lost speech recognition, trying again) and Hal (has not spoken yet)',
    );
    expect(text).toContain('More people are speaking than speech recognition can take at once');
  });

  it('fits into a message however many people are there', async () => {
    const speakers = Array.from({ length: 200 }, (_, index) => somebody(`Person with a long name ${index}`));
    at.meeting.change({
      speakers: [...speakers, ...speakers.map((one) => ({ ...one, consent: 'opted out' as const }))],
    });
    await at.panels.show(at.meeting);
    expect(panelIn(at.text).content.length).toBeLessThanOrEqual(2_000);
    expect(panelIn(at.text).content).toMatch(/and \d+ more/);
  });

  it('is edited only when something changes, and at most every 5 s', async () => {
    await at.panels.show(at.meeting);
    const panel = panelIn(at.text);
    await seconds(30);
    expect(panel.edits).toEqual([]);
    at.meeting.change({ speakers: [somebody('Ana')] });
    await seconds(1);
    await vi.waitFor(() => expect(panel.edits).toHaveLength(1));
    at.meeting.change({ speakers: [somebody('Ana'), somebody('Ben')] });
    await seconds(3);
    at.meeting.change({ speakers: [somebody('Ben')] });
    expect(panel.edits).toHaveLength(1);
    await seconds(3);
    await vi.waitFor(() => expect(panel.edits).toHaveLength(2));
    expect(read(panel)).toContain('Heard: Ben');
    expect(at.text.messages).toHaveLength(1);
  });

  it('shows numbers, and lets them wait longer than the rest', async () => {
    await at.panels.show(at.meeting);
    const panel = panelIn(at.text);
    const lateness = { p50Ms: 1_240, p95Ms: 2_600 };
    at.meeting.change({ figures: { sentMs: 90_000, lostMs: 12_000, final: { p50Ms: 1, p95Ms: 2 }, posted: lateness } });
    await seconds(15);
    expect(panel.edits).toEqual([]);
    await seconds(10);
    await vi.waitFor(() => expect(panel.edits).toHaveLength(1));
    expect(read(panel)).toContain(
      'Text typically appears 1.2 s after the words, and in 95 % of cases within 2.6 s · 1.5 min of audio sent to speech recognition · 12 s could not be transcribed',
    );
  });

  it('says what a stage is like, and counts its audience as one of the numbers', async () => {
    at.meeting.change({ stageAudience: { now: 0, most: 0 } });
    await at.panels.show(at.meeting);
    expect(read(panelIn(at.text))).toContain('Calls on a stage are not end-to-end encrypted.');
    expect(read(panelIn(at.text))).toContain('Nobody is on the stage.');
    for (let now = 1; now <= 12; now += 1) {
      at.meeting.change({ stageAudience: { now: now * 100, most: now * 100 } });
      await seconds(1);
    }
    expect(panelIn(at.text).edits).toEqual([]);
    await seconds(9);
    await vi.waitFor(() => expect(read(panelIn(at.text))).toContain('Audience: 1,200 (1,200 at most)'));
    expect(panelIn(at.text).edits).toHaveLength(1);
  });

  it('leaves the edits of the rate limit to a transcript that needs them', async () => {
    await at.panels.show(at.meeting);
    const panel = panelIn(at.text);
    const line = await at.it.client.rest.post(`/channels/${at.text.id}/messages`, { body: { content: 'a line' } });
    const id = typeof line === 'object' && line !== null && 'id' in line ? String(line.id) : '';
    for (const content of ['1', '2', '3']) {
      await at.it.client.rest.patch(`/channels/${at.text.id}/messages/${id}`, { body: { content } });
    }
    await seconds(6);
    at.meeting.change({ speakers: [somebody('Ana')] });
    await seconds(1);
    await vi.waitFor(() => expect(panel.edits).toHaveLength(1));
    at.meeting.change({ speakers: [] });
    await seconds(12);
    expect(panel.edits).toHaveLength(1);
    await seconds(4);
    await vi.waitFor(() => expect(panel.edits).toHaveLength(2));
  });

  it('lets the transcript go first for half a minute, then takes its turn', async () => {
    await at.panels.show(at.meeting);
    const panel = panelIn(at.text);
    at.meeting.change({ speakers: [somebody('Ana')] });
    for (let second = 0; second < 29; second += 1) {
      transcriptEdits({ remaining: 1 });
      await seconds(1);
    }
    expect(panel.edits).toEqual([]);
    transcriptEdits({ remaining: 4 }); // of five: an urgent edit may go at once
    await seconds(2);
    await vi.waitFor(() => expect(read(panel)).toContain('Heard: Ana'));
  });

  it('says for a minute that people take turns, however often they wait', async () => {
    const waiting = somebody('Finn', { stt: { ...live, state: 'waiting for a free socket' } });
    at.meeting.change({ speakers: [waiting] });
    await at.panels.show(at.meeting);
    at.meeting.change({ speakers: [somebody('Finn')] });
    await seconds(10);
    const panel = panelIn(at.text);
    await vi.waitFor(() => expect(read(panel)).toContain('Heard: Finn'));
    expect(read(panel)).toContain('They take turns');
    await seconds(60);
    await vi.waitFor(() => expect(read(panel)).not.toContain('They take turns'));
  });

  it.each([
    [undefined, 'finals', 'so sentences appear once they are finished'],
    ['grow', 'digest', 'so what is said appears in blocks'],
    ['finals', 'digest', 'so what is said appears in blocks'],
    ['finals', 'finals', undefined],
    ['digest', 'finals', undefined],
    ['grow', 'grow', undefined],
  ] as const)(
    'of a server that chose %s says so while no more than %s is possible',
    async (chosen, costliest, words) => {
      const other = await place({ costliestStyle: () => costliest });
      if (chosen) other.meeting.change({ style: chosen });
      await other.panels.show(other.meeting);
      const text = read(panelIn(other.text));
      if (words === undefined) expect(text).not.toContain('fewer messages');
      else expect(text).toContain(`Discord is taking fewer messages from me at the moment, ${words}`);
    },
  );

  it('is posted again once when somebody deletes it', async () => {
    await at.panels.show(at.meeting);
    panelIn(at.text).delete();
    at.meeting.change({ speakers: [somebody('Ana')] });
    await seconds(12);
    await vi.waitFor(() => expect(read(panelIn(at.text))).toContain('Heard: Ana'));
    panelIn(at.text).delete();
    at.meeting.change({ speakers: [] });
    await seconds(30);
    expect(at.text.messages).toEqual([]);
    expect(at.discord.violations).toEqual([]);
  });

  it('is posted anew before it is an hour old, in the place of the old one, and goes on there', async () => {
    await at.panels.show(at.meeting);
    const first = panelIn(at.text);
    let nowMs = Date.now() + 56 * 60_000;
    vi.spyOn(Date, 'now').mockImplementation(() => nowMs);
    onTestFinished(() => void vi.restoreAllMocks());
    await seconds(10);
    expect(at.text.messages).toEqual([first]); // no earlier than necessary
    at.meeting.change({ speakers: [somebody('Ana')] });
    await seconds(6);
    await vi.waitFor(() => expect(at.text.messages).not.toContain(first));
    const second = panelIn(at.text);
    expect(at.text.messages).toEqual([second]);
    expect([read(second), first.edits]).toEqual([expect.stringContaining('Heard: Ana'), []]);
    const places = (await at.journal.archive.read(at.meeting.head.id))?.head.places;
    expect(places?.panelMessageId).toBe(second.id);
    nowMs += 60_000;
    at.meeting.change({ speakers: [somebody('Ben')] });
    await seconds(6);
    await vi.waitFor(() => expect(read(second)).toContain('Heard: Ben'));
    expect(at.text.messages).toEqual([second]);
    expect(at.discord.rest.limits.refusedAsOld).toBe(0);
  });

  it('is posted anew when Discord takes no edit of it, so that it tells the truth', async () => {
    await at.panels.show(at.meeting);
    const first = panelIn(at.text);
    at.discord.rest.limits.age(2 * 3_600_000);
    at.discord.rest.limits.oldEdits = { count: 0, perMs: 30_000 };
    at.meeting.change({ phase: 'paused' });
    await seconds(3);
    await vi.waitFor(() => expect(at.text.messages).not.toContain(first));
    expect(read(panelIn(at.text))).toContain('paused, nothing is heard');
    expect(at.discord.rest.limits.refusedAsOld).toBe(1);
  });

  it('asks Discord for nothing while it has to wait, however urgent it is', async () => {
    await at.panels.show(at.meeting);
    const asked = () => at.discord.rest.seen.filter(({ method }) => method === 'PATCH').length;
    at.discord.rest.failNext({
      method: 'PATCH',
      path: /messages/,
      times: 2,
      with: { status: 429, retryAfterMs: 20_000 },
    });
    at.discord.rest.failNext({ method: 'POST', path: /messages$/, with: { status: 429, retryAfterMs: 20_000 } });
    at.meeting.change({ phase: 'paused' });
    await seconds(3); // the edit is refused, then the message in its place
    await vi.waitFor(() => expect(at.discord.rest.seen.filter(({ status }) => status === 429)).toHaveLength(2));
    await seconds(15);
    expect([asked(), at.discord.rest.seen.filter(({ status }) => status === 429).length]).toEqual([1, 2]);
    await seconds(8);
    await vi.waitFor(() => expect(read(panelIn(at.text))).toContain('paused, nothing is heard'));
  });

  it('holds back no edit of the transcript while Discord lets its own wait', async () => {
    await at.panels.show(at.meeting);
    at.discord.rest.limits.age(2 * 3_600_000);
    at.discord.rest.limits.oldEdits = { count: 0, perMs: 30_000 };
    const api = new MessageApi(at.it.client);
    const { signal } = new AbortController();
    const line = await api.create(at.text.id, { content: 'a line', nonce: 'n' }, signal);
    at.meeting.change({ phase: 'paused' });
    await seconds(1);
    await vi.waitFor(() => expect(at.discord.rest.limits.refusedAsOld).toBe(1));
    await api.edit(at.text.id, line.id, { content: 'its final' }, signal);
    expect(at.text.message(line.id)?.content).toBe('its final');
  });

  it('says at once when nobody is heard any more, and when people are again', async () => {
    await at.panels.show(at.meeting);
    const panel = panelIn(at.text);
    at.meeting.change({ phase: 'paused' });
    await seconds(1);
    await vi.waitFor(() => expect(read(panel)).toContain('paused, nothing is heard'));
    at.meeting.change({ phase: 'running' });
    await seconds(1);
    await vi.waitFor(() => expect(read(panel)).toContain('is being transcribed'));
  });

  it('is found again after a restart', async () => {
    await at.panels.show(at.meeting);
    const panel = panelIn(at.text);
    const [head] = await at.journal.archive.unfinished();
    if (!head) throw new Error('The journal holds the meeting');
    const { signal } = new AbortController();
    const after = new DiscordPanels({ client: at.it.client, journal: at.journal, log: quiet, signal });
    const meeting = new Shown(head);
    meeting.change({ phase: 'paused' });
    await after.show(meeting);
    expect(read(panel)).toContain('paused, nothing is heard');
    expect(labelsOf(panel)[0]).toBe('Resume');
    expect(at.text.messages).toEqual([panel]);
  });

  it('ends with a link to the minutes and without controls, also one of an earlier process', async () => {
    await at.panels.show(at.meeting);
    const panel = panelIn(at.text);
    await at.journal.of(at.meeting.head.id).end(65_000, 'stopped');
    await at.journal.of(at.meeting.head.id).setPlaces({ minutes: [{ channelId: '77', messageId: '88' }] });
    const record = await at.journal.archive.read(at.meeting.head.id);
    if (!record) throw new Error('The journal holds the meeting');
    const { signal } = new AbortController();
    const after = new DiscordPanels({ client: at.it.client, journal: at.journal, log: quiet, signal });
    await after.end(record);
    expect(read(panel)).toContain('the meeting is over');
    expect(labelsOf(panel)).toEqual(['Minutes']);
    expect(JSON.stringify(panel.components)).toContain(`/channels/${at.guild.id}/77/88`);
    at.meeting.change({ phase: 'finishing' });
  });

  it('ends once the channel takes one more edit, where the transcript has used up its limit', async () => {
    await at.panels.show(at.meeting);
    const panel = panelIn(at.text);
    await at.journal.of(at.meeting.head.id).end(65_000, 'stopped');
    const record = await at.journal.archive.read(at.meeting.head.id);
    if (!record) throw new Error('The journal holds the meeting');
    transcriptEdits({ remaining: 0, resetAfterS: 0.3 });
    const askedAtMs = Date.now();
    await at.panels.end(record);
    expect(read(panel)).toContain('the meeting is over');
    expect((panel.edits.at(-1)?.atMs ?? 0) - askedAtMs).toBeGreaterThanOrEqual(300);
  });

  it('comes later, and once, when Discord is in trouble', async () => {
    const path = /\/messages$/;
    at.discord.rest.failNext({ method: 'POST', path, times: 2, with: { status: 502 }, butDoIt: true });
    await at.panels.show(at.meeting);
    await seconds(5);
    await vi.waitFor(() => expect(panelIn(at.text).content).toContain('transcribed'));
    expect(at.text.messages).toHaveLength(1);
  });

  it('is given up in a channel that takes no messages', async () => {
    at.text.setOverwrite({ for: at.guild.bot, deny: ['SendMessages'] });
    await at.panels.show(at.meeting);
    await seconds(20);
    const posts = at.discord.rest.seen.filter(({ method, status }) => method === 'POST' && status === 403);
    expect(posts).toHaveLength(1);
    await at.journal.of(at.meeting.head.id).end(65_000, 'stopped');
    const record = await at.journal.archive.read(at.meeting.head.id);
    if (record) await at.panels.end(record);
  });
});

describe('the panel of a meeting in a server', () => {
  it('says what the audio costs when the price is known', async () => {
    const { panels, meeting, text } = await place({ price: 0.04 });
    meeting.change({ figures: { sentMs: 10 * 60_000, lostMs: 0 } });
    await panels.show(meeting);
    expect(read(panelIn(text))).toContain('10.0 min of audio sent to speech recognition: $0.40');
  });

  it('speaks the language of the server', async () => {
    const { panels, meeting, text } = await place({ locale: 'de' });
    meeting.change({ options: { language: 'en', translateTo: ['es'] }, figures: { sentMs: 90_000, lostMs: 0 } });
    await panels.show(meeting);
    expect(read(panelIn(text))).toContain('Gesprochen: Englisch. Übersetzt in Spanisch.');
    expect(read(panelIn(text))).toContain('1,5 min');
  });

  it('is pinned where the bot may, and unpinned at the end', async () => {
    const { panels, meeting, text, journal, discord } = await place({ mayPin: true });
    await panels.show(meeting);
    const panel = panelIn(text);
    expect(panel.isPinned).toBe(true);
    await journal.of(meeting.head.id).end(65_000, 'stopped');
    const record = await journal.archive.read(meeting.head.id);
    if (record) await panels.end(record);
    expect(panel.isPinned).toBe(false);
    expect(discord.violations).toEqual([]);
  });

  it('is pinned only once the bot may', async () => {
    const { panels, meeting, text, guild, it, discord } = await place();
    await panels.show(meeting);
    expect(discord.rest.seen.some(({ method }) => method === 'PUT')).toBe(false);
    await allowPins(it, guild, text);
    await seconds(6);
    await vi.waitFor(() => expect(panelIn(text).isPinned).toBe(true));
  });
});
