import { type Client, GatewayDispatchEvents, type VoiceState } from 'discord.js';

/** The ids of a client's gateway sessions, by shard. */
const sessions = new WeakMap<Client, Map<number, string>>();

/** Notes the ids of a client's sessions, where several processes share the bot. Call it before the client logs in. */
export function noteSessions(client: Client): void {
  const ids = new Map<number, string>();
  sessions.set(client, ids);
  client.ws.on(GatewayDispatchEvents.Ready, (data: { readonly session_id?: string }, shardId: number) => {
    if (data.session_id !== undefined) ids.set(shardId, data.session_id);
  });
}

/**
 * Whether the bot is in voice there by a session of another process: Discord lets the newest one that asks have the seat.
 * Always false where the sessions are not noted.
 */
export function isOfOtherSession({ client, guild, sessionId }: VoiceState): boolean {
  const own = sessions.get(client)?.get(guild.shardId);
  return own !== undefined && sessionId !== null && sessionId !== own;
}
