import { z } from 'zod';

/** Opcodes of the voice gateway, version 8, and of DAVE version 1. */
export const Op = {
  identify: 0,
  selectProtocol: 1,
  ready: 2,
  heartbeat: 3,
  sessionDescription: 4,
  speaking: 5,
  heartbeatAck: 6,
  resume: 7,
  hello: 8,
  resumed: 9,
  clientsConnect: 11,
  video: 12,
  clientDisconnect: 13,
  davePrepareTransition: 21,
  daveExecuteTransition: 22,
  daveTransitionReady: 23,
  davePrepareEpoch: 24,
  daveExternalSender: 25,
  daveKeyPackage: 26,
  daveProposals: 27,
  daveCommitWelcome: 28,
  daveAnnounceCommit: 29,
  daveWelcome: 30,
  daveInvalidCommitWelcome: 31,
} as const;

/** Close codes of the voice gateway. */
export const Close = {
  unknownOpcode: 4001,
  badPayload: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  sessionInvalid: 4006,
  sessionTimeout: 4009,
  unknownProtocol: 4012,
  disconnected: 4014,
  serverCrashed: 4015,
  unknownMode: 4016,
  daveRequired: 4017,
} as const;

export const MODES = ['aead_aes256_gcm_rtpsize', 'aead_xchacha20_poly1305_rtpsize'] as const;
export type Mode = (typeof MODES)[number];

const snowflake = z.string().regex(/^\d{1,20}$/);
const transition = z.object({ transition_id: z.int().min(0).max(0xffff) });

/** What a client may send as JSON. Everything else closes the connection, as Discord does. */
export const clientMessage = z.discriminatedUnion('op', [
  z.object({
    op: z.literal(Op.identify),
    d: z.object({
      server_id: snowflake,
      user_id: snowflake,
      session_id: z.string(),
      token: z.string(),
      max_dave_protocol_version: z.int().min(0).default(0),
    }),
  }),
  z.object({
    op: z.literal(Op.selectProtocol),
    d: z.object({
      protocol: z.literal('udp'),
      data: z.object({ address: z.ipv4(), port: z.int().min(1).max(65_535), mode: z.string() }),
    }),
  }),
  z.object({ op: z.literal(Op.heartbeat), d: z.object({ t: z.number(), seq_ack: z.int().min(-1) }) }),
  z.object({
    op: z.literal(Op.speaking),
    d: z.object({ speaking: z.int(), delay: z.int().default(0), ssrc: z.int() }),
  }),
  z.object({
    op: z.literal(Op.resume),
    d: z.object({ server_id: snowflake, session_id: z.string(), token: z.string(), seq_ack: z.int().min(-1) }),
  }),
  z.object({ op: z.literal(Op.video), d: z.unknown() }),
  z.object({ op: z.literal(Op.daveTransitionReady), d: transition }),
  z.object({ op: z.literal(Op.daveInvalidCommitWelcome), d: transition }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;
