import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../../support/free-port.ts';

/** A Redis of one's own, which keeps nothing, and may be stopped and started. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Begins again at the same port, knowing nothing. */
  start(...settings: readonly string[]): Promise<void>;
  /** As `SHUTDOWN`: whoever is connected is cut off. */
  stop(): Promise<void>;
  /** Stands still, with its connections open, until `thaw`: as a machine that is suspended. */
  freeze(): void;
  thaw(): void;
}

/** Whether this machine has the program. */
export async function hasRedisServer(): Promise<boolean> {
  const asked = spawn('redis-server', ['--version'], { stdio: 'ignore' });
  return await once(asked, 'exit').then(
    ([code]) => code === 0,
    () => false,
  );
}

/** @param settings - further arguments of the program, as `--requirepass x` */
export async function startRedisServer(...settings: readonly string[]): Promise<RedisServer> {
  const port = await freePort();
  let running: ChildProcess | undefined;
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    port,
    async start(...settings) {
      const keepsNothing = ['--save', '', '--appendonly', 'no'];
      const address = ['--bind', '127.0.0.1', '--port', `${port}`];
      running = spawn('redis-server', [...address, ...keepsNothing, ...settings], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      for await (const line of createInterface(running.stdout as NodeJS.ReadableStream)) {
        if (line.includes('Ready to accept connections')) break;
      }
      running.stdout?.resume();
    },
    async stop() {
      if (!running || running.exitCode !== null) return;
      const over = once(running, 'exit');
      running.kill('SIGCONT');
      running.kill('SIGKILL');
      await over;
      running = undefined;
    },
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
    [Symbol.asyncDispose]: () => server.stop(),
  };
  await server.start(...settings);
  return server;
}
