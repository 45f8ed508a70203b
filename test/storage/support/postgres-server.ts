import { execFile } from 'node:child_process';
import { chown, mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../support/free-port.ts';

const run = promisify(execFile);

/** A PostgreSQL server of one's own, which may be stopped and started while others use it. */
export interface PostgresServer extends AsyncDisposable {
  readonly url: string; // of a database in it
  /** `pg_ctl restart -m immediate`, as after a crash. @param awayMs - between the end and the next start; none unless told */
  restart(awayMs?: number): Promise<void>;
}

/** Whether this machine has the programs that make one. */
export async function canStartPostgres(): Promise<boolean> {
  return Promise.all([run('initdb', ['--version']), run('pg_ctl', ['--version'])]).then(
    () => true,
    () => false,
  );
}

/** It keeps its data in a folder that goes with it. PostgreSQL refuses to run as root, so then it runs as `nobody`. */
export async function startPostgresServer(): Promise<PostgresServer> {
  await using opening = new AsyncDisposableStack();
  const folder = opening.use(await mkdtempDisposable(join(tmpdir(), 'parley-postgres-')));
  const who = process.getuid?.() === 0 ? await idsOf('nobody') : undefined;
  if (who) await chown(folder.path, who.uid, who.gid);
  const as = { ...who, cwd: folder.path };
  const data = join(folder.path, 'data');
  await run('initdb', ['--pgdata', data, '--username', 'postgres', '--auth', 'trust', '--no-sync'], as);
  const port = await freePort();
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
  const control = (...words: readonly string[]) =>
    run('pg_ctl', [...words, '--pgdata', data, '--wait', '--log', join(folder.path, 'log')], as);
  const start = () => control('start', '--options', settings);
  const stop = () => control('stop', '--mode', 'immediate');
  await start();
  opening.defer(() => stop().then(() => {}));
  const open = opening.move();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async restart(awayMs) {
      if (awayMs === undefined) {
        await control('restart', '--mode', 'immediate', '--options', settings);
        return;
      }
      await stop();
      await delay(awayMs);
      await start();
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function idsOf(user: string): Promise<{ readonly uid: number; readonly gid: number }> {
  const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
