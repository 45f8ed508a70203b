import { z } from 'zod';

export const OP = {
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voiceState: 4,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
  requestChannelInfo: 43,
} as const;

const snowflake = z.string().regex(/^\d{1,20}$/);
const packet = z.object({ op: z.number().int(), d: z.unknown() });
export const identify = z.object({
  token: z.string(),
  intents: z.number().int(),
  properties: z.looseObject({}),
  shard: z.tuple([z.number().int(), z.number().int()]).optional(),
});
export const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int() });
export const voiceState = z.object({
  guild_id: snowflake,
  channel_id: z.string().nullable(),
  self_mute: z.boolean(),
  self_deaf: z.boolean(),
});
export const memberRequest = z.object({
  guild_id: snowflake,
  query: z.string().optional(),
  limit: z.number().int().optional(),
  user_ids: z.union([z.string(), z.array(z.string())]).optional(),
  nonce: z.string().optional(),
});
export const channelInfoRequest = z.object({ guild_id: snowflake, fields: z.array(z.string()) });
export type VoiceStateRequest = z.output<typeof voiceState>;

/** What the client sent; nothing when it is no packet. */
export function readPacket(text: string): z.output<typeof packet> | undefined {
  try {
    return packet.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
