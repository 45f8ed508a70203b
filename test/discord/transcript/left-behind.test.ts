import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../src/core/record.ts';
import { makeFinal, makeHead, makePartial, makePerson, makeTranslation } from '../../support/make.ts';
import { inChannel, type Place, type PlaceOptions } from '../support/in-channel.ts';
import { readTranscript } from '../support/read-transcript.ts';

const ana = makePerson();
const soon = () => AbortSignal.timeout(20_000);

/** The journal's record of the meeting; without places of messages unless given. */
function recordOf({ text }: Place, parts: Partial<MeetingRecord> = {}): MeetingRecord {
  const stay = { speakerId: ana.id, displayName: ana.displayName, joinedMs: 0 };
  const head = makeHead({ textChannelId: text.id });
  return { head, attendance: [stay], finals: [], translations: [], gaps: [], messages: [], ...parts };
}

function linesIn({ text }: Place): string[] {
  return readTranscript(text.messages).map((line) => `${line.text}${line.isGrowing ? ' …' : ''}`);
}

/** A channel in which an earlier process has shown "Hello every …", and then stopped. */
async function leftGrowing(options: PlaceOptions = {}): Promise<Place> {
  const place = await inChannel(options);
  place.transcript.post(makePartial({ text: 'Hello every' }), ana);
  await place.text.waitFor(({ content }) => content.includes('Hello every'));
  while (place.posted.length === 0) await delay(5);
  return place;
}

describe('what a killed process left in a channel', () => {
  it('is finished when the journal holds the final and its translation', async () => {
    const place = await leftGrowing();
    const record = recordOf(place, {
      finals: [makeFinal()],
      translations: [makeTranslation()],
      messages: place.posted,
    });
    const again = place.openAgain();
    expect(await again.resumeFrom(record, soon())).toEqual([]);
    await again.drained(soon());
    expect(linesIn(place)).toEqual(['Hello everyone']);
    expect(readTranscript(place.text.messages)[0]?.translations).toEqual({ es: 'Hola a todos' });
  });

  it('is found by speaker and time when the journal does not know its place', async () => {
    const place = await leftGrowing();
    const again = place.openAgain();
    await again.resumeFrom(recordOf(place, { finals: [makeFinal()] }), soon());
    await again.drained(soon());
    expect(linesIn(place)).toEqual(['Hello everyone']);
  });

  it('stays, marked as unconfirmed, and is reported, when no final is known', async () => {
    const place = await leftGrowing();
    const again = place.openAgain();
    const seen = await again.resumeFrom(recordOf(place, { messages: place.posted }), soon());
    await again.drained(soon());
    expect(seen).toMatchObject([{ kind: 'final', confirmed: false, speakerId: ana.id, text: 'Hello every' }]);
    expect(place.text.messages[0]?.content).toMatch(/Hello every \*\(unconfirmed\)\*$/);
  });

  it('is kept in the journal when it was shown and could not be written down, as the database was away', async () => {
    const place = await inChannel();
    place.transcript.post(makeFinal({ text: 'Two *stars*' }), ana);
    await place.transcript.drained(soon());
    const again = place.openAgain();
    const lastSign = { atMs: 0, pending: [] }; // from before the message
    const seen = await again.resumeFrom(recordOf(place, { lastSign }), soon());
    await again.drained(soon());
    expect(seen).toMatchObject([{ kind: 'final', confirmed: true, speakerId: ana.id, text: 'Two *stars*' }]);
    expect(linesIn(place)).toEqual([expect.stringContaining('Two')]);
  });

  it('is not brought back when it was written down, and erased since', async () => {
    const place = await inChannel();
    place.transcript.post(makeFinal(), ana);
    await place.transcript.drained(soon());
    const lastSign = { atMs: Date.now() + 1_000 - makeHead().beganAt.getTime(), pending: [] }; // from after the message
    expect(await place.openAgain().resumeFrom(recordOf(place, { lastSign }), soon())).toEqual([]);
  });

  it('is found by its words when they are marked as unconfirmed, in any language', async () => {
    const place = await inChannel({ locale: 'de' });
    const doubtful = makeFinal({ confirmed: false });
    place.transcript.post(doubtful, ana);
    await place.transcript.drained(soon());
    const again = place.openAgain();
    await again.resumeFrom(recordOf(place, { finals: [doubtful], translations: [makeTranslation()] }), soon());
    await again.drained(soon());
    expect(place.text.messages.map(({ content }) => content.split('\n').slice(1))).toEqual([
      ['Hello everyone *(unbestätigt)*', '> **es** · Hola a todos'],
    ]);
  });

  it('is completed with finals that never got there, and shows none twice', async () => {
    const place = await inChannel();
    const first = makeFinal({ text: 'One [1]' });
    place.transcript.post(first, ana);
    await place.transcript.drained(soon());
    const lost = makeFinal({ utteranceId: 'u2', startMs: 8_000, endMs: 9_000, text: 'Two' });
    const again = place.openAgain();
    await again.resumeFrom(recordOf(place, { finals: [first, lost] }), soon());
    await again.drained(soon());
    expect(linesIn(place)).toEqual(['One [1]', 'Two']);
  });

  it('is not posted again when somebody deleted it', async () => {
    const place = await inChannel();
    place.transcript.post(makeFinal(), ana);
    await place.transcript.drained(soon());
    place.text.messages[0]?.delete();
    const again = place.openAgain();
    await again.resumeFrom(recordOf(place, { finals: [makeFinal()], messages: place.posted }), soon());
    await again.drained(soon());
    expect(linesIn(place)).toEqual([]);
  });

  it('is finished also under the speaker’s own name', async () => {
    const place = await leftGrowing({ permissions: ['ManageWebhooks'] });
    const again = place.openAgain();
    await again.resumeFrom(recordOf(place, { finals: [makeFinal()], messages: place.posted }), soon());
    await again.drained(soon());
    expect(place.text.messages.map(({ authorName, content }) => `${authorName}: ${content}`)).toEqual([
      'Ana: Hello everyone',
    ]);
  });

  it('is completed under the names and pictures that people have in the server', async () => {
    const avatar = 'a'.repeat(32);
    const place = await inChannel({ permissions: ['ManageWebhooks'], avatar });
    const [bea, stranger] = [place.starter, '900000000000001234'];
    const record = recordOf(place, {
      attendance: [{ speakerId: bea.id, displayName: 'Bea (0007)', joinedMs: 0 }], // as the meeting names them
      finals: [
        makeFinal({ speakerId: bea.id }),
        makeFinal({ utteranceId: 'u2', speakerId: stranger, startMs: 8_000, endMs: 9_000, text: 'Who am I?' }),
      ],
    });
    const again = place.openAgain();
    await again.resumeFrom(record, soon());
    await again.drained(soon());
    const [first, second] = place.text.messages;
    expect(first).toMatchObject({ authorName: 'Bea (0007)', content: 'Hello everyone' });
    expect(first?.avatarUrl).toContain(`/avatars/${bea.id}/${avatar}.png`);
    expect(second).toMatchObject({ authorName: 'Somebody (1234)', avatarUrl: undefined }); // as in a running meeting: no two names are alike
  });
});
