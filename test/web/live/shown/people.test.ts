import { describe, expect, it } from 'vitest';
import type { LivePerson } from '../../../../src/core/live/people.ts';
import type { ShownPerson } from '../../../../src/web/browser/wire.ts';
import { ShownPeople } from '../../../../src/web/live/shown/people.ts';
import { makeFinal, makePartial } from '../../../support/make.ts';

const person = (speakerId: string, parts: Partial<LivePerson> = {}): LivePerson => ({
  ...{ speakerId, name: `Person ${speakerId}`, isThere: true, isSpeaking: false },
  ...parts,
});
const ids = (count: number) => Array.from({ length: count }, (_, n) => `90000${n}`);
const stay = (speakerId: string, displayName: string, leftMs?: number) => ({
  ...{ speakerId, displayName, joinedMs: 0 },
  ...(leftMs !== undefined && { leftMs }),
});

function shownBy(people: ShownPeople): ShownPerson[] {
  return [...people.everybody.toString().matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''));
}

function told(people: ShownPeople): ShownPerson[] {
  const news: ShownPerson[] = [];
  people.watch((_, bytes) => news.push(JSON.parse(bytes.toString().split('\ndata: ')[1] ?? '')));
  return news;
}

describe('the people of a meeting', () => {
  it('have a key that is the same in every process of the bot, another one in each meeting, and no id at Discord', () => {
    const keys = (meetingId: string, secret: string) => {
      const people = new ShownPeople(meetingId, secret);
      people.takePeople(ids(2).map((id) => person(id)));
      expect(people.everybody.toString().replaceAll(/Person \d+/g, '')).not.toContain('90000');
      return shownBy(people).map(({ key }) => key);
    };
    const [one, again, otherMeeting, otherBot] = [keys('m1', 's'), keys('m1', 's'), keys('m2', 's'), keys('m1', 't')];
    expect(again).toEqual(one);
    expect(new Set([...one, ...otherMeeting, ...otherBot]).size).toBe(6);
  });

  it('have colours of their own as long as there are enough', () => {
    const people = new ShownPeople('m1', 's');
    people.takePeople(ids(12).map((id) => person(id)));
    expect(new Set(shownBy(people).map(({ colour }) => colour))).toEqual(new Set(Array.from({ length: 12 }).keys()));
    people.takePeople(['more', 'and more'].map((id) => person(id)));
    for (const { colour } of shownBy(people)) expect(colour).toBeLessThan(12);
  });

  it('keep their colour whatever happens to them', () => {
    const people = new ShownPeople('m1', 's');
    const [one = '', two = ''] = ids(2);
    people.takePeople([person(one), person(two)]);
    const before = shownBy(people).map(({ colour }) => colour);
    people.takeWords({ segment: makeFinal({ speakerId: one }), name: 'One' });
    people.takePeople([person(two, { name: 'Renamed' }), person(one, { isThere: false })]);
    expect(shownBy(people).map(({ colour }) => colour)).toEqual(before);
  });

  it('are told whole, and only when something is new', () => {
    const people = new ShownPeople('m1', 's');
    const news = told(people);
    people.takePeople([person('1', { isSpeaking: true })]);
    people.takePeople([person('1', { isSpeaking: true })]);
    people.takePeople([person('1', { unheard: 'paused' })]);
    expect(news.map(({ isSpeaking, unheard }) => [isSpeaking, unheard])).toEqual([
      [true, undefined],
      [false, 'paused'],
    ]);
    expect(news.every(({ name }) => name === 'Person 1')).toBe(true);
  });

  it('are known from the record, too, and those who left are not there', () => {
    const people = new ShownPeople('m1', 's');
    people.takeRecord({
      attendance: [stay('1', 'Ana'), stay('2', 'Ben', 5_000), stay('3', 'Cem', 5_000), stay('3', 'Cem')],
      finals: [makeFinal({ speakerId: '4' })],
      translations: [],
      gaps: [],
    });
    expect(shownBy(people).map(({ name, isThere }) => [name, isThere])).toEqual([
      ['Ana', true], // but not Ben, who went without a word
      ['Cem', true],
      ['Somebody (4)', false],
    ]);
  });

  it('have a picture at an address that changes with it, and where it is at Discord only we know', () => {
    const people = new ShownPeople('m/1', 's');
    const addresses = ['https://cdn/a.png', 'https://cdn/b.png'].map((pictureUrl) => {
      people.takePeople([person('1', { pictureUrl })]);
      return shownBy(people)[0]?.picture ?? '';
    });
    const { key = '' } = shownBy(people)[0] ?? {};
    expect(addresses[0]).toMatch(/^m%2F1\/pictures\/[\w-]{12}\?[\w-]{8}$/);
    expect(addresses[1]).toContain(`/${key}?`);
    expect(addresses[1]).not.toBe(addresses[0]);
    expect([people.pictureOf(key), people.pictureOf('x')]).toEqual(['https://cdn/b.png', undefined]);
    people.takePeople([person('1')]);
    expect(shownBy(people)[0]).not.toHaveProperty('picture');
  });

  it('are not told of to whoever does not watch any more', () => {
    const people = new ShownPeople('m1', 's');
    const news: string[] = [];
    const unwatch = people.watch((key) => news.push(key));
    people.takePeople([person('1')]);
    unwatch();
    people.takePeople([person('2')]);
    expect(news).toEqual([people.keyOf('1')]);
    expect(people.isTold).toBe(true);
  });

  it('come with the size of a stage’s audience, also for those who open a page later', () => {
    const people = new ShownPeople('m1', 's');
    const news = told(people);
    people.takePeople([person('1')]);
    people.takeAudience({ now: 2, most: 3 });
    expect(news.slice(1)).toEqual([{ now: 2, most: 3 }]);
    expect(shownBy(people).slice(1)).toEqual([{ now: 2, most: 3 }]);
    people.takeAudience(null);
    expect(shownBy(people).slice(1)).toEqual([null]);
  });

  it('bear the name that the meeting gives them, whatever the record says', () => {
    const people = new ShownPeople('m1', 's');
    people.takeWords({ segment: makeFinal({ speakerId: '1' }), name: 'Ana (0001)' });
    people.takePeople([person('1', { name: 'Ana', isSpeaking: true })]);
    people.takeWords({ segment: makeFinal({ speakerId: '1' }), name: 'Ana (0001)' });
    people.takeRecord({ attendance: [stay('1', 'Anna', 9)], finals: [], translations: [], gaps: [] });
    expect(shownBy(people)).toMatchObject([{ name: 'Ana', isThere: true, isSpeaking: true }]);
  });

  it.each([
    ['there, as far as anybody knows', [], true],
    ['not there, when those who are were told of', [person('2')], false],
  ])('are those who speak although nobody told of them: %s', (_, people, isThere) => {
    const shown = new ShownPeople('m1', 's');
    if (people.length > 0) shown.takePeople(people);
    shown.takeWords({ segment: makeFinal({ speakerId: '1' }), name: 'Ana' });
    expect(shownBy(shown).at(-1)).toMatchObject({ name: 'Ana', isThere, isSpeaking: false });
  });

  it('are forgotten when they have gone and nothing that they said is left', () => {
    const people = new ShownPeople('m1', 's');
    const say = (utteranceId: string, text = 'Hello') =>
      people.takeWords({ segment: makePartial({ utteranceId, speakerId: '1', text }), name: 'Ana' });
    people.takePeople([person('1'), person('2')]);
    const [{ key } = { key: '' }] = shownBy(people);
    for (const id of ['a', 'b', 'b']) say(id);
    say('a', '');
    people.takePeople([person('1', { isThere: false }), person('2', { isThere: false })]);
    expect(shownBy(people)).toMatchObject([{ key, isThere: false }]); // the other one never spoke
    const news = told(people);
    say('b', '');
    say('b', ''); // twice is once
    expect(news).toMatchObject([{ key, name: '', isThere: false }]);
    expect(people.everybody.length).toBe(0);
    expect(people.pictureOf(key)).toBeUndefined();
  });

  it('are not forgotten while they are there, whatever is erased', () => {
    const people = new ShownPeople('m1', 's');
    people.takePeople([person('1')]);
    const said = makePartial({ speakerId: '1' });
    people.takeWords({ segment: said, name: 'Ana' });
    people.takeWords({ segment: { ...said, text: '' }, name: '' });
    expect(shownBy(people)).toHaveLength(1);
  });
});
