import { describe, expect, it } from 'vitest';
import type { Message } from '../../simulators/discord/index.ts';
import { type Cluster, startCluster } from '../../support/cluster/cluster.ts';
import { missingForCluster } from '../../support/cluster/missing.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const HEARS_WITHIN_MS = 20_000;
const missing = await missingForCluster();

const isPanel = ({ content }: Message) => content.startsWith('###');
const areMinutes = (message: Message) => message.attachments.length > 0;

/** A server of the cluster that wants meetings for its events, in which Ana waits for one. */
async function waiting(cluster: Cluster) {
  const guild = cluster.discord.addGuild({ name: 'Club' });
  const voice = guild.addVoiceChannel('Talk');
  const text = guild.addTextChannel('transcript');
  const moderator = guild.addMember({ name: 'Moderator', permissions: ['Administrator'] });
  const ana = guild.addMember({ name: 'Ana' });
  await moderator.command('settings set', { events: true, 'transcript-channel': text }, { channel: text });
  ana.join(voice);
  const event = guild.addScheduledEvent({ name: 'Reading', channel: voice, startsAt: new Date() });
  const [seat] = await cluster.leases.seats();
  return { guild, text, ana, event, server: cluster.node(seat?.holder ?? '') };
}

describe.skipIf(missing.length > 0)('an event of a server that a cluster serves', () => {
  it('has one meeting, which ends with it, although its process is killed in between', {
    ...inRealTime,
    timeout: 120_000,
  }, async () => {
    await using cluster = await startCluster();
    const { guild, text, ana, event } = await waiting(cluster);
    const beganMs = Date.now();
    event.start();
    const { sessionId } = await cluster.voice.hearsAfter(guild.id, beganMs, HEARS_WITHIN_MS);
    await ana.say('Before the crash.');
    await text.waitFor(({ content }) => content.includes('Before the crash.'));
    const killedAtMs = (await cluster.nodeOfSession(sessionId)?.kill()) ?? 0;
    const again = await cluster.voice.hearsAfter(guild.id, killedAtMs, HEARS_WITHIN_MS);
    expect(again.sessionId).not.toBe(sessionId);
    await ana.say('After the crash.');
    await text.waitFor(({ content }) => content.includes('After the crash.'));
    event.end();
    const minutes = await text.waitFor(areMinutes, { timeoutMs: 30_000 });
    expect(minutes.content).toContain('the event was over');
    expect([text.messages.filter(isPanel).length, text.messages.filter(areMinutes).length]).toEqual([1, 1]);
    expect(cluster.discord.violations).toEqual([]);
  });

  it('gets its meeting from the next process when it begins just after a crash', {
    ...inRealTime,
    timeout: 120_000,
  }, async () => {
    await using cluster = await startCluster();
    const { guild, text, ana, event, server } = await waiting(cluster);
    const killedAtMs = await server.kill();
    event.start();
    const { sessionId } = await cluster.voice.hearsAfter(guild.id, killedAtMs, HEARS_WITHIN_MS);
    expect(cluster.nodeOfSession(sessionId)).not.toBe(server);
    await ana.say('Somebody hears me.');
    await text.waitFor(({ content }) => content.includes('Somebody hears me.'));
    event.end();
    await text.waitFor(areMinutes, { timeoutMs: 30_000 });
    expect(text.messages.filter(isPanel)).toHaveLength(1);
  });
});
