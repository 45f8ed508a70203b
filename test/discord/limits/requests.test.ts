import { describe, expect, it } from 'vitest';
import type { Metrics } from '../../../src/core/ports/metrics.ts';
import type { LimitedBy, SharedLimits, Turn } from '../../../src/core/ports/shared-limits.ts';
import { SharedRequests } from '../../../src/discord/limits/requests.ts';
import { mayWait } from '../../../src/discord/messages/importance.ts';

const API = 'https://discord.com/api/v10';
const GRANTED: Turn = { isGranted: true, free: 1, waitMs: 0 };
const BOT = { headers: { Authorization: 'Bot x' } };

/** Requests that Discord answers so, and everything that was asked and told meanwhile. */
function requests(status = 200, headers: Record<string, string> = {}, turn: Turn = GRANTED) {
  const seen: string[] = [];
  const limits: SharedLimits = {
    takeRequest: async (of, importance) => {
      seen.push(`${of} ${importance}`);
      return turn;
    },
    blockRequests: async (of: LimitedBy, forMs: number) => void seen.push(`block ${of} ${forMs}`),
    takeLogin: async () => GRANTED,
  };
  const metrics: Metrics['discord'] = {
    answered: (route, code, scope) => seen.push(`${route} ${code}${scope ? ` ${scope}` : ''}`),
    waited: (as) => seen.push(`waited as ${as}`),
  };
  const send = async () => new Response(status === 204 ? null : '{}', { status, headers });
  const through = new SharedRequests(limits, metrics).through(send);
  return { seen, through };
}

describe('a request', () => {
  it('of the bot asks for a turn of the token, one without a token for one of the address', async () => {
    const { seen, through } = requests();
    await through(`${API}/channels/1/messages`, { method: 'POST', ...BOT });
    await through(`${API}/webhooks/1/secret`, { method: 'POST', headers: {} });
    await through(`${API}/guilds/1`, { headers: new Headers(BOT.headers) });
    expect(seen).toEqual([
      ...['token must go', 'waited as final', 'POST /channels/:id/messages 200'],
      ...['address must go', 'waited as final', 'POST /webhooks/:id/:token 200'],
      ...['token must go', 'waited as other', 'GET /guilds/:id 200'],
    ]);
  });

  it('that may wait says so', async () => {
    const { seen, through } = requests();
    await mayWait(async () => await through(`${API}/channels/1/messages/2`, { method: 'PATCH', ...BOT }));
    expect(seen).toEqual(['token may wait', 'waited as edit', 'PATCH /channels/:id/messages/:id 200']);
  });

  it('that answers an interaction counts, and does not wait', async () => {
    const { seen, through } = requests(204, {}, { isGranted: false, free: 0, waitMs: 60_000 });
    await through(`${API}/interactions/1/secret/callback`, { method: 'POST', headers: {} });
    expect(seen).toEqual(['address must go', 'POST /interactions/:id/:token/callback 204']);
  });

  it('that Discord refuses for all lets none of the token through for a while', async () => {
    const headers = { 'retry-after': '2', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' };
    const { seen, through } = requests(429, headers);
    await through(`${API}/guilds/1`, BOT);
    expect(seen).toEqual(['token must go', 'waited as other', 'GET /guilds/:id 429 global', 'block token 2000']);
  });

  it('that Discord refuses by a limit of its route holds up no other', async () => {
    const { seen, through } = requests(429, { 'retry-after': '2', 'x-ratelimit-scope': 'user' });
    await through(`${API}/guilds/1`, BOT);
    expect(seen).toEqual(['token must go', 'waited as other', 'GET /guilds/:id 429 user']);
  });
});
