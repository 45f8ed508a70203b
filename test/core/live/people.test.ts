import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LiveNews } from '../../../src/core/live/news.ts';
import { changesBetween, type LivePerson, peopleIn } from '../../../src/core/live/people.ts';
import type { Unheard } from '../../../src/core/live/unheard.ts';
import { watchMeeting } from '../../../src/core/live/watched-meeting.ts';
import { Audience } from '../../../src/core/meeting/audience.ts';
import type { MeetingStatus, SpeakerStatus } from '../../../src/core/ports/live-meetings.ts';
import { makeFinal, makePerson, makeSpeaker, makeStatus } from '../../support/make.ts';

const { reception, stt } = makeSpeaker(0);
if (!reception || !stt) throw new Error('They speak');
const { lastHeardMs: _, ...unheardYet } = reception;

describe('whoever is in a meeting', () => {
  it.each<[why: string, speaker: SpeakerStatus, meeting: Partial<MeetingStatus>, isSpeaking: boolean]>([
    ['speaks while their voice comes', makeSpeaker(0), {}, true],
    ['speaks in a pause between two words', makeSpeaker(399), {}, true],
    ['does not speak after a longer pause', makeSpeaker(400), {}, false],
    ['does not speak by noise alone', makeSpeaker(0, { stt: { ...stt, quietMs: 20 } }), {}, false],
    [
      'speaks before the recogniser is there',
      makeSpeaker(0, { stt: { ...stt, state: 'connecting', sentMs: 0 } }),
      {},
      true,
    ],
    ['is not said to speak in a pause of the meeting', makeSpeaker(0), { phase: 'paused' }, false],
    ['is not said to speak when the meeting ends', makeSpeaker(0), { phase: 'finishing' }, false],
    ['is not said to speak when they opted out', makeSpeaker(0, { consent: 'opted out' }), {}, false],
    ['is not said to speak while the bot is deafened', makeSpeaker(0), { deaf: 'deafened' }, false],
  ])('%s', (_, speaker, meeting, isSpeaking) => {
    expect(peopleIn(makeStatus([speaker], meeting))[0]?.isSpeaking).toBe(isSpeaking);
  });

  it.each<[unheard: Unheard | undefined, speaker: Partial<SpeakerStatus>, meeting: Partial<MeetingStatus>]>([
    [undefined, {}, {}],
    ['optedOut', { consent: 'opted out' }, {}],
    ['notOptedIn', { consent: 'not opted in' }, {}],
    ['notInformed', { consent: 'not informed' }, {}],
    ['unreadable', { isUnreadable: true }, {}],
    ['tooQuiet', { isTooQuiet: true }, {}],
    ['stopped', { stt: { ...stt, state: 'stopped' } }, {}],
    ['retrying', { stt: { ...stt, state: 'retrying' } }, {}],
    ['waiting', { stt: { ...stt, state: 'waiting for a free socket' } }, {}],
    ['notYetHeard', { reception: unheardYet }, {}],
    ['notYetHeard', { stt: { ...stt, state: 'idle', sentMs: 0 } }, {}],
    ['deafened', { isUnreadable: true }, { deaf: 'deafened' }],
    ['voiceLost', {}, { deaf: 'voice connection lost' }],
    ['paused', { isTooQuiet: true }, { phase: 'paused' }],
    ['optedOut', { consent: 'opted out' }, { phase: 'paused', deaf: 'deafened' }],
  ])('is not heard because of %s', (unheard, speaker, meeting) => {
    expect(peopleIn(makeStatus([makeSpeaker(5_000, speaker)], meeting))[0]?.unheard).toBe(unheard);
  });

  it('has a name, and a picture where they have chosen one', () => {
    const speakers = [
      makeSpeaker(0),
      makeSpeaker(0, { person: makePerson({ id: '2', avatarUrl: 'https://cdn/a.png', hasOwnAvatar: true }) }),
      makeSpeaker(0, { person: makePerson({ id: '3', avatarUrl: 'https://cdn/embed/avatars/0.png' }) }),
    ];
    expect(peopleIn(makeStatus(speakers))).toEqual([
      { speakerId: '100', name: 'Ana', isThere: true, isSpeaking: true },
      { speakerId: '2', name: 'Ana', pictureUrl: 'https://cdn/a.png', isThere: true, isSpeaking: true },
      { speakerId: '3', name: 'Ana', isThere: true, isSpeaking: true },
    ]);
  });
});

describe('between two looks', () => {
  const ana: LivePerson = { speakerId: '1', name: 'Ana', isThere: true, isSpeaking: true };
  const map = (...people: LivePerson[]) => new Map(people.map((person) => [person.speakerId, person]));

  it.each<[what: string, before: LivePerson[], now: LivePerson[], changes: LivePerson[]]>([
    ['nobody changes', [ana], [{ ...ana }], []],
    ['somebody comes', [], [ana], [ana]],
    ['somebody leaves', [{ ...ana, unheard: 'paused' }], [], [{ ...ana, isThere: false, isSpeaking: false }]],
    ['somebody falls silent', [ana], [{ ...ana, isSpeaking: false }], [{ ...ana, isSpeaking: false }]],
    ['somebody is renamed', [ana], [{ ...ana, name: 'Anna' }], [{ ...ana, name: 'Anna' }]],
    ['somebody has another picture', [ana], [{ ...ana, pictureUrl: 'x' }], [{ ...ana, pictureUrl: 'x' }]],
    ['somebody is not heard', [ana], [{ ...ana, unheard: 'tooQuiet' }], [{ ...ana, unheard: 'tooQuiet' }]],
  ])('%s', (_, before, now, changes) => {
    expect(changesBetween(map(...before), map(...now))).toEqual(changes);
  });
});

describe('a meeting of this process that pages watch', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  function watched(first: MeetingStatus) {
    const audience = new Audience();
    const at = { status: first };
    const news: LiveNews[] = [];
    const stop = watchMeeting(
      { addListener: (listener) => audience.listen(listener), currentStatus: () => at.status },
      (one) => news.push(one),
    );
    onTestFinished(stop);
    return { at, audience, news, stop };
  }

  it('tells of everybody at once, and then of whoever begins to speak, within a quarter of a second', async () => {
    const { at, news } = watched(makeStatus([makeSpeaker(5_000)]));
    expect(news).toMatchObject([{ people: [{ name: 'Ana', isSpeaking: false }] }]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(news).toHaveLength(1);
    at.status = makeStatus([makeSpeaker(0)]);
    await vi.advanceTimersByTimeAsync(250);
    expect(news.slice(1)).toMatchObject([{ people: [{ name: 'Ana', isSpeaking: true }] }]);
  });

  it('tells of its languages at once, and when they change', async () => {
    const { at, news } = watched(makeStatus([], { options: { language: 'en', translateTo: ['es'] } }));
    at.status = makeStatus([], { options: { language: 'en', translateTo: [] } });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(news).toEqual([
      { people: [], targets: ['es'] },
      { people: [], targets: [] },
    ]);
  });

  it('tells what is said, and nothing after its end', async () => {
    const { at, news, audience } = watched(makeStatus([]));
    audience.publish({ segment: makeFinal(), name: 'Ana' });
    audience.close();
    at.status = makeStatus([makeSpeaker(0)]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(news).toEqual([{ segment: makeFinal(), name: 'Ana' }, 'over']);
  });

  it('is looked at by nobody who has stopped watching', async () => {
    const { at, news, stop, audience } = watched(makeStatus([]));
    stop();
    at.status = makeStatus([makeSpeaker(0)]);
    audience.publish({ segment: makeFinal(), name: 'Ana' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(news).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
