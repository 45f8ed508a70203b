/**
 * What a request asks for, without what differs from server to server: `PATCH /channels/:id/messages/:id`.
 *
 * @param url - with any prefix up to the version: `https://discord.com/api/v10/channels/1/messages/2?limit=1`
 */
export function routeOf(method: string, url: string): string {
  const path = url.replace(/^.*?\/api\/v\d+/, '').replace(/\?.*$/s, '');
  const known = path
    .replace(/^\/(webhooks|interactions)\/[^/]+\/[^/]+/, '/$1/:id/:token')
    .replace(/\/\d+(?=\/|$)/g, '/:id')
    .replace(/\/reactions\/[^/]+/, '/reactions/:emoji');
  return `${method} ${known}`;
}

/** Whether this is the first answer to an interaction. */
export function isAnswer(route: string): boolean {
  return route === 'POST /interactions/:id/:token/callback';
}

/** Whether this writes, or changes, a message that people read. */
export function isMessage(route: string): boolean {
  return /^(?:POST|PATCH) \/(?:channels\/:id\/messages|webhooks\/:id\/:token)(?:\/|$)/.test(route);
}
