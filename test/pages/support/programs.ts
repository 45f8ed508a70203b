import { CoolDowns } from '../../../src/core/concurrency/cool-downs.ts';
import { type Log, quiet } from '../../../src/core/log.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import type { Settings } from '../../../src/core/ports/settings.ts';
import type { Readers } from '../../../src/discord/permissions/readers.ts';
import { meetingFilesOf } from '../../../src/minutes/meeting-files.ts';
import { memberRightsOf } from '../../../src/pages/member-rights.ts';
import type { ProgramWishes } from '../../../src/pages/program-pages.ts';

interface Place {
  readonly journal: Journal;
  readonly settings: Settings;
  readonly readers: Readers;
  readonly publicUrl: string;
  readonly log?: Log;
}

/** What programs are served with, as the bot of one process does it. */
export function programWishes({ journal, settings, readers, publicUrl, log = quiet }: Place): ProgramWishes {
  const { archive, apiKeys } = journal;
  return {
    ...{ archive, apiKeys, settings, publicUrl, log, version: '1.2.3', coolDowns: new CoolDowns() },
    files: meetingFilesOf({ settings, version: '1.2.3' }),
    rights: memberRightsOf({ botOf: () => ({ readers }) }),
  };
}

/** A new key of a member. */
export async function keyFor({ apiKeys }: Journal, userId: string, guildId: string): Promise<string> {
  const key = await apiKeys.make({ userId, guildId, name: 'test', days: 1 });
  if (key === 'too many') throw new Error('There is no room for a key');
  return key.secret;
}
