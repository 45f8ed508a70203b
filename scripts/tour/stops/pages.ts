import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Member } from '../../../test/simulators/discord/index.ts';
import { type Opened, Reader } from '../reader.ts';
import type { Outcome, Scene, Stop } from '../stop.ts';
import { becomes, buttonOf, TheirServer } from '../their-server.ts';

const AT_ONCE = 40;
const BETWEEN_MS = 100;
const ANSWERED_WITHIN_MS = 6_000;
const OURS = '127.0.0.1';

/**
 * Loopback addresses of the attacker, a new one now and then, because this attack is not about the limit per address.
 */
function addressOf(nth: number): string {
  return `127.0.1.${1 + (Math.floor(nth / AT_ONCE) % 200)}`;
}

/** Opens many pages, a few at a time, without waiting long for answers. */
async function openMany(count: number, open: (nth: number, withinMs: number) => Promise<Opened>): Promise<Opened[]> {
  const all: Promise<Opened>[] = [];
  for (let nth = 0; nth < count; nth += AT_ONCE) {
    const some = Math.min(AT_ONCE, count - nth);
    all.push(...Array.from({ length: some }, (_, i) => open(nth + i, ANSWERED_WITHIN_MS)));
    await delay(BETWEEN_MS);
  }
  return await Promise.all(all);
}

/** A meeting with a page of Mallory's, and another person who wants to read it. */
async function meetingWithPage(scene: Scene, name: string) {
  const their = new TheirServer(scene, name);
  await their.meet();
  await their.say('good morning');
  await their.isWritten('good morning', 10_000);
  const mallory = await Reader.open(await their.liveLink(their.mallory), '127.0.1.250');
  const flaws = mallory.page.status === 200 ? [] : [`the page answers ${mallory.page.status}`];
  return { their, mallory, flaws };
}

/** Whether another person's live page opens and shows what was said. */
async function readsFine(their: TheirServer, member: Member): Promise<boolean> {
  const reader = await Reader.open(await their.liveLink(member), OURS);
  const lines = await reader.lines();
  const isShown = lines.status === 200 && (await becomes(4_000, () => lines.text().includes('good morning')));
  lines.leave();
  return reader.page.status === 200 && isShown;
}

const HEADS = 520;

async function playHeads(scene: Scene): Promise<Outcome> {
  const { their, mallory, flaws } = await meetingWithPage(scene, 'HEAD');
  const answers = await openMany(HEADS, (nth, withinMs) => mallory.lines('HEAD', addressOf(nth), withinMs));
  for (const answer of answers) answer.leave();
  await delay(500);
  if (!(await readsFine(their, their.ana))) flaws.push('afterwards nobody can open a live page');
  const statuses = [...new Set(answers.map(({ status }) => status))].join(', ');
  their.leave();
  return { summary: `answered ${statuses}; afterwards a live page opens`, flaws };
}

export const headFlood: Stop = {
  number: 16,
  tried: `${HEADS} HEAD requests for the lines of a live page, with one key`,
  play: playHeads,
};

const FLOOD_AT_ONCE = 30;
const CLOSED_WITHIN_MS = 12_000;

async function playLostChannel(scene: Scene): Promise<Outcome> {
  const { their, flaws } = await meetingWithPage(scene, 'Lost channel');
  const { outsider, text, guild } = their;
  text.setOverwrite({ for: outsider, allow: ['ViewChannel', 'ReadMessageHistory'] });
  const reader = await Reader.open(await their.liveLink(outsider), '127.0.1.251');
  const lines = await reader.lines();
  if (!(await becomes(4_000, () => lines.text().includes('good morning'))))
    flaws.push('the page showed nothing before');
  // The reader floods the bot with requests, so that the check of their right has to wait.
  const flood = new AbortController();
  const flooding = Promise.all(
    Array.from({ length: FLOOD_AT_ONCE }, async (_, nth) => {
      while (!flood.signal.aborted) (await reader.again('GET', addressOf(nth * AT_ONCE))).leave();
    }),
  );
  await delay(1_000);
  text.setOverwrite({ for: outsider, deny: ['ViewChannel'] });
  const lostMs = performance.now();
  const isClosed = await Promise.race([lines.ended.then(() => true), delay(CLOSED_WITHIN_MS, false)]);
  const closedMs = Math.round(performance.now() - lostMs);
  await their.say('only for us now');
  await their.isWritten('only for us now', 10_000);
  if (lines.text().includes('only for us')) flaws.push('a person who lost the channel read what was said afterwards');
  if (!isClosed) flaws.push(`the page was still open after ${CLOSED_WITHIN_MS / 1_000} s`);
  flood.abort();
  await flooding;
  lines.leave();
  guild.world.violations.length = 0;
  their.leave();
  return { summary: isClosed ? `closed after ${closedMs} ms` : 'still open at the end of the test', flaws };
}

export const readingOn: Stop = {
  number: 17,
  tried: 'a reader who loses the channel keeps the page open, and floods the bot with requests',
  play: playLostChannel,
};

const PLACES = 510;
const LINKS = 10_100;
const LINKS_AT_ONCE = 25;
const LINKS_WITHIN_MS = 25_000;

async function playPlaces(scene: Scene): Promise<Outcome> {
  const { their, mallory, flaws } = await meetingWithPage(scene, 'Places');
  const ana = await Reader.open(await their.liveLink(their.ana), OURS);
  const places = await openMany(PLACES, (nth, withinMs) => mallory.lines('GET', addressOf(nth), withinMs));
  const taken = places.filter(({ status }) => status === 200).length;
  if (!(await readsFine(their, their.ana))) flaws.push(`with ${taken} pages of one key open, nobody else can open one`);
  for (const place of places) place.leave();
  // Mallory presses the button for a link again and again. Ana's older link has to keep working.
  const panel = await their.text.waitFor((message) => buttonOf(message, 'p1:live') !== undefined);
  const button = buttonOf(panel, 'p1:live') ?? '';
  const beganMs = performance.now();
  let pressed = 0;
  await Promise.all(
    Array.from({ length: LINKS_AT_ONCE }, async () => {
      while (pressed < LINKS && performance.now() - beganMs < LINKS_WITHIN_MS) {
        pressed += 1;
        await their.mallory.click(panel, button, { answerWithinMs: 20_000 });
      }
    }),
  );
  const again = await ana.again();
  if (again.status !== 200) flaws.push(`after ${pressed} links of another member, an older link no longer works`);
  again.leave();
  their.leave();
  return {
    summary: `${taken} of ${PLACES} pages opened; ${pressed} links made; other people’s pages and links still work`,
    flaws,
  };
}

export const everybodysPlaces: Stop = {
  number: 18,
  tried: `${PLACES} live pages with one key, then as many links as one member can make in ${LINKS_WITHIN_MS / 1_000} s`,
  play: playPlaces,
};

const HALVES = 400;
const SPARE_FILES = 150;
const FREED_WITHIN_MS = 25_000; // 10 s for headers, and the interval of checks

async function playHalves(scene: Scene): Promise<Outcome> {
  const { bot } = scene.stage;
  const their = new TheirServer(scene, 'Half requests');
  const flaws: string[] = [];
  const { port } = new URL(scene.pages);
  const openFiles = readdirSync(`/proc/${bot.pid}/fd`).length;
  execFileSync('prlimit', ['--pid', `${bot.pid}`, `--nofile=${openFiles + SPARE_FILES}:`]);
  const sockets: Socket[] = [];
  let closed = 0;
  for (let nth = 0; nth < HALVES; nth++) {
    const socket = connect({ port: Number(port), host: OURS, localAddress: addressOf(nth) });
    socket.on('error', () => {});
    socket.once('connect', () => socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: '));
    socket.once('close', () => {
      closed += 1;
    });
    socket.resume();
    sockets.push(socket);
  }
  const beganMs = performance.now();
  try {
    await delay(1_000);
    await their.meet();
    await their.say('are we heard');
    if (!(await their.isWritten('are we heard', 12_000)))
      flaws.push('a meeting that begins during the attack is not heard');
  } catch (error) {
    flaws.push(
      `commands are not answered during the attack (${error instanceof Error ? error.message.split('\n')[0] : 'unknown'})`,
    );
  }
  await becomes(FREED_WITHIN_MS, () => closed === HALVES);
  const freedMs = Math.round(performance.now() - beganMs);
  if (closed < HALVES) flaws.push(`${HALVES - closed} of ${HALVES} half requests are still open after ${freedMs} ms`);
  for (const socket of sockets) socket.destroy();
  execFileSync('prlimit', ['--pid', `${bot.pid}`, '--nofile=8192:']);
  their.leave();
  return { summary: `a meeting begins and is heard; all are closed after ${Math.round(freedMs / 1_000)} s`, flaws };
}

export const halfRequests: Stop = {
  number: 19,
  tried: `${HALVES} half requests, with ${SPARE_FILES} file handles to spare`,
  play: playHalves,
};

async function playLinks(scene: Scene): Promise<Outcome> {
  const { their, flaws } = await meetingWithPage(scene, 'Link life');
  const link = await their.liveLink(their.ana);
  const reader = await Reader.open(link, OURS);
  if (!reader.isBare) flaws.push('the key stays in the address of the page');
  const lines = await reader.lines();
  await becomes(4_000, () => lines.text().includes('good morning'));
  const isClosed = await closeLinks(their, lines);
  if (!isClosed) flaws.push('there is no way to close one’s links, or the open page stayed open');
  const after = await reader.again();
  if (isClosed && after.status === 200) flaws.push('the page opens again after its links were closed');
  after.leave();
  lines.leave();
  const { code, said } = await startedWith({ PUBLIC_URL: 'http://parley.example.org' }, scene);
  if (code === 0 || !said.includes('PUBLIC_URL'))
    flaws.push('PUBLIC_URL accepts http for an address that is not loopback');
  their.leave();
  return {
    summary: 'the address has no key; closing the links closes the open page; http is refused except for loopback',
    flaws,
  };
}

/** Presses the button that closes one's own links, next to the link or in the answer to it. */
async function closeLinks(their: TheirServer, lines: Opened): Promise<boolean> {
  const panel = await their.text.waitFor((message) => buttonOf(message, 'p1:live') !== undefined);
  const answered = await their.ana.click(panel, buttonOf(panel, 'p1:live') ?? '');
  const places = [answered.original, panel].filter((message) => message !== undefined);
  const found = places
    .map((message) => ({ message, button: buttonOf(message, '[^"]*close[^"]*') }))
    .find(({ button }) => button !== undefined);
  if (!found?.button) return false;
  await their.ana.click(found.message, found.button);
  return await Promise.race([lines.ended.then(() => true), delay(6_000, false)]);
}

/** How a bot with these settings ends. It can report a wrong configuration without Discord. */
async function startedWith(more: Record<string, string>, scene: Scene): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [scene.startFile ?? resolve(import.meta.dirname, '../../../src/start.js')], {
    cwd: scene.stage.bot.directory,
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: 'x.y.z',
      DISCORD_API_URL: 'http://127.0.0.1:9',
      PALABRA_CLIENT_ID: 'id',
      PALABRA_CLIENT_SECRET: 'secret',
      HTTP_PORT: '0',
      DATABASE_URL: 'sqlite://:memory:',
      SETTINGS_URL: 'sqlite://:memory:',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  return { code: code as number | null, said }; // the type that node:child_process documents for 'close'
}

export const linkLife: Stop = {
  number: 20,
  tried: 'a link’s key in the address, a page that stays open after its links are closed, PUBLIC_URL with http',
  play: playLinks,
};
