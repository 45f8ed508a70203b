import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { connect, createServer, type ListenOptions, type NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';

const POSTGRES = { host: '127.0.0.1', port: 5432 };
const EMPTY = 'ip link set lo up && iptables -w -S INPUT';

/** Whether this machine lets us make a network of our own and drop packets in it. */
export function canBeApart(): boolean {
  return spawnSync('unshare', ['--net', 'sh', '-c', EMPTY], { stdio: 'ignore' }).status === 0;
}

/**
 * Runs a script of ours in a network of its own, where packets can be dropped without anybody else losing any.
 *
 * Only PostgreSQL is outside of it: sockets in the file system cross the border.
 *
 * @param words - of the script, itself included; it gets `--apart <socket>` and has to call `reachPostgres`
 * @returns its exit code
 */
export async function runApart(words: readonly string[]): Promise<number> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'parley-apart-'));
  const path = join(folder.path, 'postgres');
  await using _passing = await passOn({ path }, POSTGRES);
  const script = [process.execPath, ...process.execArgv, ...words, '--apart', path];
  const child = spawn('unshare', ['--net', ...script], { stdio: 'inherit' });
  const end = () => child.kill();
  process.once('exit', end);
  const [code] = await once(child, 'exit');
  process.off('exit', end);
  return code ?? 1; // it was killed
}

/** Has loopback work in a network of our own, with PostgreSQL where it always is. */
export async function reachPostgres(path: string): Promise<AsyncDisposable> {
  const { status, stderr } = spawnSync('ip', ['link', 'set', 'lo', 'up'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Loopback does not come up: ${stderr}`);
  return await passOn(POSTGRES, { path });
}

async function passOn(from: ListenOptions, to: NetConnectOpts): Promise<AsyncDisposable> {
  const server = createServer((near) => {
    const far = connect(to);
    pipeline(near, far, near, () => {}); // either end is told by its closing
  });
  server.listen(from);
  await once(server, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      server.close();
      server.unref(); // whoever is still connected is cut off by our end
    },
  };
}
