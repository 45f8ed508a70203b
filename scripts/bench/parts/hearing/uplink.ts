import { setTimeout as delay } from 'node:timers/promises';
import { spokenDurationMs } from '../../../../test/simulators/speech/index.ts';
import { packetsOf } from '../../../../test/support/meetings/packets-of.ts';
import { openStage, type Stage } from '../../../../test/support/stage.ts';
import { openUplink } from '../../../../test/support/uplink.ts';
import type { Uplink } from '../../report/figures.ts';
import { percentile } from '../../report/statistics.ts';
import { sentencesOf } from '../../sentences.ts';

const UPLINK_BITS_PER_S = 2_000_000;
const PAUSE_MS = 700; // between two sentences
const APART_MS = 137; // between the beginnings of two people
const LAST_WORDS_MS = 15_000;
const LOOK_EVERY_MS = 100;

export interface UplinkPlan {
  readonly format: 'pcm_s16le' | 'ogg';
  readonly people: number; // who all talk at once
  readonly durationMs: number;
}

/** The whole bot behind a narrow uplink: what the recogniser hears of people who talk at once, and when. */
export async function measureUplink({ format, people, durationMs }: UplinkPlan): Promise<Uplink> {
  await using uplink = await openUplink(UPLINK_BITS_PER_S);
  await using stage = await openStage({
    palabra: { strictOgg: true },
    environment: (_discord, palabra) => {
      uplink.target = new URL(palabra.streamUrl);
      return { PALABRA_STREAM_URL: uplink.url, PALABRA_FORMAT: format };
    },
  });
  const speakers = Array.from({ length: people }, (_, i) => stage.guild.addMember({ name: `Speaker${i}` }));
  for (const speaker of speakers) speaker.join(stage.voice);
  await stage.command(stage.moderator, 'transcribe start', { 'voice-channel': stage.voice });
  await stage.discord.voiceRoom(stage.voice).settled();
  const scripts = speakers.map((_, i) => sentencesOf(i, Math.ceil(durationMs / 1_500)));
  for (const text of scripts.flatMap((script) => script.slice(0, 12))) packetsOf(text); // not while they talk
  const untilMs = performance.now() + durationMs;
  const spoken = await Promise.all(
    speakers.map(async (speaker, i) => {
      await delay(i * APART_MS);
      const said: { readonly text: string; readonly endedAtMs: number }[] = [];
      for (const text of scripts[i] ?? []) {
        if (performance.now() > untilMs) break;
        const startedAtMs = await stage.discord.voiceOf(speaker).sayPackets(packetsOf(text));
        said.push({ text, endedAtMs: startedAtMs + spokenDurationMs(text) });
        await delay(PAUSE_MS);
      }
      return said;
    }),
  );
  const all = spoken.flat();
  await lastWords(
    stage,
    all.map(({ text }) => text),
  );
  const delays = all.flatMap(({ text, endedAtMs }) => {
    const final = stage.palabra.finals.find((each) => each.text.includes(text));
    return final ? [final.sentAt - endedAtMs] : [];
  });
  const seconds = (stage.palabra.sockets.reduce((sum, { receivedMs }) => sum + receivedMs, 0) || 1) / 1000;
  const bytes = stage.palabra.sockets.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
  return {
    format,
    people,
    sentences: all.length,
    lost: all.length - delays.length,
    delayP50Ms: percentile(delays, 50),
    delayP95Ms: percentile(delays, 95),
    kbitPerS: (bytes * 8) / 1000 / seconds,
    violations: stage.palabra.violations.length,
  };
}

async function lastWords({ palabra }: Stage, texts: readonly string[]): Promise<void> {
  const limitMs = performance.now() + LAST_WORDS_MS;
  while (performance.now() < limitMs) {
    if (texts.every((text) => palabra.finals.some((final) => final.text.includes(text)))) return;
    await delay(LOOK_EVERY_MS);
  }
}
