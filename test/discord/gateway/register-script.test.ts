import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { startDiscord } from '../../simulators/discord/index.ts';

/** Runs `npm run register` as an operator does. */
async function register(env: Record<string, string>) {
  const child = spawn(process.execPath, ['scripts/register-commands.ts'], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code };
}

describe('npm run register', () => {
  it('registers the commands by hand, and says when nothing changed', async () => {
    await using discord = await startDiscord();
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    expect(await register(env)).toEqual({ stdout: 'The commands are registered.\n', stderr: '', code: 0 });
    expect((await register(env)).stdout).toBe('Nothing changed: every command is registered.\n');
  });

  it('reads the token from a file, as the bot does', async () => {
    await using discord = await startDiscord();
    await using folder = await mkdtempDisposable(join(tmpdir(), 'parley-'));
    const DISCORD_TOKEN_FILE = join(folder.path, 'token');
    await writeFile(DISCORD_TOKEN_FILE, `${discord.token}\n`);
    expect((await register({ DISCORD_TOKEN_FILE, DISCORD_API_URL: discord.apiUrl })).code).toBe(0);
    const { stderr } = await register({ DISCORD_TOKEN_FILE: join(folder.path, 'none') });
    expect(stderr).toBe('DISCORD_TOKEN_FILE names a file that cannot be read (ENOENT).\n');
  });

  it('says in a sentence that the token is refused, without repeating it', async () => {
    await using discord = await startDiscord();
    const { stderr, code } = await register({ DISCORD_TOKEN: 'MTIz.wrong.token', DISCORD_API_URL: discord.apiUrl });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Cannot register the commands: .*Check DISCORD_TOKEN.*\n$/);
    expect(stderr).not.toContain('wrong');
  });
});
