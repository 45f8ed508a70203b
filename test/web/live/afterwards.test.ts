import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../src/core/record.ts';
import { afterwardsOf } from '../../../src/minutes/afterwards.ts';
import { EXPORT_FORMATS } from '../../../src/minutes/export-minutes.ts';
import { makeFinal, makeHead, makeTranslation } from '../../support/make.ts';
import { guest, served } from './support/served.ts';

const HTML = '<img src=x onerror=alert(1)>';

const over: MeetingRecord = {
  head: makeHead({ title: `Weekly ${HTML}` }),
  attendance: [
    { speakerId: '100', displayName: `Ana ${HTML}`, joinedMs: 0 },
    { speakerId: '200', displayName: 'Ben', joinedMs: 0 },
  ],
  endedMs: 60_000,
  ending: 'stopped',
  finals: [
    makeFinal({ utteranceId: 'u"1', text: `We ship the new release on Monday morning ${HTML}` }),
    makeFinal({
      utteranceId: 'u2',
      speakerId: '200',
      text: 'مرحبا بالجميع',
      language: 'ar',
      startMs: 9_000,
      endMs: 11_000,
    }),
  ],
  translations: [
    makeTranslation({ utteranceId: 'u2', speakerId: '200', text: 'Hola Ana', startMs: 9_000, endMs: 11_000 }),
  ],
  gaps: [],
  summary: {
    kind: 'written',
    madeBy: { model: 'test' },
    texts: [
      {
        language: 'en',
        keyPoints: [{ text: `A release ${HTML}`, cites: ['u"1'] }],
        decisions: [],
        actions: [],
        questions: [],
      },
    ],
  },
  messages: [{ utteranceId: 'u2', channelId: '20', messageId: '77' }],
};

/** The pages of a server whose archive keeps this record. */
async function servedAfterwards() {
  const kept: { record: MeetingRecord | undefined } = { record: over };
  const settings = { guild: async () => ({ spoken: 'auto', translateTo: [] }) };
  const parts = await served({ afterwards: afterwardsOf({ archive: { read: async () => kept.record }, settings }) });
  const cookie = await parts.enter();
  const ask = (path = '', headers: Record<string, string> = { cookie }) => fetch(parts.address(path), { headers });
  return { ...parts, ask, kept, cookie };
}

describe('the page of a meeting that is over', () => {
  it('shows what people wrote as text, the words in their direction, and links to their messages', async () => {
    const { ask, port } = await servedAfterwards();
    const page = await ask();
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/ style=|<script>|onclick/);
    expect(html).toContain('Weekly &lt;img src=x onerror=alert(1)&gt;</h1>');
    expect(html).toContain('Monday morning &lt;img');
    expect(html).toMatch(/<p id="w1" lang="ar" dir="auto"><span class="said">مرحبا بالجميع/);
    expect(html).toContain('href="https://discord.com/channels/1/20/77"');
    const parts = [...html.matchAll(/(?:href|src)="\.\.(\/assets\/[^"]+)"/g)].map(([, path]) => path);
    expect(parts.some((path) => path?.endsWith('meeting/meeting.css'))).toBe(true);
    for (const path of parts) expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(200);
  });

  it('leads from each span of the timeline, and from each citation, to words that are there', async () => {
    const { ask } = await servedAfterwards();
    const html = await (await ask()).text();
    const spans = [
      ...html.matchAll(/<a href="#(w\d+)" data-when="[^"]*"><title>Ben, 00:00:09–00:00:11: مرحبا بالجميع</g),
    ];
    expect(spans.map(([, anchor]) => anchor)).toEqual(['w1']);
    expect(html).toMatch(/<a class="cite" href="#w0">00:00:01<\/a>/);
    for (const [, anchor] of html.matchAll(/href="#(\w+)"/g)) expect(html).toContain(`id="${anchor}"`);
  });

  it('shows the transcript in a language, and one speaker’s words alone', async () => {
    const { ask } = await servedAfterwards();
    const spanish = await (await ask('?in=es')).text();
    expect(spanish).toMatch(/<p id="w1" lang="es" dir="auto"><span class="said">Hola Ana/);
    expect(spanish).toContain('href="./m1/exports/pdf?in=es"');
    const [ofAna = '', ofBen = ''] = await Promise.all(
      ['?who=0', '?who=1'].map(async (who) => (await ask(who)).text()),
    );
    const texts = [ofAna, ofBen].map((html) => [...html.matchAll(/<p id="(w\d)"/g)].map(([, id]) => id));
    expect(texts.flat().toSorted()).toEqual(['w0', 'w1']);
    expect(ofBen).toContain('href="./m1?in=spoken#w0"');
  });

  it('is not there while the meeting runs or is settled, and for nobody else', async () => {
    const { ask, at, kept, enter, cookie } = await servedAfterwards();
    const { endedMs: _, ...running } = over;
    kept.record = running;
    expect(await (await ask()).text()).toContain('live/main.js');
    expect((await ask('/exports/md')).status).toBe(404);
    kept.record = over;
    const others = await enter({ ...guest, meetingId: 'm2' });
    const [name] = cookie.split('=');
    for (const forged of ['', others, `${name}=${others.split('=')[1]}`, `${name}=${'a'.repeat(43)}`]) {
      for (const path of ['', '/exports/md']) expect((await ask(path, { cookie: forged })).status).toBe(404);
    }
    at.reader = undefined; // they left the server
    at.answer = async () => undefined;
    await expect.poll(async () => (await ask()).status).toBe(404);
    expect((await ask('/exports/md')).status).toBe(404);
  });

  it('holds nothing that was erased since', async () => {
    const { ask, kept } = await servedAfterwards();
    expect(await (await ask()).text()).toContain('Monday morning');
    kept.record = { ...over, finals: over.finals.slice(1), attendance: over.attendance.slice(1) };
    const html = await (await ask()).text();
    expect(html).not.toMatch(/Monday morning|Ana &lt;/);
    expect(await (await ask('/exports/md')).text()).not.toContain('Monday morning');
  });
});

describe('what is sent of a meeting that is over', () => {
  it('is packed where the browser can unpack it, and no stream ever is', async () => {
    const { ask, cookie, kept } = await servedAfterwards();
    const packing = async (path: string, accepts: string) => {
      const answer = await ask(path, { cookie, 'accept-encoding': accepts });
      await answer.body?.cancel();
      return answer.headers.get('content-encoding');
    };
    expect([await packing('', 'gzip, br'), await packing('', 'br'), await packing('/exports/json', 'gzip')]).toEqual([
      'gzip',
      null,
      'gzip',
    ]);
    const { endedMs: _, ...running } = over;
    kept.record = running;
    expect(await packing('/lines', 'gzip')).toBeNull();
  });

  it('repeats nothing of its address', async () => {
    const { ask } = await servedAfterwards();
    const html = await (await ask('?in=zz-oracle&who=999')).text();
    expect(html).not.toMatch(/oracle|999/);
    expect(html).toContain('href="./m1/exports/md"');
    const spanish = await (await ask('?in=es-oracle')).text();
    expect([spanish.includes('Hola Ana'), spanish.includes('oracle')]).toEqual([true, false]);
  });
});

describe('the downloads of a meeting that is over', () => {
  it.each(EXPORT_FORMATS)('give the minutes as %s', async (format) => {
    const { ask } = await servedAfterwards();
    const file = await ask(`/exports/${format}`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="minutes-2026-11-23-1000-weekly.${format}"`,
    );
    expect(file.headers.get('content-type')).toMatch(/^(?:text|application)\/(?!octet-stream)/);
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(20);
  });

  it('are made in a language, and refuse what is no format', async () => {
    const { ask } = await servedAfterwards();
    const captions = await ask('/exports/vtt?in=es');
    expect(captions.headers.get('content-disposition')).toContain('weekly.es.vtt');
    expect(await captions.text()).toContain('Hola Ana');
    for (const format of ['exe', '..%2fmd', '__proto__']) expect((await ask(`/exports/${format}`)).status).toBe(404);
  });
});
