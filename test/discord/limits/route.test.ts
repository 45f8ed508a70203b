import { describe, expect, it } from 'vitest';
import { isAnswer, isMessage, routeOf } from '../../../src/discord/limits/route.ts';

const API = 'https://discord.com/api/v10';

describe('the route of a request', () => {
  it.each([
    ['GET', `${API}/gateway/bot`, 'GET /gateway/bot'],
    ['PATCH', `${API}/channels/123456789012345678/messages/223456789012345678`, 'PATCH /channels/:id/messages/:id'],
    ['GET', `${API}/channels/1/messages?limit=100&before=3`, 'GET /channels/:id/messages'],
    ['POST', `${API}/webhooks/12/secret-token_x?wait=true`, 'POST /webhooks/:id/:token'],
    ['PATCH', `${API}/webhooks/12/secret/messages/@original`, 'PATCH /webhooks/:id/:token/messages/@original'],
    ['POST', `${API}/interactions/12/secret/callback`, 'POST /interactions/:id/:token/callback'],
    ['GET', `${API}/guilds/1/members/2`, 'GET /guilds/:id/members/:id'],
    ['PUT', `http://127.0.0.1:9/api/v10/channels/1/messages/pins/2`, 'PUT /channels/:id/messages/pins/:id'],
    [
      'PUT',
      `${API}/channels/1/messages/2/reactions/%F0%9F%91%8D/@me`,
      'PUT /channels/:id/messages/:id/reactions/:emoji/@me',
    ],
  ])('tells neither ids nor tokens: %s %s', (method, url, route) => {
    expect(routeOf(method, url)).toBe(route);
  });

  it.each([
    [`POST ${API}/interactions/12/secret/callback`, true, false],
    [`PATCH ${API}/webhooks/12/secret/messages/@original`, false, true],
    [`POST ${API}/webhooks/12/secret`, false, true],
    [`POST ${API}/channels/1/messages`, false, true],
    [`PATCH ${API}/channels/1/messages/2`, false, true],
    [`GET ${API}/channels/1/messages`, false, false],
    [`DELETE ${API}/channels/1/messages/2`, false, false],
    [`POST ${API}/channels/1/threads`, false, false],
  ])('knows answers and messages: %s', (request, answer, message) => {
    const [method = '', url = ''] = request.split(' ');
    const route = routeOf(method, url);
    expect([isAnswer(route), isMessage(route)]).toEqual([answer, message]);
  });
});
