import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeHead } from '../../support/make.ts';
import { answersPostgres, makeDatabase } from '../support/postgres.ts';

const hasPostgres = await answersPostgres();
const [ONE, TWO] = ['7001', '7002'];

/** What lists hold of meetings in several channels and servers, whatever is behind the journal. */
function lists(open: () => Promise<Journal>): void {
  let journal: Journal;
  beforeAll(async () => {
    journal = await open();
    const held = async (id: string, guildId: string, textChannelId: string, hour: number) => {
      const beganAt = new Date(Date.UTC(2026, 10, 23, hour));
      await journal.begin(makeHead({ id, guildId, textChannelId, beganAt }));
    };
    await held('a', ONE, '10', 1);
    await held('b', ONE, '11', 2);
    await held('c', TWO, '10', 3); // another server's channel
    await held('d', ONE, '10', 4);
    await held('e', ONE, '10', 4); // at the same moment
    await journal.of('d').end(60_000, 'stopped');
    await journal.of('d').setPlaces({ threadId: '99' });
  });
  afterAll(() => journal[Symbol.asyncDispose]());

  const ids = async (...wanted: Parameters<Journal['archive']['listIn']>) =>
    (await journal.archive.listIn(...wanted)).map(({ head }) => head.id);
  const channel = (guildId: string, textChannelId: string) => ({ guildId, textChannelId, meetingId: '' });

  it('name each channel once, the one used last first, with one of its meetings', async () => {
    const found = await journal.archive.channelsOf([ONE, TWO, '7999'], 10);
    expect(found.map(({ guildId, textChannelId }) => [guildId, textChannelId])).toEqual([
      [ONE, '10'],
      [TWO, '10'],
      [ONE, '11'],
    ]);
    for (const { meetingId, ...place } of found) expect(await journal.archive.head(meetingId)).toMatchObject(place);
    expect(await journal.archive.channelsOf([ONE, TWO], 1)).toHaveLength(1);
    expect(await journal.archive.channelsOf([], 10)).toEqual([]);
  });

  it('hold the meetings of the channels that are asked for alone, the newest first', async () => {
    expect(await ids([channel(ONE, '10'), channel(TWO, '10')], 10)).toEqual(['e', 'd', 'c', 'a']);
    expect(await ids([channel(ONE, '11')], 10)).toEqual(['b']);
    expect(await ids([channel(TWO, '11')], 10)).toEqual([]);
    expect(await ids([], 10)).toEqual([]);
  });

  it('go on after a meeting, also among those that began at the same moment', async () => {
    const channels = [channel(ONE, '10'), channel(ONE, '11')];
    const [first, second] = await journal.archive.listIn(channels, 2);
    expect([first?.head.id, second?.head.id]).toEqual(['e', 'd']);
    expect(await ids(channels, 10, first?.head)).toEqual(['d', 'b', 'a']);
    expect(await ids(channels, 10, second?.head)).toEqual(['b', 'a']);
  });

  it('say how long a meeting lasted, and where it is written', async () => {
    const [running, over] = await journal.archive.listIn([channel(ONE, '10')], 2);
    expect(running?.endedMs).toBeUndefined();
    expect(over).toMatchObject({ endedMs: 60_000, head: { places: { threadId: '99' } } });
  });

  it('name each place of a server once, the one used last first', async () => {
    const voiceChannelId = makeHead().voiceChannelId;
    const at = (textChannelId: string) => ({ voiceChannelId, textChannelId });
    expect(await journal.archive.placesOf(ONE, 10)).toEqual([at('10'), at('11')]);
    expect(await journal.archive.placesOf(ONE, 1)).toEqual([at('10')]);
    expect(await journal.archive.placesOf('7999', 10)).toEqual([]);
  });

  it('hold the meetings of places, and those that one person started, from a time on', async () => {
    const { voiceChannelId, startedBy } = makeHead();
    const ids = async (guildId: string, wanted: Partial<Parameters<Journal['archive']['listAt']>[1]>) => {
      const found = await journal.archive.listAt(guildId, { places: [], startedBy: '0', limit: 10, ...wanted });
      return found.map(({ head }) => head.id);
    };
    const here = [{ voiceChannelId, textChannelId: '10' }];
    expect(await ids(ONE, { places: here })).toEqual(['e', 'd', 'a']);
    expect(await ids(ONE, { places: here, limit: 1 })).toEqual(['e']);
    expect(await ids(TWO, { places: here })).toEqual(['c']);
    expect(await ids(ONE, { places: [{ voiceChannelId: '0', textChannelId: '10' }] })).toEqual([]);
    expect(await ids(ONE, {})).toEqual([]);
    expect(await ids(ONE, { startedBy })).toEqual(['e', 'd', 'b', 'a']);
    const four = new Date(Date.UTC(2026, 10, 23, 4));
    expect(await ids(ONE, { places: here, since: four })).toEqual(['e', 'd']);
    expect(await ids(ONE, { places: here, before: { id: 'e', beganAt: four } })).toEqual(['d', 'a']);
  });

  it('are not needed for the head of one meeting', async () => {
    expect(await journal.archive.head('d')).toMatchObject({ id: 'd', guildId: ONE, places: { threadId: '99' } });
    expect(await journal.archive.head('unknown')).toBeUndefined();
  });
}

describe('lists of meetings in SQLite', () => {
  lists(() => openJournal('sqlite://:memory:', quiet));
});

describe.skipIf(!hasPostgres)('lists of meetings in PostgreSQL (needs one at 127.0.0.1:5432)', () => {
  const places = new AsyncDisposableStack();
  afterAll(() => places.disposeAsync());
  lists(async () => openJournal(places.use(await makeDatabase()).url, quiet));
});
