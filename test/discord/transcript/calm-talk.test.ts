import { describe, expect, it } from 'vitest';
import { makeFinal, makePartial, makePerson } from '../../support/make.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { inChannel } from '../support/in-channel.ts';

const ana = makePerson();
const CALM_MS = 300; // if edits were spread over the window, it would be more than twice as long

describe('a message that grows', inRealTime, () => {
  it('becomes final at once in calm talk, however often its words have grown', async () => {
    const { text, transcript } = await inChannel();
    for (const said of ['Hello', 'Hello every', 'Hello everybody']) {
      transcript.post(makePartial({ text: said }), ana);
      await text.waitFor(({ content }) => content.endsWith(`${said} *…*`));
    }
    const finalMs = performance.now();
    transcript.post(makeFinal(), ana);
    await text.waitFor(({ content }) => content.endsWith('Hello everyone'));
    expect(performance.now() - finalMs).toBeLessThan(CALM_MS);
  });
});
