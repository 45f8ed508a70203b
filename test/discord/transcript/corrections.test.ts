import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../src/core/record.ts';
import type { FinalSegment } from '../../../src/core/segment.ts';
import { PostedLines } from '../../../src/discord/transcript/posted-line.ts';
import { wordsFor } from '../../../src/i18n/words.ts';
import { makeFinal, makeHead, makePartial, makePerson, makeTranslation } from '../../support/make.ts';
import { beganS, inChannel, type Place, type PlaceOptions } from '../support/in-channel.ts';

const ana = makePerson();
const ben = makePerson({ id: '200', displayName: 'Ben' });
const { signal } = new AbortController();
const HEAD = `**Ana** · <t:${beganS + 1}:T>`;

function put(final: FinalSegment, text: string): FinalSegment {
  return { ...final, text, corrected: { original: final.text, byId: '200', byName: 'Ben', atMs: 0 } };
}

/** Two people's lines in one channel, the first of them translated. */
async function spoken(options: PlaceOptions = {}): Promise<Place> {
  const place = await inChannel({ style: 'digest', ...options });
  place.transcript.post(makeFinal({ text: 'We ask Cuba netties' }), ana);
  place.transcript.post(makeTranslation({ text: 'Preguntamos a Cuba' }), ana);
  place.transcript.post(makeFinal({ utteranceId: 'u2', speakerId: '200', startMs: 3_000, text: 'Why?' }), ben);
  await place.transcript.drained(AbortSignal.timeout(10_000));
  while (place.posted.length < 2) await delay(5);
  return place;
}

/** What the journal holds of it. */
function recordOf({ text, posted }: Place): MeetingRecord {
  const stay = (speakerId: string, displayName: string) => ({ speakerId, displayName, joinedMs: 0 });
  return {
    head: makeHead({ textChannelId: text.id }),
    attendance: [stay('100', 'Ana'), stay('200', 'Ben')],
    finals: [
      makeFinal({ text: 'We ask Cuba netties' }),
      makeFinal({ utteranceId: 'u2', speakerId: '200', startMs: 3_000, text: 'Why?' }),
    ],
    translations: [makeTranslation({ text: 'Preguntamos a Cuba' })],
    gaps: [],
    messages: posted,
  };
}

const contents = ({ text }: Place) => text.messages.map(({ content }) => content);
const corrected = put(makeFinal({ text: 'We ask Cuba netties' }), 'We ask Kubernetes');

describe('a corrected line of a running meeting', () => {
  it('takes the place of the old one, marked, with its translation marked as of the original', async () => {
    const place = await spoken();
    expect(place.transcript.correct(corrected)).toBe('shown');
    const line = `${HEAD}\nWe ask Kubernetes *(corrected)*\n> **es** · Preguntamos a Cuba *(of the original)*`;
    await place.text.waitFor(({ content }) => content.includes(line));
    expect(contents(place).join('\n')).toContain('Why?');
    expect(contents(place).join('\n')).not.toContain('netties');
  });

  it('marks translations that come later, too', async () => {
    const place = await inChannel();
    place.transcript.post(makeFinal({ text: 'We ask Cuba netties' }), ana);
    await place.text.waitFor(({ content }) => content.includes('netties'));
    place.transcript.correct(corrected);
    place.transcript.post(makeTranslation({ text: 'Preguntamos a Cuba' }), ana);
    await place.text.waitFor(({ content }) => content.includes('> **es** · Preguntamos a Cuba *(of the original)*'));
  });

  it('is not corrected while it grows, nor where nobody knows it', async () => {
    const { transcript, text } = await inChannel();
    transcript.post(makePartial({ text: 'Hello every' }), ana);
    await text.waitFor(({ content }) => content.includes('Hello every'));
    expect(transcript.correct(put(makeFinal(), 'Hi'))).toBe('not here');
    expect(transcript.correct(put(makeFinal({ utteranceId: 'u9' }), 'Hi'))).toBe('not here');
  });

  it('goes on in the next process as it was', async () => {
    const place = await spoken();
    place.transcript.correct(corrected);
    await place.text.waitFor(({ content }) => content.includes('Kubernetes'));
    await place.transcript.drained(AbortSignal.timeout(10_000));
    const before = contents(place);
    const record = recordOf(place);
    const again = place.openAgain();
    await again.resumeFrom({ ...record, finals: [corrected, ...record.finals.slice(1)] }, signal);
    await again.drained(AbortSignal.timeout(10_000));
    expect(contents(place)).toEqual(before);
  });

  it('is corrected by the next process where this one had no time', async () => {
    const place = await spoken();
    const record = recordOf(place);
    const again = place.openAgain();
    await again.resumeFrom({ ...record, finals: [corrected, ...record.finals.slice(1)] }, signal);
    await place.text.waitFor(({ content }) => content.includes('We ask Kubernetes *(corrected)*'));
  });

  it('marks its translation in the thread of that language', async () => {
    const place = await spoken({ languageThreads: ['es'] });
    const thread = [...place.guild.threads.values()].find(({ name }) => name.includes('Español'));
    if (!thread) throw new Error('There is no thread');
    await thread.waitFor(({ content }) => content.includes('Preguntamos a Cuba'));
    place.transcript.correct(corrected);
    await thread.waitFor(({ content }) => content.includes('Preguntamos a Cuba *(del original)*'));
    await place.text.waitFor(({ content }) => content.includes('We ask Kubernetes *(corrected)*'));
  });
});

describe('a corrected line of a meeting that is over', () => {
  const lines = ({ client }: Place) => new PostedLines(client, wordsFor('en-US'));

  it('is put right in its message, and nothing else there', async () => {
    const place = await spoken();
    const before = contents(place).join('\n');
    expect(await lines(place).correct(recordOf(place), corrected, signal)).toBe('shown');
    expect(contents(place).join('\n')).toBe(
      before
        .replace('We ask Cuba netties', 'We ask Kubernetes *(corrected)*')
        .replace('a Cuba', 'a Cuba *(of the original)*'),
    );
  });

  it('is put right under its speaker’s own name, through the webhook', async () => {
    const place = await spoken({ style: 'finals', permissions: ['ManageWebhooks'] });
    expect(place.text.messages.some(({ authorName }) => authorName === 'Ana')).toBe(true);
    expect(await lines(place).correct(recordOf(place), corrected, signal)).toBe('shown');
    expect(contents(place)).toContainEqual(expect.stringMatching(/^We ask Kubernetes \*\(corrected\)\*/));
  });

  it('is marked in the thread of another language', async () => {
    const place = await spoken({ languageThreads: ['es'] });
    while (place.posted.length < 3) await delay(5);
    expect(await lines(place).correct(recordOf(place), corrected, signal)).toBe('shown');
    const thread = [...place.guild.threads.values()].find(({ name }) => name.includes('Español'));
    expect(thread?.messages.map(({ content }) => content).join('\n')).toContain('Preguntamos a Cuba *(del original)*');
  });

  it('says that its message is gone', async () => {
    const place = await spoken();
    for (const message of place.text.messages) message.delete();
    expect(await lines(place).correct(recordOf(place), corrected, signal)).toBe('left');
  });

  it('changes nothing in a message that it does not understand', async () => {
    const place = await spoken();
    const [message] = place.text.messages;
    if (!message) throw new Error('There is no message');
    Object.assign(message.body, { content: `${message.content}\n**Somebody** wrote this some other way\n\n` });
    const before = contents(place);
    expect(await lines(place).correct(recordOf(place), corrected, signal)).toBe('left');
    expect(contents(place)).toEqual(before);
  });

  it('is cut where its message has no room for all of it', async () => {
    const place = await spoken();
    const long = put(makeFinal({ text: 'We ask Cuba netties' }), `We ask ${'everybody '.repeat(300)}`.trim());
    expect(await lines(place).correct(recordOf(place), long, signal)).toBe('cut');
    for (const content of contents(place)) expect(content.length).toBeLessThanOrEqual(2_000);
    expect(contents(place).join('\n')).toContain('everybody … *(corrected)*');
    expect(contents(place).join('\n')).toContain('Why?');
  });
});
