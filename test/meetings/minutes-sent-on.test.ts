import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import { z } from 'zod';
import { minutesJson } from '../../src/minutes/text/minutes-json.ts';
import { startSummarySimulator } from '../simulators/summary/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';

const message = z.object({
  event: z.literal('meeting.ended'),
  text: z.string(),
  markdown: z.string(),
  minutes: minutesJson,
});

const line = z.object({
  event: z.enum(['line.final', 'line.translated']),
  meeting: z.object({ id: z.string() }),
  line: z.object({ speaker: z.string(), text: z.string(), language: z.string() }),
  missed: z.literal(0),
});

/** A program that takes lines and minutes; gives the lines so far, and the minutes. */
async function receiver({ onTestFinished }: TestContext) {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  const { promise, resolve } = Promise.withResolvers<{ body: string; signature: string }>();
  const lines: z.infer<typeof line>[] = [];
  server.on('request', async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    response.writeHead(204).end();
    const body = Buffer.concat(chunks).toString();
    const read = line.safeParse(JSON.parse(body));
    if (read.success) lines.push(read.data);
    else resolve({ body, signature: `${incoming.headers['x-parley-signature']}` });
  });
  return { url: `http://127.0.0.1:${port}/minutes`, delivery: promise, lines };
}

describe.concurrent('a meeting of a server with a model, a glossary and a webhook', inRealTime, () => {
  it('ends with a summary in the server’s languages and words, posted and sent on', async (test) => {
    const endpoint = await startSummarySimulator();
    test.onTestFinished(() => endpoint[Symbol.asyncDispose]());
    const { url, delivery, lines } = await receiver(test);
    await using stage = await openStage({
      environment: {
        SUMMARY_API_URL: endpoint.url,
        SUMMARY_API_KEY: 'hush',
        SUMMARY_MODEL: 'small-1',
        MINUTES_WEBHOOK_ALLOW_PRIVATE: 'on',
      },
    });
    const { moderator, guild, voice, text, bot } = stage;
    const { content } = await stage.command(moderator, 'settings webhook', { url, lines: true });
    const secret = /whsec_[\w-]+/.exec(content)?.[0] ?? '';
    await stage.command(moderator, 'settings glossary', { written: 'PARLEY', heard: 'parley' });
    await stage.command(moderator, 'translate', { languages: 'es' });
    const ana = guild.addMember({ name: 'Ana' });
    ana.join(voice);
    await stage.command(ana, 'transcribe start');
    await ana.say('We agreed that Parley goes out.');
    await text.waitFor((posted) => posted.content.includes('PARLEY goes out'), { timeoutMs: 15_000 });
    await ana.say('so '.repeat(45).trim()); // of less nothing is summed up
    await text.waitFor((posted) => posted.content.includes('so so so'), { timeoutMs: 15_000 });
    await stage.command(moderator, 'transcribe stop');

    const minutes = await text.waitFor(({ attachments }) => attachments.length > 0, { timeoutMs: 15_000 });
    expect(minutes.content).toContain('**Decisions**\n- We agreed that PARLEY goes out. ');
    expect(minutes.content).toContain('The language model small-1');
    expect(minutes.attachments.map(({ filename }) => /\.(?:es\.)?\w+$/.exec(filename)?.[0])).toEqual([
      '.md',
      '.png',
      '.es.md',
    ]);
    const spanish = Buffer.from(minutes.attachments[2]?.bytes ?? []).toString();
    expect(spanish).toContain('## Decisiones\n\n- (es) We agreed that PARLEY goes out.');

    const { body, signature } = await delivery;
    await vi.waitFor(() =>
      expect(lines).toMatchObject([
        { event: 'line.final', line: { speaker: 'Ana', text: 'We agreed that PARLEY goes out.', language: 'en' } },
        { event: 'line.translated', line: { language: 'es' } },
        ...[{ event: 'line.final' }, { event: 'line.translated' }],
      ]),
    );
    const [, time = ''] = /^t=(\d+),/.exec(signature) ?? [];
    const digest = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
    expect(signature).toBe(`t=${time},v1=${digest}`);
    const sent = message.parse(JSON.parse(body));
    expect(sent.minutes.summary?.decisions[0]?.text).toBe('We agreed that PARLEY goes out.');
    expect(sent.text).toContain('Decisions');
    expect(sent.text).not.toContain('Transcript\n---');
    expect(sent.markdown).toContain('## Transcript');
    expect(bot.output).not.toMatch(/hush|whsec|goes out/);
  }, 40_000);
});

describe.concurrent('a meeting of a German server', inRealTime, () => {
  it('ends with minutes in German', async () => {
    await using stage = await openStage({ locale: 'de' });
    const { guild, voice, text } = stage;
    const ana = guild.addMember({ name: 'Ana' });
    ana.join(voice);
    await stage.command(ana, 'transcribe start');
    await ana.say('Good morning everybody.');
    await text.waitFor((posted) => posted.content.includes('morning'), { timeoutMs: 15_000 });
    await stage.command(ana, 'transcribe stop');
    const { content, attachments } = await text.waitFor((posted) => posted.attachments.length > 0, {
      timeoutMs: 15_000,
    });
    expect(content).toContain('Ende: von einem Mitglied beendet');
    expect(Buffer.from(attachments[0]?.bytes ?? []).toString()).toContain('## Anwesenheit');
  }, 40_000);
});
