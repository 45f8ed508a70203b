import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { Health } from '../../src/web/health.ts';
import { type Pages, type ServerOptions, serve } from '../../src/web/server.ts';

const HALF = 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Never: ';

async function served(options: Partial<ServerOptions> = {}) {
  const live: Pages = new Hono();
  live.get('/live.js', (context) => context.body('1', 200, { 'Content-Type': 'text/javascript' }));
  const health = new Health();
  health.begin({ isReady: () => true, meetings: () => 0 }, live);
  const app = health.pages(quiet);
  const server = await serve(app, { host: '127.0.0.1', port: 0, setting: 'HTTP_PORT', ...options }, quiet);
  onTestFinished(() => server[Symbol.asyncDispose]());
  const port = server.port ?? 0;
  const host = options.host ?? '127.0.0.1';
  /** @param from - the sender's address: every one of 127.0.0.0/8 is this machine */
  const open = async (text = '', from = '127.0.0.1') => {
    const socket = connect({ port, host, localAddress: from }).setEncoding('latin1');
    socket.on('error', () => {}); // some tests are about being cut off
    onTestFinished(() => void socket.destroy());
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
    socket.write(text);
    return socket;
  };
  return { open, url: `http://${host}:${port}` };
}

async function answerOf(socket: Socket): Promise<string> {
  let answer = '';
  socket.on('data', (text) => {
    answer += text;
  });
  await new Promise((resolve) => socket.once('close', resolve)); // whatever error comes before
  return answer;
}

describe('the server of pages', () => {
  it('answers an incomplete request with an error, and closes its connection', async () => {
    const { open } = await served({ patience: { headersMs: 150, requestMs: 250, checkMs: 30 } });
    const silent = await open();
    const half = await open(HALF);
    const answers = await Promise.all([silent, half].map(answerOf));
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1.1 408 .*\r\nX-Content-Type-Options: nosniff\r\n/);
  });

  it('closes a connection on which a request comes drop by drop', async () => {
    const { open } = await served({ patience: { headersMs: 150, requestMs: 250, checkMs: 30 } });
    const socket = await open(HALF);
    const drops = setInterval(() => socket.write('a'), 20);
    onTestFinished(() => clearInterval(drops));
    // A drop that comes after the end has the connection reset, which takes an answer with it that nobody has read yet.
    expect(await answerOf(socket)).toMatch(/^(?:HTTP\/1.1 408 |$)/);
  });

  it('takes no more connections than allowed, and another when one closes', async () => {
    const { open, url } = await served({ mostConnections: 3 });
    const held = [await open(HALF), await open(HALF), await open(HALF)];
    const refused = await open(HALF);
    expect(await answerOf(refused)).toBe('');
    held[0]?.destroy();
    await expect.poll(async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.status).toBe(200);
  });

  it('limits the connections of one address, but not those of this machine’s proxy', async () => {
    const { open, url } = await served({ ownAddresses: ['127.0.0.1'], mostPerAddress: 2 });
    for (let i = 0; i < 2; i++) await open(HALF, '127.0.0.2');
    expect(await answerOf(await open(HALF, '127.0.0.2'))).toBe('');
    await open(HALF, '127.0.0.3'); // another address has its own limit
    for (let i = 0; i < 5; i++) await open(HALF, '127.0.0.1');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('leaves the bot files to open, however many half requests come', async () => {
    const script = `
      import { openSync } from 'node:fs';
      import { connect } from 'node:net';
      import { Health, servePages } from './src/web/health.ts';
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      const server = await servePages({ host: '127.0.0.1', port: 0 }, new Health(), log);
      process.send(server.port);
      process.once('message', () => { openSync('/dev/null'); process.exit(0); });
    `;
    const attacker = `
      import { fork } from 'node:child_process';
      import { connect } from 'node:net';
      const bot = fork('-', { execPath: '/bin/sh', execArgv: ['-c', 'ulimit -n 150; exec "$0" --input-type=module-typescript --eval "$1"', process.execPath, ${JSON.stringify(script)}] });
      const port = await new Promise((resolve) => bot.once('message', resolve));
      const tried = Array.from({ length: 300 }, () => new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => { socket.write(${JSON.stringify(HALF)}); setTimeout(resolve, 300); });
        socket.on('error', resolve).on('close', resolve);
      }));
      await Promise.all(tried);
      bot.send('open a file');
      console.log(await new Promise((resolve) => bot.once('exit', resolve)));
      process.exit();
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', attacker]);
    expect(stdout.trim()).toBe('0');
  });

  it.each([
    ['a page', 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '200'],
    ['a script', 'GET /live.js HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '200'],
    ['nothing', 'GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '404'],
    [
      'a method that changes things',
      'POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{}',
      '405',
    ],
    ['an invalid host', 'GET /healthz HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', '400'],
    ['something that is not HTTP', 'EHLO mail\r\n\r\n', '400'],
    ['a head that is too long', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, '431'],
  ])('tells browsers not to guess the type of an answer: %s', async (_what, request, status) => {
    const { open } = await served();
    const answer = await answerOf(await open(request));
    expect(answer.split(' ')[1]).toBe(status);
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
  });
});
