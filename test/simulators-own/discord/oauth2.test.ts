import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DiscordSimulator, Member } from '../../simulators/discord/index.ts';
import { bots } from './bot.ts';

const { discord } = bots();

const BACK = 'https://parley.example.org/sign-in/back';
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

type Query = Readonly<Record<string, string>>;

/** A Discord with an application that people may sign in to, and Ana in two of three servers. */
async function withAna() {
  const sim = await discord();
  const [guild, second] = [sim.addGuild({ name: 'Café' }), sim.addGuild({ name: 'Club' })];
  sim.addGuild({ name: 'Elsewhere' });
  const ana = guild.addMember({ name: 'ana' });
  second.addMember({ name: 'ana', user: ana.user });
  const { application } = sim.world;
  application.redirectUris.push(BACK);
  return { sim, guild, second, ana, application };
}

function addressOf(sim: DiscordSimulator, changes: Query = {}): string {
  const query = {
    ...{ response_type: 'code', client_id: sim.world.application.id, scope: 'identify guilds', state: 's1' },
    ...{ redirect_uri: BACK, code_challenge: CHALLENGE, code_challenge_method: 'S256' },
    ...changes,
  };
  return `${sim.authorizeUrl}?${new URLSearchParams(query)}`;
}

function codeIn(address: string): string {
  return new URL(address).searchParams.get('code') ?? '';
}

async function ask(sim: DiscordSimulator, path: string, form: Query, secret = sim.world.application.clientSecret) {
  const proof = Buffer.from(`${sim.world.application.id}:${secret}`).toString('base64');
  const response = await fetch(`${sim.apiUrl}/v10/oauth2/${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${proof}` },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, string>> };
}

async function token(sim: DiscordSimulator, code: string, changes: Query = {}, secret?: string) {
  const form = { grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: VERIFIER, ...changes };
  return await ask(sim, 'token', form, secret);
}

async function signedIn(sim: DiscordSimulator, who: Member, changes: Query = {}): Promise<string> {
  const { body } = await token(sim, codeIn(sim.decideOn(addressOf(sim, changes), who)));
  return body.access_token ?? '';
}

async function me(sim: DiscordSimulator, bearer: string, path = ''): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${sim.apiUrl}/v10/users/@me${path}`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  return { status: response.status, body: await response.json() };
}

describe('signing in with Discord', () => {
  it('shows a page that leads back with a code, the state and the issuer, or with a refusal', async () => {
    const { sim, ana } = await withAna();
    const page = await (await fetch(addressOf(sim))).text();
    const follow = async (words: string) => {
      const href = new RegExp(`href="([^"]+)">${words}`).exec(page)?.[1] ?? '';
      const url = new URL(href.replaceAll('&amp;', '&'), sim.authorizeUrl);
      const response = await fetch(url, { redirect: 'manual' });
      return new URL(response.headers.get('location') ?? '').searchParams;
    };
    expect(Object.fromEntries(await follow(`Authorize as ${ana.user.username}`))).toEqual({
      code: expect.stringMatching(/^[\w-]{20}$/),
      state: 's1',
      iss: sim.world.origin,
    });
    expect(Object.fromEntries(await follow('Cancel'))).toMatchObject({ error: 'access_denied', state: 's1' });
    expect(sim.violations).toEqual([]);
  });

  it.each([
    ['of an application that does not exist', { client_id: '1' }],
    ['that leads back where nobody has said it may', { redirect_uri: `${BACK}/elsewhere` }],
    ['for a right that this Discord does not give', { scope: 'identify email' }],
    ['with a challenge that is no hash', { code_challenge_method: 'plain' }],
  ])('answers a request %s with an error, and sends nobody back', async (_, changes) => {
    const { sim } = await withAna();
    const response = await fetch(addressOf(sim, changes), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(sim.violations).toHaveLength(1);
  });

  it('gives a token for a code, with which the account and its servers can be read', async () => {
    const { sim, guild, second, ana } = await withAna();
    const answer = await token(sim, codeIn(sim.decideOn(addressOf(sim), ana)));
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', scope: 'identify guilds' } });
    const bearer = answer.body.access_token ?? '';
    expect(await me(sim, bearer)).toMatchObject({ status: 200, body: { id: ana.id, username: 'ana' } });
    expect(await me(sim, bearer, '/guilds')).toMatchObject({
      body: [
        { id: guild.id, name: 'Café' },
        { id: second.id, name: 'Club' },
      ],
    });
    expect(sim.violations).toEqual([]);
  });

  it('gives a token once for each code', async () => {
    const { sim, ana } = await withAna();
    const code = codeIn(sim.decideOn(addressOf(sim), ana));
    await token(sim, code);
    expect(await token(sim, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }],
    ['a verifier that is too short', { code_verifier: 'v' }],
    ['another way back', { redirect_uri: `${BACK}/` }],
    ['another code', { code: 'unknown' }],
  ])('refuses %s', async (_, changes) => {
    const { sim, ana } = await withAna();
    const code = codeIn(sim.decideOn(addressOf(sim), ana));
    expect(await token(sim, code, changes)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('refuses a wrong client secret, and a body that is no form', async () => {
    const { sim, ana } = await withAna();
    const code = codeIn(sim.decideOn(addressOf(sim), ana));
    expect(await token(sim, code, {}, 'wrong')).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const json = await fetch(`${sim.apiUrl}/v10/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'authorization_code', code }),
    });
    expect(json.status).toBe(400);
  });

  it('keeps what somebody has not allowed to itself', async () => {
    const { sim, ana } = await withAna();
    const bearer = await signedIn(sim, ana, { scope: 'identify' });
    expect((await me(sim, bearer)).status).toBe(200);
    expect((await me(sim, bearer, '/guilds')).status).toBe(401);
  });

  it('takes a token back', async () => {
    const { sim, ana, application } = await withAna();
    const bearer = await signedIn(sim, ana);
    expect(await ask(sim, 'token/revoke', { token: bearer })).toMatchObject({ status: 200 });
    expect((await me(sim, bearer)).status).toBe(401);
    expect(application.grants.working).toEqual([]);
  });
});
