import { describe, expect, it } from 'vitest';
import type { Occasion } from '../../../src/core/record.ts';
import { type ActiveEvent, type Deed, deedsFor, type EventsNow } from '../../../src/discord/events/deeds.ts';

const event = (id: string, channelId: string, more: Partial<ActiveEvent> = {}): ActiveEvent => ({
  ...{ id, guildId: '1', channelId, isActive: true, startsAtMs: 0, name: `Event ${id}`, about: '' },
  ...more,
});
const occasion = (eventId: string, more: Partial<Occasion> = {}): Occasion => ({
  ...{ eventId, name: `Event ${eventId}`, about: '', endsMeeting: true },
  ...more,
});
const inTalk = (about?: Occasion) => ({ voiceChannelId: 'talk', occasion: about });
const reading = event('r', 'talk');
const tea = event('t', 'kitchen');

/** A deed as a word or two, so that a row of the table can be read. */
function shown(deed: Deed): string {
  if (deed.kind === 'end') return 'end';
  const held = deed.kind === 'hold for' ? (deed.occasion.endsMeeting ? ' to its end' : ' as it is') : '';
  return `${deed.kind} ${deed.event.id}${held}`;
}

const CASES: readonly (readonly [string, Partial<EventsNow>, readonly string[]])[] = [
  // No meeting runs.
  ['no event takes place', { events: [] }, []],
  ['people are there for an event', { events: [reading] }, ['begin r']],
  ['nobody is there yet', { events: [reading], hasSpeakers: () => false }, []],
  ['the server does not allow transcription there', { events: [reading], isAllowed: () => false }, []],
  ['it had its meeting, which somebody ended', { events: [reading], served: new Set(['r']) }, []],
  ['two events take place: the first one is served first', { events: [reading, tea] }, ['begin r']],
  ['the first of two has had its meeting', { events: [reading, tea], served: new Set(['r']) }, ['begin t']],
  [
    'only at the second there are people',
    { events: [reading, tea], hasSpeakers: (id) => id === 'kitchen' },
    ['begin t'],
  ],
  // A meeting runs that began with an event.
  ['its event goes on', { events: [reading], meeting: inTalk(occasion('r')) }, []],
  ['its event is over', { events: [], meeting: inTalk(occasion('r')) }, ['end']],
  [
    'its event is over, and another one has begun there',
    { events: [event('x', 'talk')], meeting: inTalk(occasion('r')) },
    ['end'],
  ],
  ['its event moved to another channel', { events: [event('r', 'kitchen')], meeting: inTalk(occasion('r')) }, ['end']],
  [
    'its event has another name',
    { events: [event('r', 'talk', { name: 'New' })], meeting: inTalk(occasion('r')) },
    ['hold for r to its end'],
  ],
  [
    'its event says something else of itself',
    { events: [event('r', 'talk', { about: 'New' })], meeting: inTalk(occasion('r')) },
    ['hold for r to its end'],
  ],
  [
    'another event begins in its channel',
    { events: [reading, event('x', 'talk')], meeting: inTalk(occasion('r')) },
    [],
  ],
  ['another event begins elsewhere', { events: [reading, tea], meeting: inTalk(occasion('r')) }, ['let wait t']],
  [
    'another event begins elsewhere, and nobody is there',
    { events: [reading, tea], meeting: inTalk(occasion('r')), hasSpeakers: () => false },
    [],
  ],
  [
    'the server no longer allows transcription there',
    { events: [reading], meeting: inTalk(occasion('r')), isAllowed: () => false },
    [],
  ],
  [
    'everybody has left it for a moment',
    { events: [reading], meeting: inTalk(occasion('r')), hasSpeakers: () => false },
    [],
  ],
  // Somebody's own meeting runs.
  ['an event begins in its channel', { events: [reading], meeting: inTalk() }, ['hold for r as it is']],
  ['an event begins elsewhere', { events: [tea], meeting: inTalk() }, ['let wait t']],
  [
    'events begin here and elsewhere',
    { events: [tea, reading], meeting: inTalk() },
    ['hold for r as it is', 'let wait t'],
  ],
  [
    'the event that it took its name from is over',
    { events: [], meeting: inTalk(occasion('r', { endsMeeting: false })) },
    [],
  ],
  [
    'the event that it took its name from moved',
    { events: [event('r', 'kitchen')], meeting: inTalk(occasion('r', { endsMeeting: false })) },
    ['let wait r'],
  ],
  [
    'that event has another name',
    { events: [event('r', 'talk', { name: 'New' })], meeting: inTalk(occasion('r', { endsMeeting: false })) },
    ['hold for r as it is'],
  ],
  [
    'a second event follows in its channel',
    { events: [event('x', 'talk')], meeting: inTalk(occasion('r', { endsMeeting: false })) },
    [],
  ],
];

describe('what is done for the events of a server', () => {
  it.each(CASES)('when %s', (_, now, expected) => {
    const all: EventsNow = {
      events: [],
      meeting: undefined,
      isAllowed: () => true,
      hasSpeakers: () => true,
      served: new Set(),
      ...now,
    };
    expect(deedsFor(all).map(shown)).toEqual(expected);
  });
});
