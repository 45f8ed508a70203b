import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { freePort } from '../../support/free-port.ts';

const NGINX = '/usr/sbin/nginx';

export const hasNginx = existsSync(NGINX);

/** The title of tests that need nginx: it says why they are skipped where there is none. */
export function behindNginx(what: string): string {
  return hasNginx ? what : `${what} (skipped: there is no ${NGINX})`;
}

/**
 * A real nginx on a free port of this machine, which passes on everything to another port until the test ends. Whatever
 * is not said here is as nginx comes.
 *
 * @param settings - more lines for the place that passes on, such as `proxy_read_timeout 1s;`
 * @returns its address, without a slash at the end
 */
export async function startNginx(to: number, settings = ''): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-nginx-'));
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, configOf(folder, port, to, settings));
  const running = spawn(NGINX, ['-p', folder, '-e', 'stderr', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => running.kill('SIGTERM'); // whatever ends us: nobody would end it later
  process.once('exit', end);
  onTestFinished(async () => {
    process.off('exit', end);
    await ended(running);
    rmSync(folder, { recursive: true });
  });
  let complaints = '';
  for await (const line of createInterface(running.stderr)) {
    if (line.includes('start worker process ')) {
      running.stderr.resume();
      return `http://127.0.0.1:${port}`;
    }
    complaints += `${line}\n`;
  }
  throw new Error(`nginx did not start:\n${complaints}`);
}

function configOf(folder: string, port: number, to: number, settings: string): string {
  const ofBodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const isRoot = process.getuid?.() === 0;
  return `daemon off;
pid ${folder}/pid;
error_log stderr notice;
${isRoot ? 'user root;' : ''}
events {}
http {
  access_log off;
  ${ofBodies.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${to};
      ${settings}
    }
  }
}
`;
}

async function ended(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return;
  const over = once(running, 'exit');
  running.kill('SIGTERM'); // at once, without waiting for open connections
  await over;
}
