import { setTimeout as delay } from 'node:timers/promises';
import { type Cluster, startCluster } from '../../test/support/cluster/cluster.ts';
import { missingForCluster } from '../../test/support/cluster/missing.ts';
import type { Node } from '../../test/support/cluster/node.ts';
import { ChannelView } from './channel-view.ts';
import { isNotice, note, say, screen, shownOf, withNames } from './shown.ts';

const HEARS_LIMIT_MS = 20_000;
const BREATH_MS = 600; // between two people
const LAST_WORDS_MS = 1_500; // until a sentence that is over stands in the channel

/**
 * Shows a meeting that survives the `kill -9` of its process: two real processes of the bot on the local PostgreSQL and a
 * Redis, between a simulated Discord and a simulated Palabra.
 *
 * @returns false when something is missing that it needs, which it says
 */
export async function clusterDemo(signal: AbortSignal): Promise<boolean> {
  const missing = await missingForCluster();
  for (const what of missing) say(`A cluster needs PostgreSQL and Redis. ${what}`);
  if (missing.length > 0) return false;
  note('Starting two processes of the bot, a and b, which share a PostgreSQL and a Redis of this machine.');
  await using cluster = await startCluster();
  await meet(cluster, signal);
  return true;
}

async function meet(cluster: Cluster, signal: AbortSignal): Promise<void> {
  const guild = cluster.discord.addGuild({ name: 'Demo' });
  const voice = guild.addVoiceChannel('Release meeting');
  const text = guild.addTextChannel('transcript');
  const [ana, ben] = [guild.addMember({ name: 'Ana' }), guild.addMember({ name: 'Ben' })];
  for (const person of [ana, ben]) person.join(voice);
  const view = new ChannelView(screen());
  using _watching = {
    [Symbol.dispose]: text.watch(
      (message) => message.isDeleted || isNotice(message) || view.show(shownOf(message, guild)),
    ),
  };
  const use = async (command: string) => {
    view.note(`Ana uses /${command}`);
    const answer = await ana.command(command, {}, { channel: text });
    view.note(`  only Ana sees: ${withNames(answer.content, guild)}`);
  };
  const owner = async (): Promise<Node> => cluster.node((await cluster.leases.ownerIn(guild.id)) ?? '');
  const breathe = (ms = BREATH_MS) => delay(ms, undefined, { signal });

  await use('transcribe start');
  const first = await owner();
  view.note(`Process ${first.name} runs the meeting; the other one is its heir.`);
  await ana.say('Good morning. Two processes look after us today.');
  await breathe();
  await ben.say('Then one of them may fall over.');
  await breathe(LAST_WORDS_MS);

  const killedAtMs = await first.kill();
  view.note(`kill -9 of process ${first.name}, in the middle of the meeting.`);
  const { hearsFromMs } = await cluster.voice.hearsAfter(guild.id, killedAtMs, HEARS_LIMIT_MS);
  const seconds = ((hearsFromMs - killedAtMs) / 1_000).toFixed(1);
  view.note(
    `Process ${(await owner()).name} hears the meeting ${seconds} s later. Nobody saw the bot leave the channel.`,
  );
  await text.waitFor(({ content }) => content.includes('I was away'), { timeoutMs: HEARS_LIMIT_MS });
  await ana.say('Did anybody notice?');
  await breathe();
  await ben.say('Only a gap of a few seconds, and the bot says how long it was.');
  await breathe(LAST_WORDS_MS);
  await use('transcribe stop');
}
