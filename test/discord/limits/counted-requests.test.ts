import { DefaultRestOptions, REST } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { countedRequests } from '../../../src/discord/limits/counted-requests.ts';
import { startDiscord } from '../../simulators/discord/index.ts';

const API = 'https://discord.com/api/v10';

describe('counted requests', () => {
  it('tell what Discord answered, and whose limit a 429 was about', async () => {
    await using discord = await startDiscord();
    const answers: unknown[] = [];
    const answered = (...answer: unknown[]) => void answers.push(answer);
    const makeRequest = countedRequests(DefaultRestOptions.makeRequest, { answered });
    const rest = new REST({ api: discord.apiUrl, makeRequest, retries: 0, rejectOnRateLimit: () => true }).setToken(
      discord.token,
    );
    await rest.get('/gateway/bot');
    await expect(rest.get('/channels/1')).rejects.toThrow();
    expect(answers).toEqual([
      ['GET /gateway/bot', 200, undefined],
      ['GET /channels/:id', 404, undefined],
    ]);
  });

  it('take the scope of a 429 from its answer', async () => {
    const answers: unknown[] = [];
    const limited = async () => new Response('{}', { status: 429, headers: { 'x-ratelimit-scope': 'global' } });
    const send = countedRequests(limited, { answered: (...answer) => void answers.push(answer) });
    await send(`${API}/channels/1/messages`, { method: 'POST' });
    expect(answers).toEqual([['POST /channels/:id/messages', 429, 'global']]);
  });
});
