import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { quiet } from '../../src/core/log.ts';
import { connectDiscord } from '../../src/discord/client.ts';
import { DiscordTranscriptChannels } from '../../src/discord/transcript-channel.ts';
import { startDiscord } from '../../test/simulators/discord/index.ts';
import { makeFinal, makePerson } from '../../test/support/make.ts';
import { openStage } from '../../test/support/stage.ts';
import { percentile } from './statistics.ts';

const BETWEEN_FINALS_MS = 150;
const BETWEEN_WORDS_MS = 1_500;

/**
 * From a final to the request that posts it, in ms, unloaded: the real discord.js client against the simulated Discord.
 *
 * Each final goes to a channel of its own, so that no rate limit stands between.
 */
export async function measureFinalToRest(samples: number): Promise<number[]> {
  const discord = await startDiscord();
  await using open = new AsyncDisposableStack();
  open.use(discord);
  const guild = discord.addGuild({ name: 'Bench' });
  const channels = Array.from({ length: samples + 1 }, (_, i) => guild.addTextChannel(`transcript-${i}`));
  const stop = new AbortController();
  const client = await connectDiscord({ token: discord.token, apiUrl: discord.apiUrl, log: quiet }, stop.signal);
  open.defer(() => client.destroy());
  open.defer(() => stop.abort());
  const transcripts = new DiscordTranscriptChannels({ client, log: quiet, fallbacks: () => [], signal: stop.signal });
  const tookMs: number[] = [];
  for (const channel of channels) {
    const transcript = transcripts.open(channel.id, new Date());
    const request = once(discord.rest.http, 'request');
    const beganMs = performance.now();
    transcript.post(makeFinal(), makePerson());
    await request;
    tookMs.push(performance.now() - beganMs);
    await transcript.drained(stop.signal);
    await delay(BETWEEN_FINALS_MS);
  }
  return tookMs.slice(1); // the first opens the connection
}

export interface WholeWay {
  readonly startToReadyMs: number;
  readonly commandToFirstAudioMs: number;
  readonly speechEndToPostedMs: readonly number[];
}

/** The real bot between both simulators: from its start, from the command, and from people's words to the channel. */
export async function measureWholeWay(utterances: number): Promise<WholeWay> {
  const beganMs = performance.now();
  await using stage = await openStage();
  const startToReadyMs = performance.now() - beganMs;
  const ana = stage.guild.addMember({ name: 'Ana' });
  ana.join(stage.voice);
  const talking = ana.say('so that somebody is heard as soon as the bot has come in');
  const commandMs = performance.now();
  await stage.command(ana, 'transcribe start');
  await stage.palabra.until((palabra) => palabra.sockets.some(({ receivedBytes }) => receivedBytes > 0));
  const commandToFirstAudioMs = performance.now() - commandMs;
  await talking;
  const speechEndToPostedMs: number[] = [];
  for (let i = 0; i < utterances; i++) {
    await delay(BETWEEN_WORDS_MS);
    const text = `sentence number ${i} of many`;
    const posted = stage.text.waitFor(({ content }) => content.includes(text), { timeoutMs: 30_000 });
    const { endedAtMs } = await ana.say(text);
    await posted;
    speechEndToPostedMs.push(Date.now() - endedAtMs);
  }
  return { startToReadyMs, commandToFirstAudioMs, speechEndToPostedMs };
}

/** Half of them took no longer, and nineteen of twenty. */
export function halfAndMost(tookMs: readonly number[]): { readonly p50: number; readonly p95: number } {
  return { p50: percentile(tookMs, 50), p95: percentile(tookMs, 95) };
}
