import { setTimeout as delay } from 'node:timers/promises';
import opus from '@discordjs/opus';
import { Op } from '../../../test/simulators/discord/voice/index.ts';
import { encodeSpeech } from '../../../test/simulators/speech/index.ts';
import type { Outcome, Scene, Stop } from '../stop.ts';
import { becomes, TheirServer } from '../their-server.ts';

const BACK_WITHIN_MS = 8_000;
const ALL_WITHIN_MS = 40_000; // the bot waits longer after each such frame before it reconnects
const BETWEEN_MS = 150;

/** Frames that a hostile voice gateway could send. Each goes to a connection that has worked before. */
const FRAMES: readonly (Buffer | object | string)[] = [
  Buffer.alloc(0),
  Buffer.from([1]),
  Buffer.from([0, 1]),
  Buffer.from([0, 1, Op.daveWelcome]),
  Buffer.from([0, 1, Op.daveAnnounceCommit, 0]),
  Buffer.from([0, 1, 255, 1, 2, 3]),
  'no JSON at all',
  'null',
  '[]',
  { op: Op.hello, d: null },
  { op: Op.hello, d: { heartbeat_interval: -1 } },
  { op: Op.speaking, d: { user_id: 7, ssrc: 'x' } },
  { op: Op.clientsConnect, d: { user_ids: 'nobody' } },
  { op: Op.sessionDescription, d: description('aead_nobody_knows', 32) },
  { op: Op.sessionDescription, d: description('aead_aes256_gcm_rtpsize', 31) },
  { op: Op.sessionDescription, d: description('aead_aes256_gcm_rtpsize', 0) },
  { op: Op.ready, d: { ssrc: -1, ip: '999.1.2.3', port: 70_000, modes: [] } },
];

function description(mode: string, keyBytes: number) {
  return { mode, secret_key: Array.from({ length: keyBytes }, () => 1), dave_protocol_version: 1 };
}

async function playGateway(scene: Scene): Promise<Outcome> {
  const their = new TheirServer(scene, 'Voice gateway');
  await their.meet();
  const room = scene.stage.discord.voiceRoom(their.voice);
  const client = () => room.clients.get(their.guild.bot.id);
  const untilMs = performance.now() + ALL_WITHIN_MS;
  let sent = 0;
  for (const frame of FRAMES) {
    scene.signal.throwIfAborted();
    if (performance.now() > untilMs) break;
    // A frame that breaks the connection makes the bot reconnect. The next frame waits for that.
    await becomes(BACK_WITHIN_MS, () => client()?.state === 'ready');
    const { socket } = client() ?? {};
    if (!socket) continue;
    socket.send(Buffer.isBuffer(frame) || typeof frame === 'string' ? frame : JSON.stringify(frame));
    sent += 1;
    // There is sound meanwhile, so that a wrong key or mode is applied to a datagram.
    for (const packet of encodeSpeech('oh').slice(0, 10)) scene.stage.discord.voiceOf(their.ana).sendOpus(packet);
    await delay(BETWEEN_MS);
  }
  const isBack = await becomes(BACK_WITHIN_MS, () => client()?.state === 'ready');
  if (isBack) await Promise.race([room.settled(), delay(BACK_WITHIN_MS)]);
  if (isBack) await their.say('are we still here');
  const isHeard = isBack && (await their.isWritten('are we still here', 10_000));
  const flaws = sent > 2 ? [] : [`only ${sent} of ${FRAMES.length} frames could be sent`];
  their.leave();
  return {
    summary: `${sent} frames accepted; afterwards people in that server are ${isHeard ? 'heard again' : 'no longer heard'}`,
    flaws,
  };
}

export const badGateway: Stop = {
  number: 4,
  tried: 'frames of 0 to 2 bytes from a voice gateway, broken messages, an unknown mode, keys of 31 and 0 bytes',
  play: playGateway,
};

const PACKETS = 15_000;
const PACKETS_PER_MS = 5; // 5,000 per second
const BATCH = 20; // packets encrypted before the event loop runs again
const QUIET_AFTER_MS = 8_000;
const LOOK_MS = 3_000;
const MOST_SENT_MS = 1_000; // during that look, because some silence may still be sent

/**
 * A packet with six times the same 20 ms, which is 120 ms, the maximum of Opus.
 *
 * The sound is a faint hiss. Loud sound without speech would cost the simulated recogniser, which runs in this process,
 * more than it costs the bot.
 */
function longPacket(random: () => number): Buffer {
  const encoder = new opus.OpusEncoder(48_000, 1);
  const hiss = Int16Array.from({ length: 960 }, () => Math.round(20 * (random() - 0.5)));
  const [head = 0, ...frame] = encoder.encode(Buffer.from(hiss.buffer));
  return Buffer.from([(head & 0xfc) | 3, 6, ...Array.from({ length: 6 }, () => frame).flat()]);
}

/**
 * Encrypts all packets in advance, because encryption between sending would stop the tour, and with it everybody who
 * talks.
 *
 * @returns one function per packet, which sends it
 */
async function sealedAhead(scene: Scene, their: TheirServer, packet: Buffer): Promise<(() => void)[]> {
  const { discord } = scene.stage;
  const voice = discord.voiceOf(their.ana);
  const { transport, address } = discord.voiceRoom(their.voice).clients.get(their.guild.bot.id) ?? {};
  if (!transport || !address) throw new Error('The bot is not in the voice channel');
  const sendings: (() => void)[] = [];
  for (let nth = 0; nth < PACKETS; nth++) {
    const header = {
      ssrc: voice.ssrc,
      sequence: (voice.sequence + nth) & 0xffff,
      timestamp: (voice.timestamp + 5_760 * (nth + 1)) >>> 0,
    };
    const datagram = transport.seal(header, Buffer.from([0x10, 0xff, 0x90, 0]), voice.dave.protect(packet));
    sendings.push(() => discord.voiceServer.sendDatagram(datagram, address));
    if (nth % BATCH === 0) await delay(1);
  }
  voice.renumber({ sequence: (voice.sequence + PACKETS) & 0xffff });
  return sendings;
}

async function playFlood(scene: Scene): Promise<Outcome> {
  const their = new TheirServer(scene, 'Flood of sound');
  const language = 'it';
  await their.meet(language);
  await their.say('hello');
  const packet = longPacket(scene.random);
  const sealed = await sealedAhead(scene, their, packet);
  const beganMs = performance.now();
  let sent = 0;
  while (sent < sealed.length) {
    const due = Math.min(sealed.length, Math.floor((performance.now() - beganMs) * PACKETS_PER_MS));
    for (; sent < due; sent++) sealed[sent]?.();
    await delay(1);
  }
  await delay(QUIET_AFTER_MS);
  const sockets = () => scene.stage.palabra.sockets.filter(({ query }) => query.language === language);
  const receivedMs = () => sockets().reduce((sum, socket) => sum + socket.receivedMs, 0);
  const beforeMs = receivedMs();
  await delay(LOOK_MS);
  const stillMs = receivedMs() - beforeMs;
  const flaws =
    stillMs > MOST_SENT_MS
      ? [
          `${QUIET_AFTER_MS / 1_000} s after it, ${Math.round(stillMs)} ms of it went to the recogniser within ${LOOK_MS} ms`,
        ]
      : [];
  await their.say('and we go on');
  if (!(await their.isWritten('and we go on', 10_000))) flaws.push('the attacker is not heard afterwards');
  their.leave();
  return {
    summary: `${sent} packets, ${Math.round((sent * 120) / 1_000)} s of sound; ${Math.round(beforeMs / 1_000)} s went to the recogniser`,
    flaws,
  };
}

export const floodOfSound: Stop = {
  number: 6,
  tried: 'packets of 120 ms, 5,000 per second for 3 s',
  play: playFlood,
};
