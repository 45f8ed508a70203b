import type { ServerResponse } from 'node:http';
import type { World } from '../world/world.ts';

/** A file of a message, at the address that the message gives for it; the signature has to be the one in it. */
export function serveAttachment(world: World, url: URL, response: ServerResponse): void {
  const [, , channelId = '', id = ''] = url.pathname.split('/');
  const channel = world.channels.get(channelId);
  const answers = [...world.interactions.values()].flatMap(({ original, followUps }) => [original, ...followUps]);
  const attachment = [...(channel?.messages ?? []), ...answers]
    .flatMap((message) => message?.attachments ?? [])
    .find((candidate) => candidate.id === id);
  if (attachment === undefined || attachment.url !== `${world.origin}${url.pathname}${url.search}`) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('This content is no longer available.');
    return;
  }
  response.writeHead(200, {
    'content-type': attachment.contentType,
    'content-length': attachment.bytes.byteLength,
  });
  response.end(attachment.bytes);
}
