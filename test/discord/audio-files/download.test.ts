import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { downloadAttachment } from '../../../src/discord/audio-files/download.ts';

const DISCORD = 'https://discord.com/api';
const never = new AbortController().signal;

/** A web server that does not belong to Discord, and counts its visitors. */
async function stranger(answer: { status: number; body?: Buffer; location?: string; declared?: number }) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.writeHead(answer.status, { ...(answer.location === undefined ? {} : { location: answer.location }) });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // a server that listens on a port has no other kind of address
  return { origin: `http://127.0.0.1:${port}`, seen };
}

describe('fetching an attachment', () => {
  it.each([
    ['https://evil.example/a.ogg', DISCORD],
    ['https://cdn.discordapp.com.evil.example/a.ogg', DISCORD],
    ['https://cdn.discordapp.com:8443/a.ogg', DISCORD],
    ['http://cdn.discordapp.com/a.ogg', DISCORD],
    ['http://169.254.169.254/latest/meta-data', DISCORD],
    ['file:///etc/passwd', DISCORD],
    ['https://discord.com/api/v10/users/@me', DISCORD],
  ])('does not ask %s', async (address, api) => {
    const fetching = downloadAttachment(address, api, 100, never);
    await expect(fetching).rejects.toThrow('Cannot fetch the file: it is not on Discord’s file hosts.');
  });

  it('asks no other host than the simulator’s own', async () => {
    const { origin, seen } = await stranger({ status: 200, body: Buffer.from('x') });
    const fetching = downloadAttachment(`${origin}/attachments/1/2/a.ogg`, 'http://127.0.0.1:9/api', 100, never);
    await expect(fetching).rejects.toMatchObject({ code: 'download-failed' });
    expect(seen).toEqual([]);
  });

  it('follows no redirect', async () => {
    const elsewhere = await stranger({ status: 200, body: Buffer.from('secret') });
    const { origin } = await stranger({ status: 302, location: `${elsewhere.origin}/secret` });
    const fetching = downloadAttachment(`${origin}/a.ogg`, `${origin}/api`, 100, never);
    await expect(fetching).rejects.toMatchObject({ code: 'download-failed' });
    expect(elsewhere.seen).toEqual([]);
  });

  it('gives up a file that is larger than declared', async () => {
    const { origin } = await stranger({ status: 200, body: Buffer.alloc(101) });
    const fetching = downloadAttachment(`${origin}/a.ogg`, `${origin}/api`, 100, never);
    await expect(fetching).rejects.toMatchObject({ code: 'too-large' });
  });

  it.each([
    [404, 'expired'],
    [403, 'expired'],
    [500, 'download-failed'],
  ])('takes the answer %i for: %s, without a word of the address', async (status, code) => {
    const { origin } = await stranger({ status });
    const error = await downloadAttachment(`${origin}/a.ogg?hm=secret`, `${origin}/api`, 9, never).catch(String);
    expect(error).not.toMatch(/secret|127\.0/u);
    const again = downloadAttachment(`${origin}/a.ogg`, `${origin}/api`, 9, never);
    await expect(again).rejects.toMatchObject({ code });
  });
});
