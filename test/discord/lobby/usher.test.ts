import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { Person, Usher } from '../../../src/core/ports/people.ts';
import type { MeetingHead, Places } from '../../../src/core/record.ts';
import { DiscordUshers } from '../../../src/discord/lobby/usher.ts';
import { endBesideVoices } from '../../../src/discord/lobby/voice-chat-notice.ts';
import type { Channel, DiscordSimulator, Guild, Member } from '../../simulators/discord/index.ts';
import { makeHead } from '../../support/make.ts';
import { MemoryJournal } from '../../support/ports.ts';
import { connected } from '../support/connect.ts';

interface Door {
  readonly discord: DiscordSimulator;
  readonly guild: Guild;
  readonly text: Channel;
  readonly voice: Channel;
  readonly usher: Usher;
  readonly head: MeetingHead;
  readonly marks: string[];
  readonly kept: Places[];
  readonly mentioned: readonly { readonly what: string; readonly ids: readonly string[] }[];
  readonly people: readonly Person[];
  readonly members: readonly Member[];
  /** The usher of a meeting with another text channel. */
  usherIn(text: Channel | undefined): Usher;
  /** The meeting's usher in the next process. */
  again(lost?: AbortSignal): Usher;
  /** Says that the meeting is over. */
  end(): Promise<void>;
  /** Tells the usher that people have come. */
  come(...people: readonly Person[]): void;
  /** The messages in the channel, once there are `count` of them. */
  said(count: number, where?: Channel): Promise<string[]>;
}

interface World {
  readonly guild: Guild;
  readonly text: Channel;
  readonly voice: Channel;
  readonly members: readonly Member[];
}

interface DoorOptions {
  readonly locale?: string;
  readonly names?: readonly string[];
  readonly build?: (world: World) => void;
}

/** The door of a meeting with the named people in the voice channel. */
async function door({ locale = 'en-US', names = ['Ana', 'Ben'], build = () => {} }: DoorOptions = {}): Promise<Door> {
  const made: { world?: World } = {};
  const it = await connected((discord) => {
    const guild = discord.addGuild({ name: 'Office', locale });
    const text = guild.addTextChannel('notes');
    const voice = guild.addVoiceChannel('Standup');
    const members = names.map((name) => guild.addMember({ name: 'user', globalName: name }));
    for (const member of members) member.join(voice);
    made.world = { guild, text, voice, members };
    build(made.world);
  });
  onTestFinished(() => it[Symbol.asyncDispose]());
  if (!made.world) throw new Error('The world was not built');
  const { guild, text, voice, members } = made.world;
  const marks: string[] = [];
  const kept: Places[] = [];
  const mentioned: { readonly what: string; readonly ids: readonly string[] }[] = [];
  const mark = {
    put: (id: string) => void marks.push(`put ${id}`),
    remove: (id: string) => void marks.push(`off ${id}`),
    giveUp: (id: string) => void marks.push(`given up ${id}`),
  };
  const { signal } = new AbortController();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const journal = new MemoryJournal();
  journal.setPlaces = async (places) => void kept.push(places);
  const archive = {
    mentioned: async (_: string, { what }: { what: string }, ids: readonly string[]) =>
      void mentioned.push({ what, ids }),
  };
  const ushers = new DiscordUshers({ client: it.client, mark, journal, archive, log: quiet, signal });
  const head = makeHead({
    guildId: guild.id,
    voiceChannelId: voice.id,
    textChannelId: text.id,
    startedBy: guild.owner.id,
  });
  const places = (): Places => Object.assign({}, ...kept);
  const usher = ushers.open(head, () => text.id);
  return {
    discord: it.discord,
    guild,
    text,
    voice,
    members,
    head,
    usher,
    marks,
    kept,
    mentioned,
    people: members.map(({ id, displayName }) => ({ id, displayName, isBot: false })),
    usherIn: (text) => ushers.open({ ...head, textChannelId: text?.id ?? '' }, () => text?.id ?? ''),
    again: (lost?: AbortSignal) => ushers.open({ ...head, places: places() }, () => text.id, lost),
    end: () => endBesideVoices({ head: { ...head, places: places() } }, { client: it.client, log: quiet, signal }),
    come(...people) {
      for (const person of people) {
        usher.inform(person);
        usher.greet(person);
      }
    },
    async said(count, where = text) {
      if (where.messages.length < count) {
        await new Promise<void>((resolve) => {
          const stop = where.watch(() => {
            if (where.messages.length < count) return;
            stop();
            resolve();
          });
        });
      }
      return where.messages.map(({ content }) => content);
    },
  };
}

/** Only the bot sees the text channel. */
const hidden = ({ guild, text }: World) => {
  text.setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
  text.setOverwrite({ for: guild.bot, allow: ['ViewChannel'] });
};
/** The bot cannot write in the voice channel's chat either. */
const mute = (world: World) => {
  hidden(world);
  const { guild, voice } = world;
  voice.setOverwrite({ for: guild.bot, deny: ['SendMessages'] });
};
/** Resolves once the usher has done its work. */
const informed = async (usher: Usher, { id }: Person) => {
  while (!usher.hasInformed(id)) await new Promise((resolve) => setImmediate(resolve));
};
const first = ([one]: readonly Person[]): Person => {
  if (!one) throw new Error('Nobody is there');
  return one;
};

afterEach(() => {
  vi.useRealTimers();
});

describe('somebody who comes to a running meeting', () => {
  it('reads by name that it is transcribed, in one sentence for all who come together, which pings nobody', async () => {
    const { come, people, said, text, voice, discord, mentioned } = await door({ names: ['Ana', 'Ben @everyone'] });
    come(...people);
    await vi.advanceTimersByTimeAsync(2_000);
    const [greeting] = await said(1);
    expect(greeting).toMatch(/^Welcome, Ana and Ben @\u200beveryone\. What is said in <#\d+> is transcribed here/);
    expect(greeting).toContain('`/privacy opt-out`');
    expect(text.messages[0]?.mentions.users).toEqual([]);
    expect(voice.history).toEqual([]);
    // The places are kept, so that people can have their names taken out.
    await vi.waitFor(() => expect(mentioned).toEqual([{ what: 'name', ids: people.map(({ id }) => id) }]));
    expect(discord.violations).toEqual([]);
  });

  it('is greeted later when others were greeted just before: at most three greetings a minute', async () => {
    const { come, people, said } = await door({ names: ['Ana', 'Ben', 'Cem'] });
    const [ana, ben, cem] = people;
    if (!ana || !ben || !cem) throw new Error('nobody there');
    come(ana);
    await vi.advanceTimersByTimeAsync(2_000);
    await said(1);
    come(ben);
    await vi.advanceTimersByTimeAsync(10_000);
    come(cem);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(await said(1)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await said(2))[1]).toContain('Welcome, Ben and Cem.');
  });

  it('is counted rather than named when many come', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `P${index}`);
    const { come, people, said } = await door({ locale: 'de', names });
    come(...people);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await said(1))[0]).toContain('P9 und 50 weitere. Was in');
  });

  it('is not greeted any more once the meeting is over', async () => {
    const { come, people, usher, text } = await door();
    come(first(people));
    usher.leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(text.history).toEqual([]);
  });

  it('is greeted once when the process before sends the greeting as well, and counts as waiting until it is there', async () => {
    const { come, people, usher, again, said, text } = await door();
    expect(usher.ungreeted()).toEqual([]);
    come(...people);
    const ids = people.map(({ id }) => id);
    expect(usher.ungreeted()).toEqual(ids);
    const next = again();
    for (const person of people.toReversed()) {
      next.inform(person);
      next.greet(person);
    }
    await vi.advanceTimersByTimeAsync(2_000);
    await said(1);
    await vi.waitFor(() => expect([usher.ungreeted(), next.ungreeted()]).toEqual([[], []]));
    expect(text.messages).toHaveLength(1);
    come(first(people)); // another greeting is not the same one
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await said(2)).toHaveLength(2);
  });

  it('waits for the greeting where the meeting has gone on elsewhere', async () => {
    const { come, people, usher } = await door();
    come(first(people));
    usher.leave();
    expect(usher.ungreeted()).toEqual([first(people).id]);
  });

  it('gets a button to say yes where only a yes counts, as do the people who are there at the beginning', async () => {
    const { come, people, usher, again, said, text } = await door();
    usher.configure(true);
    usher.configure(true);
    again().configure(true, true); // the process that goes on
    come(first(people));
    await vi.advanceTimersByTimeAsync(2_000);
    const [asked, greeted] = await said(2);
    expect(asked).toContain('I only hear people who say yes');
    expect(greeted).toContain('I will not hear you until you press the button');
    for (const { components } of text.messages) {
      expect(components).toMatchObject([{ components: [{ label: 'Hear me', custom_id: 'c1:hear-me:' }] }]);
    }
  });
});

describe('somebody who sees the text channel', () => {
  it('counts as informed at once, so that none of their words is lost', async () => {
    const { usher, people, voice } = await door();
    expect(usher.hasInformed(first(people).id)).toBe(false);
    for (const person of people) usher.inform(person);
    expect(people.map(({ id }) => usher.hasInformed(id))).toEqual([true, true]);
    expect(voice.history).toEqual([]);
  });

  it('but not its history, is informed in the voice channel’s chat', async () => {
    const build = ({ guild, text }: World) => text.setOverwrite({ for: guild.everyone, deny: ['ReadMessageHistory'] });
    const { usher, people, said, voice } = await door({ build });
    usher.inform(first(people));
    expect((await said(1, voice))[0]).toContain('is transcribed in a channel that not everybody here can see');
  });
});

describe('somebody who does not see the text channel', () => {
  it('reads in the voice channel’s chat who wanted it, with a button to stay out, before they are heard', async () => {
    const { discord, usher, people, said, voice, text, head } = await door({ build: hidden });
    for (const person of people) usher.inform(person);
    expect(people.map(({ id }) => usher.hasInformed(id))).toEqual([false, false]);
    const [notice, ...more] = await said(1, voice);
    await informed(usher, first(people));
    expect(notice).toContain(`What is said in <#${voice.id}> is transcribed`);
    expect(notice).toContain(`Started by <@${head.startedBy}>`);
    expect(notice).toContain('`/privacy opt-out`');
    expect(notice).not.toContain(text.id); // the text channel may be a secret
    expect(voice.messages[0]?.components).toMatchObject([{ components: [{ custom_id: 'c1:do-not-hear-me:' }] }]);
    expect(more).toEqual([]);
    expect(text.history).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('is greeted there by name when they come later, and others in the text channel', async () => {
    const build = (world: World) => {
      hidden(world);
      const { text, members } = world;
      if (members[0]) text.setOverwrite({ for: members[0], allow: ['ViewChannel'] });
    };
    const { come, usher, people, said, voice } = await door({ names: ['Ana', 'Ben'], build });
    come(...people);
    for (const person of people) await informed(usher, person);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await said(1))[0]).toMatch(/^Welcome, Ana\. .*is transcribed here/);
    const [notice, greeting] = await said(2, voice);
    expect(notice).not.toContain('Ben');
    expect(greeting).toMatch(/^Welcome, Ben\. .*in a channel that you cannot see/);
  });

  it('is asked there whether they may be heard, where only a yes counts', async () => {
    const { usher, people, said, voice } = await door({ build: hidden });
    usher.configure(true);
    usher.inform(first(people));
    expect((await said(1, voice))[0]).toContain('I only hear people who say yes');
    expect(voice.messages[0]?.components).toMatchObject([{ components: [{ custom_id: 'c1:hear-me:' }] }]);
  });

  it('gets no second notice from the next process, and reads at the end that it is over', async () => {
    const { usher, people, said, voice, kept, again, end } = await door({ build: hidden });
    usher.inform(first(people));
    await informed(usher, first(people));
    await said(1, voice);
    expect(kept).toEqual([{ besideVoices: { [voice.id]: voice.messages[0]?.id } }]);
    const next = again();
    next.inform(first(people));
    await informed(next, first(people));
    expect(voice.history).toHaveLength(1);
    await end();
    expect(voice.messages[0]?.content).toContain('the meeting is over');
    expect(voice.messages[0]?.components).toEqual([]);
  });
});

describe('a meeting in a private thread', () => {
  it('is known to its members, and to people who manage threads; others read of it in the voice channel’s chat', async () => {
    const made: { thread?: Channel } = {};
    const { usherIn, people, said, voice, discord } = await door({
      names: ['Ana', 'Ben', 'Cem'],
      build({ guild, text, members: [ana, ben] }) {
        if (!ana || !ben) throw new Error('Nobody is there');
        made.thread = text.startThread('board', { owner: ana.user, private: true, members: [guild.bot] });
        text.setOverwrite({ for: ben, allow: ['ManageThreads'] });
      },
    });
    const usher = usherIn(made.thread);
    const [ana, ben, cem] = people;
    if (!ana || !ben || !cem) throw new Error('Nobody is there');
    for (const person of [ana, ben]) usher.inform(person);
    for (const person of [ana, ben]) await informed(usher, person);
    expect(voice.history).toEqual([]);
    usher.inform(cem);
    expect((await said(1, voice))[0]).toContain('is transcribed');
    await informed(usher, cem);
    expect(discord.violations).toEqual([]);
  });
});

describe('somebody who can read nowhere that they are transcribed', () => {
  it('is not heard, and is informed by name as soon as the bot may write in the voice channel’s chat', async () => {
    const { come, usher, people, said, guild, voice } = await door({ build: mute });
    const ana = { ...first(people), displayName: 'Ana (0001)' }; // the meeting tells two Anas apart
    come(ana);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(usher.hasInformed(ana.id)).toBe(false);
    expect(voice.history).toEqual([]);
    voice.setOverwrite({ for: guild.bot, allow: ['SendMessages'] });
    while (!usher.hasInformed(ana.id)) {
      await vi.advanceTimersByTimeAsync(5_000);
      usher.inform(ana);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await said(2, voice))[1]).toContain('Welcome, Ana (0001).');
  });

  it('is not heard after a moderator moved them into a channel whose chat they do not see', async () => {
    const build = (world: World) => {
      hidden(world);
      const { voice, members } = world;
      if (members[0]) voice.setOverwrite({ for: members[0], deny: ['Connect'] });
    };
    const { usher, people, voice } = await door({ build });
    const [ana, ben] = people;
    if (!ana || !ben) throw new Error('Nobody is there');
    for (const person of people) usher.inform(person);
    await informed(usher, ben);
    expect(usher.hasInformed(ana.id)).toBe(false);
    expect(voice.history).toHaveLength(1);
  });

  it('is never the person who started it: the answer to their command has informed them', async () => {
    const { usher, head } = await door({ build: mute });
    expect(usher.hasInformed(head.startedBy)).toBe(true);
  });
});

describe('the status of the voice channel', () => {
  it('says from the beginning that it is transcribed, goes along with the bot, and is taken down', async () => {
    const made: { board?: Channel } = {};
    const { voice, usher } = await door({
      build({ guild, voice }) {
        made.board = guild.addVoiceChannel('Board');
        for (const channel of [voice, made.board])
          channel.setOverwrite({ for: guild.bot, allow: ['SetVoiceChannelStatus', 'ManageChannels'] });
      },
    });
    usher.configure(false);
    await vi.waitFor(() => expect(voice.status).toBe('transcribed in #notes'));
    const { board } = made;
    if (!board) throw new Error('There is no board room');
    expect(await usher.mayFollow(board.id)).toBe(true);
    await vi.waitFor(() => expect([voice.status, board.status]).toEqual([null, 'transcribed in #notes']));
    await usher.takeDownNotice();
    expect(board.status).toBeNull();
  });
});

describe('another voice channel', () => {
  /** Standup and the notes as they are, and a board room for the staff, with the chair in it. */
  async function besideABoardRoom(build: (world: World & { board: Channel; chair: Member }) => void) {
    const made: { board?: Channel } = {};
    const it = await door({
      build(world) {
        const board = world.guild.addVoiceChannel('Board');
        const chair = world.guild.addMember({ name: 'chair' });
        chair.join(board);
        made.board = board;
        build({ ...world, board, chair });
      },
    });
    return await it.usher.mayFollow(made.board?.id ?? '');
  }

  it.each<[string, boolean, (world: World & { board: Channel; chair: Member }) => void]>([
    ['is followed when everybody may go there and read along', true, () => {}],
    [
      'is not followed when not all who read along could have come',
      false,
      ({ guild, board, chair }) => {
        board.setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
        board.setOverwrite({ for: chair, allow: ['ViewChannel'] });
      },
    ],
    [
      'is not followed when it is a room that all see and few may join',
      false,
      ({ guild, board }) => board.setOverwrite({ for: guild.everyone, deny: ['Connect'] }),
    ],
    [
      'is not followed when its people cannot read along',
      false,
      ({ text, chair }) => text.setOverwrite({ for: chair, deny: ['ViewChannel'] }),
    ],
    [
      'is followed from one room to another of the same few people',
      true,
      ({ guild, text, voice, board, chair, members }) => {
        for (const channel of [text, voice, board]) {
          channel.setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
          for (const person of [chair, ...members]) channel.setOverwrite({ for: person, allow: ['ViewChannel'] });
        }
      },
    ],
    [
      'is not followed when the people of the first channel could not have come',
      false,
      ({ guild, text, board, chair }) => {
        for (const channel of [text, board]) {
          channel.setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
          channel.setOverwrite({ for: chair, allow: ['ViewChannel'] });
        }
      },
    ],
  ])('%s', async (_, expected, build) => {
    expect(await besideABoardRoom(build)).toBe(expected);
  });
});

describe('the mark in the bot’s name', () => {
  it('is there from the beginning of a meeting to its end', async () => {
    const { usher, marks } = await door();
    expect(marks).toEqual([expect.stringContaining('put')]);
    usher.leave();
    expect(marks).toEqual([expect.stringContaining('put'), expect.stringContaining('off')]);
  });

  it('is left to the process that goes on with the meeting', async () => {
    const { marks, again } = await door();
    const lost = new AbortController();
    const usher = again(lost.signal);
    lost.abort();
    usher.leave();
    expect(marks.at(-1)).toMatch(/^given up/);
  });
});
