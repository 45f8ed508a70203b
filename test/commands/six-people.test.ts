import { ApplicationCommandOptionType, ApplicationCommandType, ComponentType } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands, controls } from '../../commands/index.ts';
import { quiet } from '../../src/core/log.ts';
import type { MeetingHead } from '../../src/core/record.ts';
import { customId } from '../../src/discord/interactions/control.ts';
import { livePartsOf } from '../../src/pages/live-parts.ts';
import { openPages } from '../../src/pages/open-pages.ts';
import { keyFor, programWishes } from '../pages/support/programs.ts';
import type { Interaction, Member, OptionValue } from '../simulators/discord/index.ts';
import { PEOPLE, SECRETS, type Stage, sixPeople, type Who, type World } from './support/six-people.ts';

interface Turn {
  readonly member: Member;
  readonly stage: Stage;
  readonly past: MeetingHead;
  readonly now: MeetingHead;
}

/** What an insider learns: the words, that there is such a meeting, where it is, or nothing of these. */
type Reveals = 'words' | 'title' | 'place' | 'nothing';

interface Row {
  /** Uses it. Returns everything that the member sees, as one text. */
  readonly use: (turn: Turn) => Promise<string>;
  readonly reveals: Reveals;
  /** Who learns it; by default starter, attendee and reader. */
  readonly to?: readonly Who[];
  /** Whether a former attendee without any rights learns what was said while they were there. */
  readonly ownPart?: boolean;
  /** Who can change with it what concerns others; by default nobody. */
  readonly changes?: readonly Who[];
}

const INSIDERS: readonly Who[] = ['starter', 'attendee', 'reader'];
const STEERERS: readonly Who[] = ['starter', 'attendee'];

/** Every command, as people use it, with who learns or changes what by it. */
const COMMANDS: Readonly<Record<string, Row>> = {
  'transcribe start': {
    use: said('transcribe start', ({ stage }) => ({ 'voice-channel': stage.lounge })),
    reveals: 'place',
  },
  'transcribe stop': { use: said('transcribe stop'), reveals: 'nothing', changes: STEERERS },
  'transcribe status': { use: said('transcribe status'), reveals: 'place' },
  'transcribe pause': { use: said('transcribe pause'), reveals: 'nothing', changes: STEERERS },
  'transcribe resume': { use: said('transcribe resume'), reveals: 'nothing' },
  translate: { use: said('translate', () => ({ languages: 'es' })), reveals: 'nothing', changes: STEERERS },
  language: {
    use: said('language', () => ({ spoken: 'fr', scope: 'server' })),
    reveals: 'nothing',
    changes: STEERERS,
  },
  'catch-up': { use: said('catch-up', () => ({ minutes: 60 })), reveals: 'words' },
  ask: { use: said('ask', () => ({ question: 'Who mentioned the zeppelin?' })), reveals: 'words' },
  'minutes channel': { use: said('minutes channel', ({ stage }) => ({ channel: stage.lobby })), reveals: 'nothing' },
  'minutes latest': { use: said('minutes latest'), reveals: 'words' },
  'minutes list': { use: said('minutes list'), reveals: 'title' },
  'minutes show': { use: said('minutes show', ({ now }) => ({ meeting: now.id })), reveals: 'words', ownPart: true },
  'minutes export': {
    use: said('minutes export', ({ past }) => ({ meeting: past.id, format: 'txt' })),
    reveals: 'words',
    ownPart: true,
  },
  'minutes search': { use: said('minutes search', () => ({ query: 'zeppelin' })), reveals: 'words' },
  'minutes delete': {
    use: said('minutes delete', ({ past }) => ({ meeting: past.id })),
    reveals: 'title',
    to: ['starter'],
    changes: ['starter'],
  },
  'minutes rename-speaker': {
    use: said('minutes rename-speaker', ({ past }) => ({ meeting: past.id, speaker: SECRETS.name, name: 'Bertil' })),
    reveals: 'nothing',
  },
  'minutes retention': { use: said('minutes retention', () => ({ days: 1 })), reveals: 'nothing' },
  'settings show': { use: said('settings show'), reveals: 'nothing' },
  'settings set': { use: said('settings set', () => ({ 'opt-in': true })), reveals: 'nothing' },
  'settings glossary': { use: said('settings glossary', () => ({ written: 'Kubernetes' })), reveals: 'nothing' },
  'settings summary': {
    use: said('settings summary', () => ({ template: 'class', context: 'Whales' })),
    reveals: 'nothing',
  },
  'settings webhook': { use: said('settings webhook', () => ({ url: 'https://example.org/' })), reveals: 'nothing' },
  'privacy opt-out': { use: said('privacy opt-out'), reveals: 'nothing' },
  'privacy opt-in': { use: said('privacy opt-in'), reveals: 'nothing' },
  'privacy forget-me': { use: said('privacy forget-me'), reveals: 'nothing' },
  'privacy policy': { use: said('privacy policy'), reveals: 'nothing' },
  'overlay link': { use: said('overlay link'), reveals: 'nothing' },
  'overlay close': { use: said('overlay close'), reveals: 'nothing' },
  usage: { use: said('usage'), reveals: 'nothing' },
  'api key': { use: said('api key', () => ({ name: 'notes' })), reveals: 'nothing' },
  'api keys': { use: said('api keys'), reveals: 'nothing' },
  'Transcribe audio': {
    use: async ({ member, stage }) =>
      shown(await member.useOnMessage('Transcribe audio', member.write(stage.lobby, 'Hi'))),
    reveals: 'nothing',
  },
  Correct: {
    use: async ({ member, stage, now }) => {
      const message = withButton(stage, 'p1:stop:nothing');
      const at = { channelId: stage.lobby.id, messageId: message.id };
      for (const utteranceId of ['u1', 'u2']) await stage.journal.of(now.id).posted({ ...at, utteranceId });
      return shown(await member.useOnMessage('Correct', message));
    },
    reveals: 'words',
    to: ['attendee'], // who said them
  },
};

/** Every option that suggests something while people type. */
const SUGGESTIONS: Readonly<Record<string, Row>> = {
  'transcribe start · language': { use: suggested('transcribe start', 'language'), reveals: 'nothing' },
  'translate · languages': { use: suggested('translate', 'languages'), reveals: 'nothing' },
  'language · spoken': { use: suggested('language', 'spoken'), reveals: 'nothing' },
  'catch-up · language': { use: suggested('catch-up', 'language'), reveals: 'nothing' },
  'overlay link · language': { use: suggested('overlay link', 'language'), reveals: 'nothing' },
  'ask · meeting': { use: suggested('ask', 'meeting'), reveals: 'title' },
  'minutes show · meeting': { use: suggested('minutes show', 'meeting'), reveals: 'title' },
  'minutes export · meeting': { use: suggested('minutes export', 'meeting'), reveals: 'title' },
  'minutes export · language': { use: suggested('minutes export', 'language'), reveals: 'nothing' },
  'minutes search · language': { use: suggested('minutes search', 'language'), reveals: 'nothing' },
  'minutes rename-speaker · meeting': { use: suggested('minutes rename-speaker', 'meeting'), reveals: 'title' },
  'minutes rename-speaker · speaker': { use: suggested('minutes rename-speaker', 'speaker'), reveals: 'nothing' },
  'minutes delete · meeting': { use: suggested('minutes delete', 'meeting'), reveals: 'title', to: ['starter'] },
};

/** Every button, menu and form. Everybody who was shown a message once can press its buttons. */
const CONTROLS: Readonly<Record<string, Row>> = {
  'p1:pause': { use: pressed('p1:pause', ({ now }) => now.id), reveals: 'nothing', changes: STEERERS },
  'p1:resume': { use: pressed('p1:resume', ({ now }) => now.id), reveals: 'nothing' },
  'p1:stop': { use: pressed('p1:stop', ({ now }) => now.id), reveals: 'nothing', changes: STEERERS },
  'p1:translate': { use: pressed('p1:translate', ({ now }) => now.id), reveals: 'nothing' },
  'p1:languages': {
    use: async ({ member, stage, now }) => {
      const { starter } = stage.people;
      const form = await starter.click(withButton(stage, `p1:translate:${now.id}`), `p1:translate:${now.id}`);
      return shown(await member.submit(form, { languages: 'es' }));
    },
    reveals: 'nothing',
    changes: STEERERS,
  },
  'p1:reads': { use: pressed('p1:reads', ({ now }) => now.id), reveals: 'nothing' },
  'p1:reading': {
    use: async ({ member, stage }) => {
      const message = withMenu(stage, 'p1:reading:me');
      return shown(await member.click(message, 'p1:reading:me', { values: ['es'] }));
    },
    reveals: 'nothing',
  },
  'p1:pausing': {
    use: async ({ member, stage }) => {
      const message = withMenu(stage, 'p1:pausing:me', 'patient');
      return shown(await member.click(message, 'p1:pausing:me', { values: ['patient'] }));
    },
    reveals: 'nothing',
  },
  'k1:revoke': {
    use: async ({ member, stage }) =>
      shown(await member.click(withMenu(stage, 'k1:revoke:'), 'k1:revoke:', { values: ['es'] })),
    reveals: 'nothing',
  },
  'p1:so-far': { use: pressed('p1:so-far', ({ now }) => now.id), reveals: 'words', ownPart: true },
  'p1:close-my-links': { use: pressed('p1:close-my-links', ({ now }) => now.id), reveals: 'nothing' },
  'p1:close-all-links': { use: pressed('p1:close-all-links', ({ now }) => now.id), reveals: 'nothing' },
  'p1:live': { use: pressed('p1:live', ({ now }) => now.id), reveals: 'nothing' },
  'm1:list': { use: pressed('m1:list', () => '1'), reveals: 'title' },
  'c1:do-not-hear-me': { use: pressed('c1:do-not-hear-me', () => ''), reveals: 'nothing' },
  'c1:hear-me': { use: pressed('c1:hear-me', () => ''), reveals: 'nothing' },
  'c1:keep': { use: pressed('c1:keep', () => ''), reveals: 'nothing' },
  'k1:line': {
    use: async ({ member, stage, now }) => {
      const menu = withMenu(stage, `k1:line:${now.id}`, 'u1');
      return shown(await member.click(menu, `k1:line:${now.id}`, { values: ['u1'] }));
    },
    reveals: 'nothing', // but for the attendee, who said it
  },
  'k1:text': {
    use: async ({ member, stage, now }) => {
      const menu = withMenu(stage, `k1:line:${now.id}`, 'u1');
      const form = await stage.people.attendee.click(menu, `k1:line:${now.id}`, { values: ['u1'] });
      const sent = await member.submit(form, { text: 'I never said that' });
      return shown(await sent.until(({ original }) => original?.content !== '')); // in place of the menu
    },
    reveals: 'nothing',
    changes: ['attendee'],
  },
  'k1:term': { use: pressed('k1:term', ({ now }) => `${now.id}:u1`), reveals: 'nothing' },
  // Erases what the member said, in every meeting that they attended: their receipt names these meetings.
  'c1:erase': {
    use: pressed('c1:erase', () => ''),
    reveals: 'title',
    to: ['attendee', 'lost'],
    changes: ['attendee', 'lost'],
  },
};

describe.each<World>(['a hidden channel', 'a private thread'])('a meeting in %s', (world) => {
  let stage: Stage;
  const ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    stage = await sixPeople(world, (end) => ends.push(end));
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });

  it.each(Object.entries({ ...COMMANDS, ...SUGGESTIONS, ...CONTROLS }))('is kept by %s', async (_, row) => {
    const learnt: Partial<Record<Who, Learnt>> = {};
    const changed: Who[] = [];
    let meetings = await stage.again();
    // People who change nothing come first, so that all find the same state.
    for (const who of [...PEOPLE].sort((a, b) => Number(row.changes?.includes(a)) - Number(row.changes?.includes(b)))) {
      const before = await stateOf(stage);
      learnt[who] = learntFrom(await row.use({ member: stage.people[who], stage, ...meetings }), stage, who);
      if ((await stateOf(stage)) === before) continue;
      changed.push(who);
      meetings = await stage.again();
    }
    expect(changed.toSorted()).toEqual([...(row.changes ?? [])].toSorted());
    expect(learnt).toEqual(Object.fromEntries(PEOPLE.map((who) => [who, expected(row, who)])));
    expect(stage.discord.violations).toEqual([]);
  });

  it('is shown on a page to those who read its text, by a link that nobody else gets', async () => {
    const { now, past } = await stage.again();
    const ways: readonly (readonly [MeetingHead, Row['use']])[] = [
      [now, pressed('p1:live', () => now.id)],
      [past, said('minutes show', () => ({ meeting: past.id }))],
      [now, pressed('p1:so-far', () => now.id)],
    ];
    for (const [head, use] of ways) {
      const invited: Who[] = [];
      for (const who of PEOPLE) {
        const answer = await use({ member: stage.people[who], stage, past, now });
        const secret = /key=([\w-]+)/.exec(answer)?.[1];
        if (secret === undefined) continue;
        expect(stage.links.passOf(head.id, secret)?.guest.userId).toBe(stage.people[who].id);
        invited.push(who);
      }
      expect(invited).toEqual(['starter', 'reader']);
    }
  });

  // All rows look at one bot: it asks Discord for rights of members once every two seconds at most.
  describe('on its pages', () => {
    let pages: Awaited<ReturnType<typeof pagesOf>>;
    let now: MeetingHead;
    beforeAll(async () => {
      pages = await pagesOf(stage);
      ({ now } = await stage.again());
    });
    afterAll(() => pages[Symbol.dispose]());

    it('has a row for each', () => {
      const routes = pages.app.routes.flatMap(({ method, path }) => (method === 'ALL' ? [] : [`${method} ${path}`]));
      expect(Object.keys(PAGES).toSorted()).toEqual([...new Set(routes)].toSorted());
    });

    it.each(Object.entries(PAGES))('is kept by %s, whoever has a link', async (page, readers) => {
      const shown = await Promise.all(PEOPLE.map((who) => isShown(page, stage.people[who], { now, stage, pages })));
      expect(PEOPLE.filter((_, i) => shown[i])).toEqual(readers);
    });
  });

  it('is read by the programs of those who may read it, as far as they may', async () => {
    const { past } = await stage.again();
    using pages = await pagesOf(stage);
    const seen = await Promise.all(
      PEOPLE.map(async (who) => {
        const key = await keyFor(stage.journal, stage.people[who].id, stage.guild.id);
        const ask = async (path: string) => {
          const headers = { authorization: `Bearer ${key}` };
          return await (await pages.app.request(`/api/v1/${path}`, { headers }, {})).text();
        };
        const answers = {
          list: await ask('meetings'),
          read: await ask(`meetings/${past.id}`),
          file: await ask(`meetings/${past.id}/export.txt`),
          found: await ask('search?q=zeppelin'),
        };
        return Object.values(answers).map((answer) => learntFrom(answer, stage, who));
      }),
    );
    for (const [at, who] of PEOPLE.entries()) {
      const [list, read, file, found] = seen[at] ?? [];
      const words = { reveals: 'words', ownPart: true, use: async () => '' } as const;
      expect([who, read, file]).toEqual([who, expected(words, who), expected(words, who)]);
      expect([who, list]).toEqual([who, INSIDERS.includes(who) ? expect.arrayContaining(['title']) : []]);
      expect([who, found]).toEqual([who, expected({ ...words, ownPart: false }, who)]);
    }
  });

  it('is opened and listed to those who read its text, once they have signed in', async () => {
    const { past } = await stage.again();
    using pages = await pagesOf(stage);
    const seen = await Promise.all(
      PEOPLE.map(async (who) => {
        const { secret } = await stage.journal.sessions.begin(stage.people[who].id, [stage.guild.id]);
        const headers = { cookie: `__Host-session=${secret}` };
        const list = await (await pages.app.request('/meetings', { headers }, {})).text();
        const { status } = await pages.app.request(`/live/${past.id}`, { headers }, {});
        return { isListed: list.includes(SECRETS.title), isOpened: status === 200 };
      }),
    );
    const those = (are: 'isListed' | 'isOpened') => PEOPLE.filter((_, i) => seen[i]?.[are]);
    expect([those('isListed'), those('isOpened')]).toEqual([
      ['starter', 'reader'],
      ['starter', 'reader'],
    ]);
  });
});

/** Every page, with who sees it by their own link. Nobody else gets a link. */
const PAGES: Readonly<Record<string, readonly Who[]>> = {
  'GET /assets/:version/*': PEOPLE,
  'GET /live/:meeting': ['starter', 'reader'],
  'GET /live/:meeting/lines': ['starter', 'reader'],
  'GET /live/:meeting/pictures/:key': [], // nobody has a key who has not seen the page's people
  'GET /live/:meeting/exports/:format': [], // there are none while the meeting runs
  'GET /sign-in': PEOPLE, // and from there to Discord
  'GET /sign-in/back': [], // nobody comes back who was not sent
  'POST /sign-out': [], // no other site may
  'GET /meetings': PEOPLE, // an invitation to sign in: see below what it shows to whoever has
  // A member's own link opens no overlay.
  'GET /overlay/:meeting': [],
  // Links open nothing of what programs ask with keys: see below what keys do.
  'GET /api/v1/openapi.json': PEOPLE,
  'GET /api/v1/meetings': [],
  'GET /api/v1/meetings/:id': [],
  'GET /api/v1/meetings/:id/:file{export\\.[a-z]+}': [],
  'GET /api/v1/search': [],
  'POST /mcp': [],
  'GET /overlay/:meeting/lines': [],
};

describe('the tables of who learns what', () => {
  it('have a row for every command, even for a new one', () => {
    expect(Object.keys(COMMANDS).toSorted()).toEqual(
      leaves()
        .map(({ path }) => path)
        .toSorted(),
    );
  });

  it('have a row for every option with suggestions', () => {
    const names = leaves().flatMap(({ path, suggesting }) => suggesting.map((option) => `${path} · ${option}`));
    expect(Object.keys(SUGGESTIONS).toSorted()).toEqual(names.toSorted());
  });

  it('have a row for every button, menu and form', () => {
    expect(Object.keys(CONTROLS).toSorted()).toEqual(controls.map(({ id }) => id).toSorted());
  });
});

/** The secrets that a member learned. */
type Learnt = readonly ('early' | 'late' | 'title' | 'name' | 'voice' | 'text' | 'starter')[];

function learntFrom(answer: string, { voice, text, people }: Stage, who: Who): Learnt {
  const secrets = [
    ['early', SECRETS.early],
    ['late', SECRETS.late],
    ['title', SECRETS.title],
    ['name', SECRETS.name],
    ['voice', voice.id],
    ['text', text.id],
    ['starter', people.starter.id],
  ] as const;
  // Everybody may learn their own id; links hold it.
  return secrets.filter(([, secret]) => secret !== people[who].id && answer.includes(secret)).map(([name]) => name);
}

/** Insiders have to learn at least what the row says; outsiders must learn nothing at all. */
function expected({ reveals, to = INSIDERS, ownPart = false }: Row, who: Who): unknown {
  if (to.includes(who)) {
    if (reveals === 'words') return expect.arrayContaining(['early', 'late']);
    if (reveals === 'title') return expect.arrayContaining(['title']);
    return reveals === 'place' ? expect.arrayContaining(['voice']) : expect.not.arrayContaining(['late']);
  }
  if (who === 'lost' && ownPart)
    return expect.toSatisfy((found: Learnt) => found.includes('early') && !found.includes('late'));
  return [];
}

/** Everything that the people of a server would notice if somebody changed it. */
async function stateOf({ guild, settings, journal: { archive }, meetings }: Stage): Promise<string> {
  const heads = await archive.list(guild.id, 100);
  const records = await Promise.all(heads.map(async ({ id }) => await archive.read(id)));
  const texts = records.map((record) => [record?.head.id, record?.endedMs, record?.finals, record?.attendance]);
  const running = meetings.meetingOf(guild.id);
  return JSON.stringify([
    await settings.guild(guild.id),
    await archive.keepDays(guild.id),
    texts,
    running?.head.id,
    running?.currentStatus().phase,
  ]);
}

function said(name: string, options: (turn: Turn) => Readonly<Record<string, OptionValue>> = () => ({})): Row['use'] {
  return async (turn) => {
    const { member, stage } = turn;
    return shown(await member.command(name, options(turn), { channel: stage.lobby }));
  };
}

function suggested(name: string, option: string): Row['use'] {
  return async ({ member, stage }) =>
    JSON.stringify(await member.autocomplete(name, option, '', { channel: stage.lobby }));
}

const WAITING = 'What is pressed stands here';

function pressed(id: string, concerns: (turn: Turn) => string): Row['use'] {
  return async (turn) => {
    const whole = customId({ id }, concerns(turn));
    const reply = await turn.member.click(withButton(turn.stage, whole), whole);
    return shown(await reply.until(({ original }) => original?.content !== WAITING));
  };
}

function withButton({ discord, lobby }: Stage, customId: string) {
  const components = [{ type: ComponentType.Button, style: 2, label: 'Press', custom_id: customId }];
  return lobby.add({
    author: discord.world.bot,
    content: WAITING,
    components: [{ type: ComponentType.ActionRow, components }],
  });
}

function withMenu({ discord, lobby }: Stage, customId: string, value = 'es') {
  const options = [{ label: 'One', value }];
  const components = [{ type: ComponentType.StringSelect, custom_id: customId, options }];
  return lobby.add({ author: discord.world.bot, components: [{ type: ComponentType.ActionRow, components }] });
}

/** The pages as the bot serves them. */
async function pagesOf(stage: Stage): ReturnType<typeof openPages> {
  const { discord, settings, links, meetings: house } = stage;
  const { archive, sessions } = stage.journal;
  return await openPages(
    { ...livePartsOf({ ...stage, botOf: () => ({ ...stage, house }), archive }), links, log: quiet },
    {
      ...{ token: discord.token, clientSecret: 'secret', publicUrl: 'https://parley.example.org' },
      ...{ apiUrl: discord.apiUrl, authorizeUrl: discord.authorizeUrl, archive, sessions, settings, log: quiet },
    },
    programWishes({ ...stage, publicUrl: 'https://parley.example.org' }),
  );
}

/** Opens a page as a browser would with this member's link. */
async function isShown(
  page: string,
  member: Member,
  { now, stage, pages }: { now: MeetingHead; stage: Stage; pages: Awaited<ReturnType<typeof pagesOf>> },
): Promise<boolean> {
  const { app } = pages;
  const link = new URL(stage.links.invite({ guildId: now.guildId, meetingId: now.id, userId: member.id }));
  const first = await app.request(link, {}, {});
  const cookie = first.headers.get('set-cookie')?.split(';')[0];
  await first.body?.cancel();
  const [method = 'GET', path = ''] = page.split(' ');
  const address = new URL(path.replace(':meeting', now.id).replace('*', 'base.css'), link);
  const answer = await app.request(address, { method, headers: cookie === undefined ? {} : { cookie } }, {});
  await answer.body?.cancel();
  return answer.status < 400;
}

/** Everything in an answer, files and all. */
function shown({ original, followUps, form }: Interaction): string {
  const messages = [original, ...followUps].flatMap((message) => {
    if (!message) return [];
    const { content, embeds, components, attachments } = message;
    const files = attachments.map(({ filename, bytes }) => `${filename} ${Buffer.from(bytes).toString()}`);
    return [content, JSON.stringify([embeds, components]), ...files];
  });
  return [...messages, JSON.stringify(form ?? {})].join('\n');
}

/** Every command by its full name, with its options that have suggestions. */
function leaves(): { readonly path: string; readonly suggesting: readonly string[] }[] {
  return commands.flatMap(({ definition }) => {
    if (definition.type === ApplicationCommandType.Message) return [{ path: definition.name, suggesting: [] }];
    const walk = (
      path: string,
      options: readonly { readonly type: number; readonly name: string; readonly autocomplete?: boolean }[],
    ): { path: string; suggesting: string[] }[] => {
      const inner = options.filter(({ type }) => type <= ApplicationCommandOptionType.SubcommandGroup);
      if (inner.length === 0) {
        return [
          { path, suggesting: options.flatMap(({ name, autocomplete }) => (autocomplete === true ? [name] : [])) },
        ];
      }
      return inner.flatMap((one) =>
        walk(`${path} ${one.name}`, 'options' in one && Array.isArray(one.options) ? one.options : []),
      );
    };
    return walk(definition.name, definition.options ?? []);
  });
}
