import type { Channel } from './channel.ts';
import type { Json } from './events.ts';
import type { User } from './user.ts';

/** Whom a message pings. */
export interface Mentions {
  readonly everyone: boolean;
  readonly users: readonly User[];
  readonly roleIds: readonly string[];
}

/** Reads the content as Discord does; without `allowed_mentions` everything in it pings. */
export function mentionsIn(content: string, allowed: Json | undefined, channel: Channel): Mentions {
  const parse = Array.isArray(allowed?.parse) ? allowed.parse : undefined;
  const named = (key: 'users' | 'roles') => {
    const ids = allowed?.[key];
    return Array.isArray(ids) ? ids : [];
  };
  const isAllowed = (kind: 'users' | 'roles', id: string) =>
    allowed === undefined || parse?.includes(kind) === true || named(kind).includes(id);
  const idsOf = (pattern: RegExp) => [...new Set([...content.matchAll(pattern)].map(([, id]) => id ?? ''))];
  const isKnown = (user: User | undefined): user is User => user !== undefined;
  return {
    everyone: /@(everyone|here)\b/.test(content) && (allowed === undefined || parse?.includes('everyone') === true),
    users: idsOf(/<@!?(\d+)>/g)
      .filter((id) => isAllowed('users', id))
      .map((id) => channel.world.users.get(id))
      .filter(isKnown),
    roleIds: idsOf(/<@&(\d+)>/g).filter((id) => isAllowed('roles', id) && channel.guild?.roles.has(id) === true),
  };
}
