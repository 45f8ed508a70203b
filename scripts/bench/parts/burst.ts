import { setTimeout as delay } from 'node:timers/promises';
import type { Member, Message } from '../../../test/simulators/discord/index.ts';
import type { SentFinal } from '../../../test/simulators/palabra/index.ts';
import { packetsOf } from '../../../test/support/meetings/packets-of.ts';
import { openStage, type Stage } from '../../../test/support/stage.ts';
import type { Burst } from '../report/figures.ts';
import { percentile } from '../report/statistics.ts';
import { sentencesOf } from '../sentences.ts';

const PAUSE_MS = 1_000; // between two sentences, long enough to end an utterance
const APART_MS = 137; // between the beginnings of two people
const LAST_WORDS_MS = 20_000;
const LOOK_EVERY_MS = 250;
/** Sentences that begin this close together may be in either order, because the first word is recognised that late. */
const SAME_MOMENT_MS = 1_000;
const MS_PER_MINUTE = 60_000;

interface Spoken {
  readonly text: string;
  readonly startedAtMs: number;
}

/** Ten people who all talk at the same time, between both simulators, with Discord's real rate limits. */
export async function measureBurst(people: number, durationMs: number): Promise<Burst> {
  await using stage = await openStage();
  const speakers = Array.from({ length: people }, (_, i) => stage.guild.addMember({ name: `Speaker${i}` }));
  for (const speaker of speakers) speaker.join(stage.voice);
  await stage.command(stage.moderator, 'transcribe start', { 'voice-channel': stage.voice });
  await stage.discord.voiceRoom(stage.voice).settled();
  const scripts = speakers.map((_, i) => sentencesOf(i, Math.ceil(durationMs / PAUSE_MS)));
  for (const text of scripts.flat().slice(0, people * Math.ceil(durationMs / 2_500))) packetsOf(text); // not while they talk
  await using waits = new Waits(stage);
  const beganMs = performance.now();
  const refusedBefore = stage.discord.rateLimited;
  const spoken = await Promise.all(
    speakers.map(async (speaker, i) => {
      await delay(i * APART_MS);
      return talk(stage, speaker, scripts[i] ?? [], beganMs + durationMs);
    }),
  );
  const minutes = (performance.now() - beganMs) / MS_PER_MINUTE;
  const all = spoken.flat();
  await lastWords(stage, all);
  const finals = stage.palabra.finals.map(({ text }) => text);
  const shown = stage.text.messages.map(({ content }) => content).join('\n');
  return {
    people,
    sentences: all.length,
    misheard: all.filter(({ text }) => !finals.some((final) => final.includes(text))).length,
    lost: finals.filter((final) => !shown.includes(final)).length,
    outOfOrder: disorder(all, shown),
    finalToShownP95Ms: percentile(waits.tookMs, 95),
    finalToShownMaxMs: percentile(waits.tookMs, 100),
    refusedPerMinute: (stage.discord.rateLimited - refusedBefore) / minutes,
    messagesPerMinute: waits.messages / minutes,
    editsPerMinute: waits.edits / minutes,
  };
}

async function talk(stage: Stage, speaker: Member, script: readonly string[], untilMs: number): Promise<Spoken[]> {
  const said: Spoken[] = [];
  for (const text of script) {
    if (performance.now() > untilMs) break;
    const startedAtMs = await stage.discord.voiceOf(speaker).sayPackets(packetsOf(text));
    said.push({ text, startedAtMs });
    await delay(PAUSE_MS);
  }
  return said;
}

async function lastWords({ text }: Stage, said: readonly Spoken[]): Promise<void> {
  const limitMs = performance.now() + LAST_WORDS_MS;
  while (performance.now() < limitMs) {
    const shown = text.messages.map(({ content }) => content).join('\n');
    if (said.every((one) => shown.includes(one.text))) return;
    await delay(LOOK_EVERY_MS);
  }
}

/** Sentences that appear after one that clearly began later. */
function disorder(said: readonly Spoken[], shown: string): number {
  const inPlace = said
    .map(({ text, startedAtMs }) => ({ at: shown.indexOf(text), startedAtMs }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  let latestMs = Number.NEGATIVE_INFINITY;
  return inPlace.filter(({ startedAtMs }) => {
    const isLate = startedAtMs < latestMs - SAME_MOMENT_MS;
    latestMs = Math.max(latestMs, startedAtMs);
    return isLate;
  }).length;
}

/** Measures how long each final waits until it is shown, and counts the requests for that. */
class Waits implements AsyncDisposable {
  readonly tookMs: number[] = [];
  messages = 0;
  edits = 0;
  readonly #pending = new Map<string, number>(); // the texts of finals and when they were sent
  readonly #seen = new Set<string>();
  readonly #stage: Stage;
  readonly #stop: () => void;
  readonly #onFinal = ({ text }: SentFinal) => {
    if (this.#stage.text.messages.some(({ content }) => content.includes(text))) this.tookMs.push(0);
    else this.#pending.set(text, performance.now());
  };

  constructor(stage: Stage) {
    this.#stage = stage;
    stage.palabra.on('final', this.#onFinal);
    this.#stop = stage.text.watch((message) => this.#onMessage(message));
  }

  #onMessage({ id, content, isDeleted }: Message): void {
    if (isDeleted) return;
    if (this.#seen.has(id)) this.edits += 1;
    else this.messages += 1;
    this.#seen.add(id);
    for (const [text, sentMs] of this.#pending) {
      if (!content.includes(text)) continue;
      this.tookMs.push(performance.now() - sentMs);
      this.#pending.delete(text);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
    this.#stage.palabra.off('final', this.#onFinal);
  }
}
