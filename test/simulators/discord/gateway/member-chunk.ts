import type { z } from 'zod';
import { INTENT } from '../world/events.ts';
import type { World } from '../world/world.ts';
import { Closing } from './connection.ts';
import type { memberRequest } from './packets.ts';
import type { GatewaySession } from './session.ts';

/** Answers op 8. */
export function sendMembers(world: World, session: GatewaySession, request: z.output<typeof memberRequest>): void {
  const { guild_id: guildId, user_ids: ids, query, limit, nonce } = request;
  const guild = world.guilds.get(guildId);
  if (guild === undefined) return;
  const wanted = typeof ids === 'string' ? [ids] : ids;
  const isEveryone = wanted === undefined && (query ?? '') === '' && (limit ?? 0) === 0;
  if (isEveryone && (session.intents & INTENT.guildMembers) === 0) throw new Closing(4014, 'Disallowed');
  const found = [...guild.members.values()].filter((member) =>
    wanted === undefined ? member.displayName.startsWith(query ?? '') : wanted.includes(member.id),
  );
  session.dispatch('GUILD_MEMBERS_CHUNK', {
    guild_id: guildId,
    members: found.map((member) => member.json()),
    chunk_index: 0,
    chunk_count: 1,
    ...(wanted === undefined ? {} : { not_found: wanted.filter((id) => !guild.members.has(id)) }),
    ...(nonce === undefined ? {} : { nonce }),
  });
}
