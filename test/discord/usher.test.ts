import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import type { Usher } from '../../src/core/ports.ts';
import { DiscordUshers } from '../../src/discord/usher.ts';
import type { Channel, DiscordSimulator } from '../simulators/discord/index.ts';
import { makeHead, makePerson } from '../support/make.ts';
import { connected } from './support/connect.ts';

interface Door {
  readonly discord: DiscordSimulator;
  readonly text: Channel;
  readonly usher: Usher;
  readonly marks: string[];
  /** What stands in the channel once `count` messages do. */
  said(count: number): Promise<string[]>;
}

async function door(locale = 'en-US'): Promise<Door> {
  const made: { text?: Channel; voice?: Channel; guildId?: string } = {};
  const it = await connected((discord) => {
    const guild = discord.addGuild({ name: 'Office', locale });
    made.guildId = guild.id;
    made.text = guild.addTextChannel('notes');
    made.voice = guild.addVoiceChannel('Standup');
  });
  onTestFinished(() => it[Symbol.asyncDispose]());
  const { text, voice, guildId } = made;
  if (!text || !voice || !guildId) throw new Error('The world was not built');
  const marks: string[] = [];
  const mark = {
    put: (id: string) => void marks.push(`put ${id}`),
    remove: (id: string) => void marks.push(`off ${id}`),
  };
  const { signal } = new AbortController();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const ushers = new DiscordUshers({ client: it.client, mark, log: quiet, signal });
  const head = makeHead({ guildId, voiceChannelId: voice.id, textChannelId: text.id });
  return {
    discord: it.discord,
    text,
    usher: ushers.open(head, () => text.id),
    marks,
    async said(count) {
      if (text.messages.length < count) {
        await new Promise<void>((resolve) => {
          const stop = text.watch(() => {
            if (text.messages.length < count) return;
            stop();
            resolve();
          });
        });
      }
      return text.messages.map(({ content }) => content);
    },
  };
}

afterEach(() => {
  vi.useRealTimers();
});

const people = (...names: string[]) => names.map((displayName, index) => makePerson({ id: `${index}`, displayName }));

describe('who comes to a running meeting', () => {
  it('is told by name that it is transcribed, in one sentence for all who come together, which pings nobody', async () => {
    const { usher, said, text, discord } = await door();
    for (const person of people('Ana', 'Ben @everyone')) usher.greet(person);
    await vi.advanceTimersByTimeAsync(2_000);
    const [greeting] = await said(1);
    expect(greeting).toMatch(/^Welcome, Ana and Ben @\u200beveryone: what is said in <#\d+> is transcribed here/);
    expect(greeting).toContain('`/privacy opt-out`');
    expect(text.messages[0]?.mentions.users).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('is told later when others were told just before: no more than three sentences a minute', async () => {
    const { usher, said } = await door();
    const [ana, ben, cem] = people('Ana', 'Ben', 'Cem');
    if (!ana || !ben || !cem) throw new Error('nobody there');
    usher.greet(ana);
    await vi.advanceTimersByTimeAsync(2_000);
    await said(1);
    usher.greet(ben);
    await vi.advanceTimersByTimeAsync(10_000);
    usher.greet(cem);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(await said(1)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await said(2))[1]).toContain('Welcome, Ben and Cem:');
  });

  it('is counted rather than named when they are many', async () => {
    const { usher, said } = await door('de');
    for (const person of people(...Array.from({ length: 60 }, (_, index) => `P${index}`))) usher.greet(person);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await said(1))[0]).toContain('P9 und 50 weitere: was in');
  });

  it('is not told any more once the meeting is over', async () => {
    const { usher, text } = await door();
    usher.greet(makePerson());
    usher.leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(text.history).toEqual([]);
  });

  it('gets a button to say yes where only that counts, as do those who are there at the beginning', async () => {
    const { usher, said, text } = await door();
    usher.configure(true);
    usher.configure(true);
    usher.greet(makePerson());
    await vi.advanceTimersByTimeAsync(2_000);
    const [asked, greeted] = await said(2);
    expect(asked).toContain('Only people who say yes are heard');
    expect(greeted).toContain('You are not heard until you press the button');
    for (const { components } of text.messages) {
      expect(components).toMatchObject([{ components: [{ label: 'Hear me', custom_id: 'c1:hear-me:' }] }]);
    }
  });
});

describe('the mark in the bot’s name', () => {
  it('is there from the beginning of a meeting to its end', async () => {
    const { usher, marks } = await door();
    expect(marks).toEqual([expect.stringContaining('put')]);
    usher.leave();
    expect(marks).toHaveLength(2);
  });
});
