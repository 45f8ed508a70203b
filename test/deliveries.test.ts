import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { quiet } from '../src/core/log.ts';
import { deliveriesOf } from '../src/deliveries.ts';
import { openJournal } from '../src/storage/journal/journal.ts';
import { openSettings } from '../src/storage/settings/settings.ts';
import { makeFinal, makeHead } from './support/make.ts';

const webhook = { url: 'https://hooks.example/in', secret: 's' };
const said = z.object({ text: z.string(), markdown: z.string(), minutes: z.object({}) });

/** A meeting that is over, in which two people spoke. */
async function kept() {
  const journal = await openJournal('sqlite://:memory:', quiet);
  const settings = await openSettings('sqlite://:memory:', quiet);
  onTestFinished(async () => {
    await journal[Symbol.asyncDispose]();
    await settings[Symbol.asyncDispose]();
  });
  const head = makeHead();
  await journal.begin(head);
  await journal.of(head.id).write(makeFinal({ utteranceId: 'u1', speakerId: '100', text: 'The code is 1234' }));
  await journal.of(head.id).write(makeFinal({ utteranceId: 'u2', speakerId: '200', text: 'I did not hear that' }));
  await journal.of(head.id).end(60_000, 'stopped');
  await settings.changeGuild(head.guildId, { webhook });
  const deliveryOf = deliveriesOf({ localeOf: () => 'en-US', archive: journal.archive, settings });
  return { head, journal, settings, deliveryOf };
}

describe('the delivery of a meeting’s minutes to a webhook', () => {
  it('holds what is kept of it at that moment, and nothing that somebody erased before', async () => {
    const { head, journal, deliveryOf } = await kept();
    const before = await deliveryOf(head.id);
    expect(before?.webhook).toEqual(webhook);
    expect(said.parse(JSON.parse(before?.body ?? '')).markdown).toContain('The code is 1234');
    await journal.archive.forget(head.guildId, '100');
    const { body = '' } = (await deliveryOf(head.id)) ?? {};
    expect(body).not.toContain('1234');
    expect(body).toContain('I did not hear that');
  });

  it('is not made once the meeting was erased', async () => {
    const { head, journal, deliveryOf } = await kept();
    await journal.archive.erase(head.id);
    expect(await deliveryOf(head.id)).toBeUndefined();
  });

  it('is not made once the server has no webhook', async () => {
    const { head, settings, deliveryOf } = await kept();
    await settings.changeGuild(head.guildId, { webhook: undefined });
    expect(await deliveryOf(head.id)).toBeUndefined();
  });
});
