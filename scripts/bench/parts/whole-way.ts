import { setTimeout as delay } from 'node:timers/promises';
import { type Message, startDiscord } from '../../../test/simulators/discord/index.ts';
import { makeCertificate } from '../../../test/simulators/discord/voice/index.ts';
import { type SentFinal, startPalabra } from '../../../test/simulators/palabra/index.ts';
import { spokenWords } from '../../../test/simulators/speech/index.ts';
import { startParley } from '../../../test/support/parley.ts';
import { openStage, type Stage } from '../../../test/support/stage.ts';
import { OpenPage } from '../readers/open-page.ts';

const BETWEEN_WORDS_MS = 1_500;
const BETWEEN_MEETINGS_MS = 1_000;
const SHOWN_LIMIT_MS = 30_000;
/** How long to wait for a request that repeats words which a message already shows. */
const REPEATED_WITHIN_MS = 1_000;

/**
 * The time from the start of the process (`node src/start.js`) to its line `Ready`. The simulators are already running.
 */
export async function measureStart(times: number): Promise<number[]> {
  await using open = new AsyncDisposableStack();
  const certificate = open.use(await makeCertificate());
  const discord = open.use(await startDiscord());
  const palabra = await startPalabra();
  open.defer(() => palabra.close());
  discord.addGuild({ name: 'Bench' });
  const tookMs: number[] = [];
  for (let i = 0; i < times; i++) {
    const beganMs = performance.now();
    await using bot = startParley({ discord, palabra, caFile: certificate.caFile });
    await bot.says('Ready as');
    tookMs.push(performance.now() - beganMs);
  }
  return tookMs;
}

export interface WholeWay {
  readonly commandToFirstAudioMs: readonly number[]; // from `/transcribe start` to bytes at the recogniser, while somebody talks
  readonly firstWordsInChannelMs: readonly number[]; // from the end of a sentence's first word
  readonly firstWordsOnPageMs: readonly number[]; // likewise, of half of the sentences
  readonly speechEndToPostedMs: readonly number[]; // the recogniser waits 600 ms for silence
  readonly finalToRestMs: readonly number[]; // from the recogniser's final to the request that shows it
}

/** Measures the real bot between both simulators: from the command, from a final, and from speech to the channel. */
export async function measureWholeWay(utterances: number, meetings: number): Promise<WholeWay> {
  await using stage = await openStage({ environment: { HTTP_HOST: '127.0.0.1', PUBLIC_URL: 'http://127.0.0.1:1' } });
  const ana = stage.guild.addMember({ name: 'Ana' });
  ana.join(stage.voice);
  const commandToFirstAudioMs: number[] = [];
  for (let i = 0; i < meetings; i++) {
    if (i > 0) {
      await stage.command(ana, 'transcribe stop');
      await delay(BETWEEN_MEETINGS_MS);
    }
    commandToFirstAudioMs.push(await firstAudio(stage, ana));
  }
  const speechEndToPostedMs: number[] = [];
  const firstWordsInChannelMs: number[] = [];
  const firstWordsOnPageMs: number[] = [];
  await using page = new OpenPage(stage, ana);
  const finalToRestMs: number[] = [];
  for (let i = 0; i < utterances; i++) {
    await delay(BETWEEN_WORDS_MS);
    if (i === Math.ceil(utterances / 2)) await page.open();
    const text = `nr${i} is a sentence of many words`;
    const [first] = spokenWords(text);
    const inChannel = stage.text.waitFor(shows(first?.text ?? ''), { timeoutMs: SHOWN_LIMIT_MS }).then(nowMs);
    const onPage = page.isOpen ? page.shows(first?.text ?? '').then(nowMs) : undefined;
    const heard = new Promise<number>((resolve) => {
      const onFinal = (final: SentFinal) => {
        if (!final.text.includes(text)) return;
        stage.palabra.off('final', onFinal);
        resolve(performance.now());
      };
      stage.palabra.on('final', onFinal);
    });
    const posted = stage.text.waitFor(shows(text), { timeoutMs: SHOWN_LIMIT_MS }).then(nowMs);
    const { startedAtMs, endedAtMs } = await ana.say(text);
    const finalMs = await heard;
    finalToRestMs.push(await shownAfter(stage, text, finalMs));
    const firstEndMs = startedAtMs + (first?.endMs ?? 0);
    // Each in half of the sentences: with an open page, smaller pieces are sent.
    if (onPage === undefined) firstWordsInChannelMs.push((await inChannel) - firstEndMs);
    else firstWordsOnPageMs.push((await onPage) - firstEndMs);
    speechEndToPostedMs.push((await posted) - endedAtMs);
  }
  return { commandToFirstAudioMs, firstWordsInChannelMs, firstWordsOnPageMs, speechEndToPostedMs, finalToRestMs };
}

/** By the clock of `endedAtMs`. */
function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

async function firstAudio(stage: Stage, ana: Stage['moderator']): Promise<number> {
  const known = stage.palabra.sockets.length;
  const talking = ana.say('so that somebody is heard as soon as the bot has come in');
  const commandMs = performance.now();
  const answered = stage.command(ana, 'transcribe start');
  await stage.palabra.until(({ sockets }) => sockets.slice(known).some(({ receivedBytes }) => receivedBytes > 0));
  const tookMs = performance.now() - commandMs;
  await Promise.all([talking, answered]);
  return tookMs;
}

/**
 * How long after the final a request showed its words. 0 when the growing message had shown them already.
 */
async function shownAfter({ text: channel }: Stage, text: string, finalMs: number): Promise<number> {
  const isShown = channel.messages.some(shows(text));
  const { promise, resolve } = Promise.withResolvers<number>();
  const stop = channel.watch((message) => {
    if (shows(text)(message)) resolve(performance.now() - finalMs);
  });
  try {
    const over = delay(isShown ? REPEATED_WITHIN_MS : SHOWN_LIMIT_MS).then(() => (isShown ? 0 : undefined));
    const tookMs = await Promise.race([promise, over]);
    if (tookMs === undefined) throw new Error('a final was not shown within 30 s');
    return tookMs;
  } finally {
    stop();
  }
}

function shows(text: string): (message: Message) => boolean {
  return ({ content, isDeleted }) => !isDeleted && content.includes(text);
}
