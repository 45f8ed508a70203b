import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startVoiceServer, type VoiceServer } from '../../simulators/discord/voice/index.ts';
import { encodeSpeech } from '../../simulators/speech/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { ANA, BEN, CHANNEL, GUILD, joinReady, listen } from './real-client.ts';

const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const withSilence = (packets: Buffer[]) => [...packets, ...Array.from({ length: 5 }, () => SILENCE)];

describe.each([0, 1] as const)('a voice room at DAVE version %i', inRealTime, (daveVersion) => {
  let server: VoiceServer;
  beforeEach(async () => {
    server = await startVoiceServer({ daveVersion });
  });
  afterEach(() => server.close());

  it('lets the real client hear exactly what a human says', async () => {
    const ana = server.room(GUILD, CHANNEL).addHuman(ANA);
    using client = await joinReady(server);
    await server.room(GUILD, CHANNEL).settled();
    const ear = listen(client, ANA);
    const speech = encodeSpeech('hi');
    await ana.sayPackets(speech);
    await ear.heard(speech.length + 5);
    expect(ear.packets).toEqual(withSilence(speech));
    expect(client.errors).toEqual([]);
  });

  it('lets it hear somebody who joins later, and the others on', async () => {
    const room = server.room(GUILD, CHANNEL);
    const ana = room.addHuman(ANA);
    using client = await joinReady(server);
    await room.settled();
    const ben = room.addHuman(BEN);
    await room.settled();
    const [anasEar, bensEar] = [listen(client, ANA), listen(client, BEN)];
    const [anasSpeech, bensSpeech] = [encodeSpeech('a'), encodeSpeech('b')];
    await Promise.all([ana.sayPackets(anasSpeech), ben.sayPackets(bensSpeech)]);
    await Promise.all([anasEar.heard(anasSpeech.length + 5), bensEar.heard(bensSpeech.length + 5)]);
    expect(anasEar.packets).toEqual(withSilence(anasSpeech));
    expect(bensEar.packets).toEqual(withSilence(bensSpeech));
  });
});
