import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { definitions } from '../../commands/index.ts';
import { startDiscord } from '../simulators/discord/index.ts';
import { ParleyProcess } from '../support/parley.ts';
import { openStage } from '../support/stage.ts';

// What goes well on the way there is logged, too, and is no part of what these tests look at.
const complete = { DISCORD_TOKEN: 'x', PALABRA_CLIENT_ID: 'id', PALABRA_CLIENT_SECRET: 'secret', LOG_LEVEL: 'warn' };

/** What it writes, and the code it exits with. */
async function runToEnd(environment: Record<string, string>): Promise<{ output: string; code: number | null }> {
  await using bot = new ParleyProcess(environment);
  const code = await bot.exit();
  return { output: bot.output, code };
}

describe('starting', () => {
  it('reports everything that is missing at once, and exits with a failure', async () => {
    const { output, code } = await runToEnd({ HTTP_PORT: 'eighty' });
    expect(output.trim().split('\n')).toEqual([
      'Cannot start, as the configuration has problems:',
      expect.stringContaining('- DISCORD_TOKEN is missing.'),
      expect.stringContaining('- HTTP_PORT must be a port'),
      expect.stringContaining('- PALABRA_CLIENT_ID is missing.'),
      expect.stringContaining('- PALABRA_CLIENT_SECRET is missing.'),
    ]);
    expect(code).toBe(1);
  });

  it('says that a token is refused in one sentence, without the token', async () => {
    await using discord = await startDiscord();
    const wrong = { ...complete, DISCORD_TOKEN: 'wrong-token', DISCORD_API_URL: discord.apiUrl };
    const { output, code } = await runToEnd(wrong);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toMatch(/token/i);
    expect(output).not.toContain('wrong-token');
    expect(code).toBe(1);
  });

  it('says that Discord cannot be reached', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
    server.close(); // nobody listens there now
    const { output, code } = await runToEnd({ ...complete, DISCORD_API_URL: `http://127.0.0.1:${port}/api` });
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toMatch(/cannot (?:be )?reach/i);
    expect(code).toBe(1);
  });

  // It waits five seconds for the database; meanwhile the next two compile.
  it.concurrent('says that the database cannot be used, without its password', async () => {
    const { output, code } = await runToEnd({ ...complete, DATABASE_URL: 'postgres://me:hush@127.0.0.1:1/parley' });
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).not.toContain('hush');
    expect(code).toBe(1);
  });

  it.concurrent('makes its commands known when it is ready, and ends in peace on SIGTERM', async () => {
    await using stage = await openStage();
    const names = stage.discord.world.application.commands.map(({ name }) => name);
    expect(names.toSorted()).toEqual(definitions.map(({ name }) => name).toSorted());
    stage.bot.kill('SIGTERM');
    expect(await stage.bot.exit()).toBe(0);
  });

  it.concurrent('keeps what it writes, and the code it compiled, where nobody else on the machine can read or write', async () => {
    await using stage = await openStage({ environment: { NODE_COMPILE_CACHE: '' } });
    stage.bot.kill('SIGTERM');
    await stage.bot.exit();
    const data = join(stage.bot.directory, 'data');
    const modes = readdirSync(data, { recursive: true, encoding: 'utf8' }).map(
      (name) => statSync(join(data, name)).mode,
    );
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, '.cache')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(data, '.cache'))).not.toEqual([]);
    expect(modes.filter((mode) => (mode & 0o077) !== 0)).toEqual([]);
  });

  it('runs no compiled code out of a folder in which others can write', async () => {
    await using bot = new ParleyProcess({ NODE_COMPILE_CACHE: '' });
    bot.kill('SIGKILL'); // before it has compiled anything, which takes seconds
    await bot.exit();
    const cache = join(bot.directory, 'data/.cache');
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    chmodSync(cache, 0o777);
    bot.restart();
    await bot.exit(); // for want of a configuration
    expect(readdirSync(cache)).toEqual([]);
  });
});
