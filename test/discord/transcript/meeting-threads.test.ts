import { describe, expect, it } from 'vitest';
import { makeFinal, makePartial, makePerson } from '../../support/make.ts';
import { inChannel } from '../support/in-channel.ts';
import { readTranscript } from '../support/read-transcript.ts';

const ana = makePerson();
const soon = () => AbortSignal.timeout(20_000);

async function inThread(permissions: readonly 'ManageWebhooks'[] = []) {
  const place = await inChannel({ thread: true, permissions });
  place.transcript.post(makeFinal({ utteranceId: 'u0', text: 'Before' }), ana);
  await place.transcript.drained(soon());
  const [thread] = place.guild.threads.values();
  if (!thread) throw new Error('No thread was started');
  return { ...place, thread };
}

describe('a thread of the meeting’s own', () => {
  it('is started in the transcript’s channel, is named after the meeting and its day, and takes the lines', async () => {
    const { guild, text, thread, transcript, posted } = await inThread();
    expect(thread).toMatchObject({ name: 'Weekly · Nov 23, 2026', parent: text, kind: 'public thread' });
    expect(readTranscript(thread.messages).map((line) => line.text)).toEqual(['Before']);
    expect(text.messages).toEqual([]);
    expect(posted).toMatchObject([{ channelId: thread.id }]);
    expect(transcript.channelId).toBe(thread.id);
    expect(guild.threads.size).toBe(1);
  });

  it('takes lines also under the speakers’ names', async () => {
    const { thread, transcript } = await inThread(['ManageWebhooks']);
    transcript.post(makePartial(), ana);
    await thread.waitFor(({ content }) => content === 'Hello *…*');
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(thread.messages.map(({ authorName, content }) => `${authorName}: ${content}`)).toEqual([
      'Ana: Before',
      'Ana: Hello everyone',
    ]);
  });

  it('continues after a restart', async () => {
    const { guild, thread, openAgain } = await inThread();
    const again = openAgain();
    again.post(makeFinal({ text: 'After' }), ana);
    await again.drained(soon());
    expect(readTranscript(thread.messages).map((line) => line.text)).toEqual(['Before', 'After']);
    expect(guild.threads.size).toBe(1);
  });

  it.each([[[]], [['ManageWebhooks'] as const]])(
    'is left for its channel when it is deleted, and says so (%j)',
    async (permissions) => {
      const { text, thread, transcript } = await inThread(permissions);
      transcript.post(makePartial(), ana);
      await thread.waitFor(({ content }) => content.includes('Hello'));
      thread.delete();
      transcript.post(makeFinal(), ana);
      transcript.post(makeFinal({ utteranceId: 'u2', startMs: 9_000, text: 'Later' }), ana);
      await transcript.drained(soon());
      expect(text.messages[0]?.content).toContain('The transcript continues here.');
      expect(readTranscript(text.messages).map((line) => line.text)).toEqual(['Hello everyone', 'Later']);
    },
  );

  it('is opened again when it is archived in the middle of a line', async () => {
    const { text, thread, transcript } = await inThread();
    transcript.post(makePartial(), ana);
    await thread.waitFor(({ content }) => content.includes('Hello'));
    thread.archived = true;
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect([thread.archived, text.messages]).toEqual([false, []]);
    expect(readTranscript(thread.messages).map((line) => line.text)).toEqual(['Before', 'Hello everyone']);
  });

  it('is left for its channel when it is archived and locked in the middle of a line', async () => {
    const { text, thread, transcript } = await inThread();
    transcript.post(makePartial(), ana);
    await thread.waitFor(({ content }) => content.includes('Hello'));
    thread.archived = true;
    thread.locked = true;
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(text.messages[0]?.content).toContain('the thread is archived');
    expect(readTranscript(text.messages).map((line) => line.text)).toEqual(['Hello everyone']);
  });

  it('is left out when the bot may not start it, and the channel says so', async () => {
    const place = await inChannel({ thread: true });
    place.text.setOverwrite({ for: place.guild.bot, deny: ['CreatePublicThreads'] });
    place.transcript.post(makeFinal(), ana);
    await place.transcript.drained(soon());
    expect(place.guild.threads.size).toBe(0);
    expect(place.text.messages[0]?.content).toContain('I could not start a thread in #meeting');
    expect(readTranscript(place.text.messages).map((line) => line.text)).toEqual(['Hello everyone']);
  });
});
