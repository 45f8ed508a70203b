import type { z } from 'zod';
import { INTENT } from '../world/events.ts';
import type { World } from '../world/world.ts';
import { Closing } from './connection.ts';
import type { memberRequest } from './packets.ts';
import type { GatewaySession } from './session.ts';

const MOST_IDS = 100; // Discord's own
const MOST_NONCE_BYTES = 32; // of a longer one Discord says nothing in its answer

/** Answers op 8. Of more than a hundred members asked for by id, the first hundred are told. */
export function sendMembers(world: World, session: GatewaySession, request: z.output<typeof memberRequest>): void {
  const { guild_id: guildId, user_ids: ids, query, limit, nonce } = request;
  const guild = world.guilds.get(guildId);
  if (guild === undefined) return;
  const wanted = typeof ids === 'string' ? [ids] : ids?.slice(0, MOST_IDS);
  if (Array.isArray(ids) && ids.length > MOST_IDS) {
    world.violations.push(`More than ${MOST_IDS} members were asked for at once: ${ids.length}`);
  }
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
    ...(nonce === undefined || Buffer.byteLength(nonce) > MOST_NONCE_BYTES ? {} : { nonce }),
  });
}
