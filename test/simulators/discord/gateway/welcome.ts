import { INTENT } from '../world/events.ts';
import { userJson } from '../world/user.ts';
import type { World } from '../world/world.ts';
import type { GatewaySession } from './session.ts';
import { serves } from './shard.ts';

/** Tells a new session who it is, and then of every server of its shard. */
export function welcome(world: World, session: GatewaySession, gatewayUrl: string): void {
  const { shard, intents } = session;
  const guilds = [...world.guilds.values()].filter(({ id }) => serves(shard, id));
  session.dispatch('READY', {
    v: 10,
    user: { ...userJson(world.bot), verified: true, mfa_enabled: true, email: null },
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: `${gatewayUrl}/resume`,
    shard: [shard.id, shard.count],
    application: { id: world.application.id, flags: 0 },
    private_channels: [],
    relationships: [],
    user_settings: {},
    presences: [],
    guild_join_requests: [],
    _trace: ['simulator'],
  });
  if ((intents & INTENT.guilds) === 0) return;
  for (const guild of guilds) session.dispatch('GUILD_CREATE', guild.createJson(intents));
}
