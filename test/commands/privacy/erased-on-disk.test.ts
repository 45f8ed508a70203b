import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeFolder } from '../../storage/support/folder.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { office } from '../support/office.ts';

/** The answer to an erasure in a real database file, which somebody else reads meanwhile if `isRead`. */
async function erasing(command: 'forget-me' | 'delete', isRead: boolean): Promise<string> {
  using folder = makeFolder();
  const path = join(folder.path, 'parley.db');
  await using journal = await openJournal(`sqlite://${path}`, quiet);
  const { guild, general, ana } = await office({ archive: journal.archive });
  await journal.begin(makeHead({ id: 'talk', guildId: guild.id, startedBy: ana.id }));
  await journal.of('talk').write(makeFinal({ speakerId: ana.id }));
  await journal.of('talk').end(60_000, 'stopped');
  using reader = new DatabaseSync(path, { readOnly: true });
  if (isRead) reader.exec('BEGIN; SELECT count(*) FROM segments');
  if (command === 'delete')
    return (await ana.command('minutes delete', { meeting: 'talk' }, { channel: general })).content;
  const { original } = await ana.command('privacy forget-me', {}, { channel: general });
  if (!original) throw new Error('Nothing was asked');
  const pressed = await ana.click(original, 'c1:erase:');
  return (await pressed.until(({ content }) => content.includes('Receipt'))).content;
}

describe.each(['forget-me', 'delete'] as const)('the answer to %s', (command) => {
  it('says that the file may still hold the words while somebody reads the database', async () => {
    expect(await erasing(command, true)).toContain('In progress: somebody is reading the database right now');
  });

  it('says nothing of the file when everything is overwritten', async () => {
    expect(await erasing(command, false)).not.toContain('Under way');
  });
});
