/** A JSON object of Discord's; its shape is documented there, and judged by the real client that reads it. */
export type Json = Record<string, unknown>;

/** Gateway intents, by bit; 0 means that an event needs none. */
export const INTENT = {
  none: 0,
  guilds: 1 << 0,
  guildMembers: 1 << 1, // privileged
  guildWebhooks: 1 << 5,
  guildVoiceStates: 1 << 7,
  guildPresences: 1 << 8, // privileged
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
  messageContent: 1 << 15, // privileged
  guildScheduledEvents: 1 << 16,
} as const;

/** Something that happened in the world, as the gateway tells it. */
export interface WorldEvent {
  readonly name: string;
  readonly intent: number; // a session hears of it when it asked for this bit
  readonly guildId: string | undefined; // only sessions of this server's shard hear of it; undefined: shard 0
  readonly onlyTo: string | undefined; // a session's id, when the others are not told
  /** What a session with these intents is told. */
  readonly data: (intents: number) => Json;
}
