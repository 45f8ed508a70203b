import { once } from 'node:events';
import { expect, it } from 'vitest';
import { Op, startVoiceServer, type VoiceClient } from '../simulators/discord/voice/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { Call } from '../voice/support/call.ts';
import { ANA } from '../voice/support/gateway.ts';
import { fuzzBytes, hostileBytes, seedsOf } from './support/fuzz.ts';

const JSONS = [
  { op: Op.hello, d: { v: 8, heartbeat_interval: 13_750 } },
  { op: Op.ready, d: { ssrc: 1, ip: '127.0.0.1', port: 9, modes: ['aead_aes256_gcm_rtpsize'] } },
  { op: Op.sessionDescription, d: { mode: 'aead_aes256_gcm_rtpsize', secret_key: [1, 2], dave_protocol_version: 1 } },
  { op: Op.speaking, d: { user_id: ANA, ssrc: 7, speaking: 1 }, seq: 9 },
  { op: Op.clientsConnect, d: { user_ids: [ANA, '5'] }, seq: 10 },
  { op: Op.video, d: { user_id: ANA, audio_ssrc: 7, video_ssrc: 8 } },
  { op: Op.clientDisconnect, d: { user_id: '5' } },
  { op: Op.davePrepareTransition, d: { transition_id: 5, protocol_version: 1 } },
  { op: Op.daveExecuteTransition, d: { transition_id: 5 } },
  { op: Op.davePrepareEpoch, d: { epoch: 1, protocol_version: 1 } },
];

/** Resolves when the client has read everything that was sent to it, or the connection is over. */
async function settled({ socket }: VoiceClient): Promise<void> {
  if (socket?.readyState !== 1) return;
  const over = Promise.race([once(socket, 'pong'), once(socket, 'close')]);
  socket.ping();
  await over;
}

it('survives any frame of a voice gateway, and so does the meeting beside it', inRealTime, async () => {
  await using server = await startVoiceServer();
  server.setMaxListeners(0);
  const [call, other] = [new Call(server), new Call(server)];
  const real: Buffer[] = [];
  server.once('identified', ({ socket }) => {
    const send = socket?.send.bind(socket);
    if (!socket || !send) return;
    socket.send = (data: string | Buffer) => {
      real.push(Buffer.concat([Buffer.of(typeof data === 'string' ? 0 : 1), Buffer.from(data)]));
      return send(data);
    };
  });
  await using _listener = await call.listen({ random: () => 0 });
  await using elsewhere = await other.listen();
  const texts = JSONS.map((message) => Buffer.from(`\0${JSON.stringify(message)}`));
  const examples = [...real, ...texts, ...seedsOf('voice-gateway').map(({ bytes }) => bytes)];
  let failure: unknown;
  const note = (error: unknown) => {
    failure ??= error;
  };
  process.on('uncaughtExceptionMonitor', note); // thrown in the socket's handler: it would end the bot
  try {
    // The first byte says whether text or bytes are sent.
    await fuzzBytes('voice-gateway', hostileBytes(examples), async (bytes) => {
      const bot = call.channel.clients.get('83000000000000003') ?? (await call.botIs('ready'));
      bot.raw(bytes[0] === 0 ? bytes.subarray(1).toString() : bytes.subarray(1));
      await settled(bot);
      if (failure) throw failure;
    });
  } finally {
    process.off('uncaughtExceptionMonitor', note);
  }
  await other.ana.say('Nothing happened here');
  await elsewhere.quiet();
  expect(elsewhere.person(ANA).text()).toBe('Nothing happened here');
  expect(other.gateway.joins).toBe(1);
});
