import { entersState, joinVoiceChannel, VoiceConnectionStatus } from '@discordjs/voice';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Room, startVoiceServer, type VoiceServer } from '../simulators/discord/voice/index.ts';
import { encodeSpeech } from '../simulators/speech/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { Call } from './support/call.ts';
import { ANA, BEN, CHANNEL } from './support/gateway.ts';

const TEXT = 'This goes on and on for quite a while';
const PACKETS = encodeSpeech(TEXT);
const HELLO = encodeSpeech('Hello');

/** Ana, heard through the library's own receiver. */
interface Shipped extends AsyncDisposable {
  readonly packets: Buffer[]; // of sound
  readonly isDead: () => boolean; // the stream was destroyed
}

/** The bot joins with the receive path of @discordjs/voice as it is shipped; Parley's is `call.listen()`. */
async function listenAsShipped(call: Call): Promise<Shipped> {
  const connection = joinVoiceChannel({
    guildId: call.gateway.guildId,
    channelId: CHANNEL,
    selfDeaf: false,
    selfMute: true,
    adapterCreator: call.gateway.adapterOf(),
  });
  connection.on('error', () => {});
  await entersState(connection, VoiceConnectionStatus.Ready, 5_000);
  await call.channel.settled();
  const packets: Buffer[] = [];
  const stream = connection.receiver.subscribe(ANA);
  stream.on('error', () => {}); // without this the process would end
  stream.on('data', (packet: Buffer) => {
    if (packet.length > 3) packets.push(packet);
  });
  return {
    packets,
    isDead: () => stream.destroyed,
    [Symbol.asyncDispose]: async () => connection.destroy(),
  };
}

/** Shows what each fault below costs with the shipped receiver, and with Parley's. */
describe.concurrent('the receive path of @discordjs/voice as shipped, and Parley’s', inRealTime, () => {
  let server: VoiceServer;
  beforeAll(async () => {
    server = await startVoiceServer({ dave: { readyTimeoutMs: 500, commitTimeoutMs: 500 } });
  });
  afterAll(() => server.close());

  /** Keys that do not fit, in a group made by transition 0, the most common one; then good keys. */
  async function losesItsKeys(call: Call): Promise<void> {
    call.ana.habits.encrypts = 'badly';
    await call.ana.sayPackets(PACKETS);
    call.ana.habits.encrypts = 'well';
    await call.channel.settled();
    await call.ana.sayPackets(PACKETS);
  }

  // openclaw/openclaw #81518; discordjs/discord.js #11419, #11445: the bot is there and hears nothing
  it('when keys of transition 0 do not fit, its stream dies; Parley asks for new keys and hears on', async () => {
    const theirs = new Call(server);
    await using shipped = await listenAsShipped(theirs);
    const ours = new Call(server);
    await using listener = await ours.listen();
    const before = ours.channel.dave.epoch;
    await Promise.all([losesItsKeys(theirs), losesItsKeys(ours)]);
    await listener.quiet();
    expect(shipped.isDead()).toBe(true);
    expect(theirs.channel.dave.epoch).toBe(1n);
    expect(ours.channel.dave.epoch).toBeGreaterThan(before);
    expect(ours.gateway.joins).toBe(1); // without leaving the channel
    expect(listener.person(ANA).text()).toBe(TEXT);
  });

  // discordjs/discord.js #11441: packets vanish without a word while keys change
  it('when keys change while the voice gateway is resumed, it is deaf from then on; Parley loses nothing', async () => {
    const changes = async (call: Call) => {
      call.channel.dave.prefers = 'humans';
      const said = call.ana.sayPackets(PACKETS);
      const resumed = call.botIs('resumed');
      const drop = (room: Room) => {
        if (room !== call.channel) return;
        call.server.off('commit', drop);
        call.bot.drop(); // just before the commit reaches it: the commit comes with the resume
      };
      call.server.on('commit', drop);
      call.channel.addHuman(BEN);
      await resumed;
      await said;
    };
    await using eager = await startVoiceServer({ replay: 'before resumed' });
    const theirs = new Call(eager);
    await using shipped = await listenAsShipped(theirs);
    const ours = new Call(eager);
    await using listener = await ours.listen();
    await Promise.all([changes(theirs), changes(ours)]);
    await listener.quiet();
    expect(shipped.packets.length).toBeLessThan(PACKETS.length);
    expect(listener.person(ANA).text()).toBe(TEXT);
  });

  it('when somebody is named late, it loses the first syllables; Parley does not', async () => {
    const theirs = new Call(server, { announces: { afterMs: 400 } });
    await using shipped = await listenAsShipped(theirs);
    const ours = new Call(server, { announces: { afterMs: 400 } });
    await using listener = await ours.listen();
    await Promise.all([theirs.ana.sayPackets(PACKETS), ours.ana.sayPackets(PACKETS)]);
    await listener.quiet();
    expect(shipped.packets.length).toBeLessThan(PACKETS.length);
    expect(listener.person(ANA).text()).toBe(TEXT);
  });

  it('when one datagram is forged, its stream dies; Parley’s goes on', async () => {
    const isForged = async (call: Call) => {
      await call.ana.sayPackets(HELLO);
      await call.channel.forge(call.bot, 'bad tag', call.ana);
      await call.ana.sayPackets(PACKETS);
    };
    const theirs = new Call(server);
    await using shipped = await listenAsShipped(theirs);
    const ours = new Call(server);
    await using listener = await ours.listen();
    await Promise.all([isForged(theirs), isForged(ours)]);
    await listener.quiet();
    expect(shipped.isDead()).toBe(true);
    expect(shipped.packets.length).toBeLessThanOrEqual(HELLO.length);
    expect(listener.person(ANA).text()).toBe(`Hello ${TEXT}`);
  });
});
