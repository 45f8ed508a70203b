import type { ServerResponse } from 'node:http';
import { crc32, deflateSync } from 'node:zlib';
import type { World } from '../world/world.ts';

const DEFAULT = /^\/embed\/avatars\/([0-5])\.png$/;
const OF_USER = /^\/avatars\/(\d+)\/(\w+)\.png$/;
const OF_MEMBER = /^\/guilds\/(\d+)\/users\/(\d+)\/avatars\/(\w+)\.png$/;

/** Whether a path is that of a picture of people. */
export function isPicture(path: string): boolean {
  return [DEFAULT, OF_USER, OF_MEMBER].some((pattern) => pattern.test(path));
}

/** A picture of somebody, in one colour that depends on its hash; 404 for one that they do not have. */
export function servePicture(world: World, path: string, response: ServerResponse): void {
  const hash = DEFAULT.exec(path)?.[1] ?? hashOf(world, path);
  if (hash === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end();
  else response.writeHead(200, { 'content-type': 'image/png' }).end(onePixel(crc32(hash)));
}

function hashOf(world: World, path: string): string | undefined {
  const [, userId = '', avatar] = OF_USER.exec(path) ?? [];
  const [, guildId = '', memberId = '', serverAvatar] = OF_MEMBER.exec(path) ?? [];
  const known = avatar
    ? world.users.get(userId)?.avatar
    : world.guilds.get(guildId)?.members.get(memberId)?.serverAvatar;
  return known === (avatar ?? serverAvatar) ? (known ?? undefined) : undefined;
}

/** A PNG of one pixel. @param rgb - its colour */
function onePixel(rgb: number): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]); // 1 × 1, 8 bits, true colour
  const row = Buffer.from([0, rgb & 0xff, (rgb >> 8) & 0xff, (rgb >> 16) & 0xff]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    part('IHDR', header),
    part('IDAT', deflateSync(row)),
    part('IEND', Buffer.alloc(0)),
  ]);
}

function part(name: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}
