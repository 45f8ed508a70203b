import { once } from 'node:events';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeFinal } from '../../support/make.ts';
import { follow, guest, served } from './support/served.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void; // the flag provides it

type Place = Awaited<ReturnType<typeof served>>;

/** A browser that asks for lines, and then reads only when the test makes it. */
async function silentReader({ address, port }: Place, cookie: string, method = 'GET') {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {}); // some tests are about being cut off
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const { pathname } = new URL(address('/lines'));
  socket.write(`${method} ${pathname} HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`);
  socket.pause();
  return socket;
}

let said = 0;

function talk({ audience }: Place, count: number, size: number): void {
  for (let i = 0; i < count; i++) {
    const text = `${said++}`.padEnd(size, 'x'); // the same text again would not be sent
    audience.publish({ segment: makeFinal({ utteranceId: `long ${i}`, text }), name: 'Ana' });
  }
}

describe('a place at a live page', () => {
  it('is taken only by a request for lines', async () => {
    const place = await served();
    const cookie = await place.enter();
    for (const method of ['HEAD', 'POST', 'OPTIONS', 'PUT']) {
      const answer = await fetch(place.address('/lines'), { method, headers: { cookie } });
      expect(answer.status).toBe(405);
    }
    expect(place.live.open).toBe(0);
    const { seen } = await follow(place.address('/lines'), cookie);
    await seen('Said before');
    expect(place.live.open).toBe(1);
  });

  it('is free again when the connection is gone, even before the first line', async () => {
    const place = await served();
    const cookie = await place.enter();
    const readers = await Promise.all(Array.from({ length: 4 }, () => silentReader(place, cookie)));
    await expect.poll(() => place.live.open).toBe(4);
    for (const socket of readers) socket.resetAndDestroy();
    await expect.poll(() => place.live.open).toBe(0);
    for (let i = 0; i < 10; i++) (await silentReader(place, cookie)).destroy();
    await expect.poll(() => place.live.open).toBe(0);
  });

  it('is taken once on a connection: a request behind an answer that never ends takes none', async () => {
    const place = await served();
    const cookie = await place.enter();
    const socket = await silentReader(place, cookie);
    await expect.poll(() => place.live.open).toBe(1);
    const { pathname } = new URL(place.address('/lines'));
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`.repeat(4));
    await follow(place.address('/lines'), cookie); // after those four
    await expect.poll(() => place.live.open).toBe(2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(place.live.open).toBe(2);
    socket.resetAndDestroy();
    await expect.poll(() => place.live.open).toBe(1);
  });

  it('is free again when the meeting is over', async () => {
    const place = await served();
    const { ended } = await follow(place.address('/lines'), await place.enter());
    place.audience.close();
    await ended;
    expect(place.live.open).toBe(0);
  });

  it('is free again, and its connection closed, when the browser takes nothing any more', async () => {
    const place = await served({ timing: { takenWithinMs: 200, signOfLifeMs: 60_000 } });
    const socket = await silentReader(place, await place.enter());
    await expect.poll(() => place.live.open).toBe(1);
    const talking = setInterval(() => talk(place, 20, 50_000), 1);
    onTestFinished(() => clearInterval(talking));
    await expect.poll(() => place.live.open, { timeout: 8_000 }).toBe(0);
    clearInterval(talking);
    socket.resume();
    await once(socket, 'close');
  });

  it('is kept by a slow reader, who gets the newest lines', async () => {
    const place = await served({ timing: { takenWithinMs: 5_000 } });
    const { seen, events } = await follow(place.address('/lines'), await place.enter());
    await seen('Said before');
    talk(place, 100, 100_000);
    place.audience.publish({ segment: makeFinal({ utteranceId: 'last', text: 'The last word' }), name: 'Ana' });
    await seen('The last word');
    expect(events.length).toBeLessThan(100); // ten megabytes were said, four are kept
    expect(place.live.open).toBe(1);
  });

  it('costs no more memory for browsers that read nothing', async () => {
    const place = await served();
    for (let member = 0; member < 10; member++) {
      const cookie = await place.enter({ ...guest, userId: `${member}` });
      for (let i = 0; i < 5; i++) await silentReader(place, cookie);
    }
    await expect.poll(() => place.live.open).toBe(50);
    collectGarbage();
    const before = process.memoryUsage();
    for (let round = 0; round < 40; round++) {
      talk(place, 500, 1_000); // half a megabyte: new texts of the same utterances each time
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 500; i++) {
        const said = makeFinal({ utteranceId: `${round} ${i}`, text: 'y'.repeat(1_000) });
        place.audience.publish({ segment: said, name: 'Ana' });
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    const grownMb = () => {
      collectGarbage(); // several times: the memory of buffers is freed a while after they are gone
      const after = process.memoryUsage();
      return (after.heapUsed + after.external - before.heapUsed - before.external) / 1e6;
    };
    await expect.poll(grownMb).toBeLessThan(20); // 4 MB of lines, and the buffers of 50 sockets
    expect(place.at.reads).toBe(1); // the record was read once for all of them
  });

  it('is limited to five for each member: the oldest page gives way, and says so', async () => {
    const place = await served();
    const cookie = await place.enter();
    const other = await place.enter();
    const pages = [];
    for (let i = 0; i < 6; i++) pages.push(await follow(place.address('/lines'), i % 2 ? cookie : other));
    await pages[0]?.ended;
    expect(pages[0]?.events.at(-1)?.event).toBe('gaveWay');
    expect(place.live.open).toBe(5);
    await pages[5]?.seen('Said before');
  });

  it('is taken from the server with most when all are taken, and not from one with fewer', async () => {
    const place = await served({ seats: { inAll: 3 } });
    const first = await follow(place.address('/lines'), await place.enter());
    for (const userId of ['200', '300']) await silentReader(place, await place.enter({ ...guest, userId }));
    await expect.poll(() => place.live.open).toBe(3);
    const late = await fetch(place.address('/lines'), {
      headers: { cookie: await place.enter({ ...guest, userId: '400' }) },
    });
    expect(late.status).toBe(503);
    const elsewhere = await place.enter({ guildId: '2', meetingId: 'm2', userId: '1' });
    const { seen } = await follow(place.address('/lines', 'm2'), elsewhere);
    await seen('Said before');
    await first.ended;
    expect(first.events.at(-1)?.event).toBe('gaveWay');
    expect(place.live.open).toBe(3);
  });
});
