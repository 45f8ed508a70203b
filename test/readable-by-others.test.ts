import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../src/config.ts';
import { quiet } from '../src/core/log.ts';
import { isReadableByOthers, warnOfReaders } from '../src/readable-by-others.ts';

/** A folder that others may enter. */
function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o755);
  return folder;
}

function fileOf(mode: number, ...path: string[]): string {
  const file = join(...path);
  writeFileSync(file, 'hush');
  chmodSync(file, mode);
  return file;
}

describe('a private file', () => {
  it.each([
    [0o644, true],
    [0o604, true],
    [0o640, false], // a group that somebody chose
    [0o600, false],
  ])('is readable by others or not by its mode (%o)', (mode, isReadable) => {
    expect(isReadableByOthers(fileOf(mode, openFolder(), 'parley.db'))).toBe(isReadable);
  });

  it('is not readable by others in a folder that only we may enter', () => {
    const folder = openFolder();
    const closed = join(folder, 'closed');
    mkdirSync(join(closed, 'data'), { recursive: true });
    const file = fileOf(0o644, closed, 'data', 'parley.db');
    expect(isReadableByOthers(file)).toBe(true);
    chmodSync(closed, 0o700);
    expect(isReadableByOthers(file)).toBe(false);
  });

  it('is not readable by others when it does not exist', () => {
    expect(isReadableByOthers(join(openFolder(), 'none'))).toBe(false);
  });

  it('is named in the log when others can read it, with the remedy, and without paths or contents', () => {
    const folder = openFolder();
    const database = fileOf(0o644, folder, 'parley.db');
    fileOf(0o644, folder, 'parley.db-wal');
    fileOf(0o600, folder, 'parley.db-shm');
    const lines: { fields: object; message: string }[] = [];
    const log = { ...quiet, warn: (fields: object, message: string) => void lines.push({ fields, message }) };
    const config = readConfig({
      DISCORD_TOKEN_FILE: fileOf(0o644, folder, 'token'),
      PALABRA_API_KEY_FILE: fileOf(0o400, folder, 'key'),
      DATABASE_URL: `sqlite://${database}`,
      SETTINGS_URL: 'sqlite://:memory:',
    });
    warnOfReaders(config, log);
    const readable = [
      'the folder of DATABASE_URL',
      'the file of DATABASE_URL',
      'the file-wal of DATABASE_URL',
      'the file of DISCORD_TOKEN_FILE',
    ];
    expect(lines).toEqual([{ fields: { readable }, message: expect.stringContaining('chmod go-rwx') }]);
    chmodSync(folder, 0o700);
    warnOfReaders(config, log);
    expect(lines).toHaveLength(1);
  });
});
