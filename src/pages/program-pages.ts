import { Hono } from 'hono';
import type { Answerer } from '../core/asking/answerer.ts';
import type { CoolDowns } from '../core/concurrency/cool-downs.ts';
import type { Log } from '../core/log.ts';
import type { Archive } from '../core/ports/archive.ts';
import type { Settings } from '../core/ports/settings.ts';
import type { MeetingFiles } from '../core/programs/files.ts';
import type { ApiKeys } from '../core/programs/keys.ts';
import type { MemberRights } from '../core/programs/rights.ts';
import { apiPages } from '../web/api/pages.ts';
import { mcpPages } from '../web/mcp/pages.ts';
import { ProgramDoor } from '../web/programs/door.ts';
import { Reading } from '../web/programs/reading.ts';
import type { Pages } from '../web/server.ts';

/** What programs of members need. */
export interface ProgramWishes {
  readonly apiKeys: Pick<ApiKeys, 'keyOf'>;
  readonly archive: Archive;
  readonly settings: Pick<Settings, 'guild' | 'member'>;
  readonly rights: MemberRights;
  readonly files: MeetingFiles;
  readonly coolDowns: CoolDowns;
  readonly answerer?: Answerer | undefined; // missing: assistants get quotations
  readonly publicUrl: string;
  readonly version: string;
  readonly log: Log;
}

/** What programs may ask, with keys of members. */
export function programPages(wishes: ProgramWishes): Pages {
  const { coolDowns, files, publicUrl, version, log } = wishes;
  const door = new ProgramDoor(wishes);
  const reading = new Reading(wishes);
  const takeExport = ({ guildId, userId }: { readonly guildId: string; readonly userId: string }) =>
    coolDowns.take('export', guildId, userId);
  const app: Pages = new Hono();
  app.route('/', apiPages({ door, reading, files, takeExport, publicUrl, version, log }));
  return app.route('/', mcpPages({ ...wishes, door, reading }));
}
