import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesIn, filesUnder, importsOf } from './support/imports.ts';

/**
 * The rooms of the house, from the cellar to the roof, and what each may import besides itself: only rooms above it in
 * this table, so no arrow runs back. A room is a folder of `src` or `commands`, or one file that lower rooms may use
 * although the rest of its folder is not theirs. `main` is what stands in `src` itself.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  // The core: what a meeting is made of, the ports that adapters implement, and the meeting.
  core: [],
  'core/concurrency': ['core'],
  'core/text': ['core'],
  'core/correcting': ['core', 'core/text'],
  'core/time': ['core'],
  'core/programs': ['core'],
  'core/ports': ['core', 'core/correcting', 'core/programs', 'core/time'],
  'core/ports/cluster': ['core'],
  'core/usage': ['core', 'core/ports'],
  'core/asking': ['core', 'core/ports', 'core/text'],
  'core/audio': ['core', 'core/ports', 'core/usage'],
  'core/bus': ['core', 'core/correcting', 'core/ports', 'core/ports/cluster', 'core/programs'],
  'core/live/unheard.ts': [],
  'core/live': ['core', 'core/live/unheard.ts', 'core/ports', 'core/ports/cluster', 'core/text'],
  'core/meeting/hearing': ['core', 'core/concurrency', 'core/ports', 'core/time'],
  'core/meeting/limits.ts': [],
  'core/meeting/succession': ['core', 'core/concurrency', 'core/meeting/limits.ts', 'core/ports', 'core/text'],
  'core/meeting/rules.ts': ['core', 'core/ports', 'core/text'],
  'core/meeting/people': ['core', 'core/meeting/rules.ts', 'core/ports', 'core/text', 'core/time'],
  'core/meeting': [
    ...['core', 'core/concurrency', 'core/correcting', 'core/meeting/hearing', 'core/meeting/limits.ts'],
    'core/meeting/people',
    ...['core/meeting/rules.ts', 'core/meeting/succession', 'core/ports', 'core/text', 'core/time'],
  ],

  // Sentences: every room that speaks to people may take from this shelf.
  'i18n/locales.ts': [],
  'i18n/commands': ['i18n/locales.ts'],
  i18n: ['i18n/commands', 'i18n/locales.ts'],

  // Voice packets become decoded audio.
  'voice/native': ['core'],
  'voice/packets': ['core'],
  'voice/decoding': ['core', 'voice/native', 'voice/packets'],
  'voice/passing-on': ['voice/decoding', 'voice/packets'],
  'voice/encryption': ['core', 'core/ports', 'voice/native', 'voice/packets'],
  'voice/connection': ['core', 'voice/encryption', 'voice/native', 'voice/packets'],
  voice: [
    ...['core', 'core/concurrency', 'core/ports', 'core/time'],
    ...['voice/connection', 'voice/decoding', 'voice/encryption', 'voice/native', 'voice/packets', 'voice/passing-on'],
  ],

  // Audio becomes text: a speaker's tape goes out over sockets and comes back as results; files take the same sockets.
  'palabra/limits.ts': [],
  'palabra/refused-languages.ts': ['core', 'core/ports'],
  'palabra/stream-refused.ts': ['core'],
  'palabra/asked-languages.ts': ['core', 'core/ports', 'palabra/refused-languages.ts', 'palabra/stream-refused.ts'],
  'palabra/tape': ['core', 'core/time', 'palabra/limits.ts'],
  'palabra/packing': ['palabra/tape'],
  'palabra/sockets': [
    ...['core', 'core/concurrency', 'core/ports', 'core/text', 'palabra/limits.ts', 'palabra/packing'],
    ...['palabra/refused-languages.ts', 'palabra/stream-refused.ts', 'palabra/tape'],
  ],
  'palabra/results': ['core', 'core/concurrency', 'core/text', 'palabra/limits.ts', 'palabra/sockets', 'palabra/tape'],
  'palabra/recording': ['palabra/sockets'],
  'palabra/recording/framed': ['palabra/recording', 'palabra/sockets'],
  'palabra/recording/ogg': ['palabra/packing', 'palabra/recording'],
  'palabra/recording/open.ts': [
    ...['palabra/recording', 'palabra/recording/framed', 'palabra/recording/ogg', 'palabra/sockets'],
  ],
  'palabra/recording/survey': [
    ...['core', 'core/concurrency', 'palabra/recording', 'palabra/recording/open.ts', 'palabra/sockets'],
  ],
  'palabra/recording/transcribe-recording.ts': [
    ...['core', 'core/ports', 'palabra/asked-languages.ts', 'palabra/limits.ts', 'palabra/recording'],
    ...['palabra/results', 'palabra/sockets'],
  ],
  'palabra/recording/file-reader.ts': [
    ...['core', 'core/ports', 'palabra/recording', 'palabra/recording/survey'],
    ...['palabra/recording/transcribe-recording.ts', 'palabra/sockets'],
  ],
  palabra: [
    ...['core', 'core/ports', 'core/time', 'palabra/asked-languages.ts', 'palabra/limits.ts'],
    ...['palabra/packing', 'palabra/recording/file-reader.ts', 'palabra/refused-languages.ts', 'palabra/results'],
    ...['palabra/sockets', 'palabra/stream-refused.ts', 'palabra/tape'],
  ],

  // What was said and what was chosen is kept.
  storage: ['core/concurrency'],
  'storage/journal/tables': ['core', 'core/ports', 'core/programs'],
  'storage/cluster': ['core', 'core/ports', 'core/ports/cluster', 'storage', 'storage/journal/tables'],
  'storage/cluster/seats': ['core', 'storage/cluster', 'storage/journal/tables'],
  'storage/cluster/live': [
    ...['core', 'core/live', 'core/ports', 'core/ports/cluster', 'storage', 'storage/journal/tables'],
  ],
  'storage/journal/search': ['core', 'core/ports', 'core/text', 'storage', 'storage/journal/tables'],
  'storage/journal/corrections': [
    ...['core', 'core/correcting', 'storage', 'storage/journal/search', 'storage/journal/tables'],
  ],
  'storage/journal/database': [
    ...['core', 'storage', 'storage/cluster', 'storage/journal/corrections', 'storage/journal/search'],
    'storage/journal/tables',
  ],
  'storage/journal': [
    ...['core', 'core/concurrency', 'core/correcting', 'core/live', 'core/ports', 'core/programs', 'storage'],
    'storage/cluster',
    ...['storage/journal/corrections', 'storage/journal/database', 'storage/journal/search', 'storage/journal/tables'],
  ],
  'storage/settings': ['core', 'core/ports', 'core/time', 'storage'],

  // What the processes of one bot share besides the database.
  redis: ['core', 'core/ports', 'core/ports/cluster'],

  // A record becomes a document.
  'minutes/fonts': ['core/text', 'i18n', 'i18n/locales.ts'],
  'minutes/digest/languages': [],
  'minutes/digest': ['core/text', 'minutes/digest/languages'],
  'minutes/model': ['core', 'core/text', 'core/time', 'i18n', 'i18n/locales.ts', 'minutes/digest'],
  'minutes/picture': ['core', 'core/text', 'i18n', 'minutes/fonts', 'minutes/model'],
  'minutes/documents': [
    ...['core', 'core/concurrency', 'core/text', 'i18n', 'minutes/fonts', 'minutes/model', 'minutes/picture'],
  ],
  'minutes/text': ['core', 'core/text', 'i18n', 'minutes/fonts', 'minutes/model'],
  'minutes/page': ['core', 'core/concurrency', 'core/text', 'i18n', 'minutes/model'],
  minutes: [
    ...['core', 'core/concurrency', 'core/live', 'core/ports', 'core/programs', 'core/text', 'i18n/locales.ts'],
    ...['minutes/documents', 'minutes/fonts', 'minutes/model', 'minutes/page', 'minutes/text'],
  ],

  // Text becomes messages.
  'discord/formatting': ['core', 'core/text', 'i18n', 'i18n/locales.ts'],
  'discord/messages': ['core', 'core/ports', 'discord/formatting'],
  'discord/limits': ['core', 'core/concurrency', 'core/ports', 'discord/messages'],
  'discord/permissions': ['core', 'core/ports', 'core/programs', 'i18n'],
  'discord/gateway/dormant': [],
  'discord/gateway/requests': [],
  'discord/gateway': [
    ...['core', 'core/ports', 'discord/gateway/dormant', 'discord/gateway/requests', 'discord/limits'],
    ...['discord/messages', 'i18n'],
  ],
  'discord/gateway/presence': [...['core', 'core/concurrency', 'core/ports', 'discord/gateway', 'discord/permissions']],
  'discord/interactions': ['core', 'discord/formatting', 'discord/permissions', 'i18n'],
  'discord/sign-in': ['core', 'core/concurrency', 'core/live'],
  'discord/transcript/outbox': [
    ...['core', 'core/concurrency', 'i18n', 'discord/formatting', 'discord/limits', 'discord/messages'],
  ],
  'discord/transcript': [
    ...['core', 'core/concurrency', 'core/correcting', 'core/ports', 'core/text', 'core/time', 'i18n'],
    ...['discord/formatting', 'discord/gateway', 'discord/messages', 'discord/transcript/outbox'],
  ],
  'discord/lobby': [
    ...['core', 'core/concurrency', 'core/ports', 'core/text', 'core/usage', 'i18n'],
    ...['discord/formatting', 'discord/interactions', 'discord/messages', 'discord/permissions'],
  ],
  'discord/events': [
    ...['core', 'core/ports', 'core/text', 'core/usage', 'i18n'],
    ...['discord/formatting', 'discord/lobby', 'discord/messages', 'discord/permissions'],
  ],
  'discord/panel': [
    ...['core', 'core/concurrency', 'core/live', 'core/live/unheard.ts', 'core/ports', 'i18n'],
    ...['discord/formatting', 'discord/limits', 'discord/lobby', 'discord/messages'],
  ],
  'discord/minutes': ['core', 'core/ports', 'i18n', 'discord/formatting', 'discord/messages', 'discord/transcript'],
  'discord/audio-files': [
    ...['core', 'core/audio', 'core/ports', 'core/text', 'i18n'],
    ...['discord/formatting', 'discord/interactions', 'discord/transcript'],
  ],

  // Beside the meeting: summaries by a model, minutes sent on, pages for machines and people.
  summary: ['core', 'core/ports', 'core/text', 'core/time'],
  'summary/answering': ['core', 'core/asking', 'core/text', 'core/time', 'summary'],
  webhook: ['core', 'core/ports'],
  web: ['core'],
  'web/browser': ['core/live/unheard.ts'],
  'web/browser/search/words.ts': [],
  'web/browser/search': ['web/browser', 'web/browser/search/words.ts'],
  'web/browser/live/words.ts': ['core/live/unheard.ts', 'web/browser', 'web/browser/search/words.ts'],
  'web/browser/feed': ['web/browser'],
  'web/browser/live/model': ['core/live/unheard.ts', 'web/browser', 'web/browser/feed'],
  'web/browser/live/state.ts': [
    ...['web/browser', 'web/browser/feed', 'web/browser/live/model', 'web/browser/live/words.ts'],
    'web/browser/search',
  ],
  'web/browser/live/view': [
    ...['web/browser', 'web/browser/feed', 'web/browser/live/model', 'web/browser/live/state.ts'],
    'web/browser/search',
  ],
  'web/browser/live': [
    ...['web/browser', 'web/browser/feed', 'web/browser/live/model', 'web/browser/live/state.ts'],
    ...['web/browser/live/view', 'web/browser/live/words.ts', 'web/browser/search'],
  ],
  'web/browser/overlay': ['web/browser', 'web/browser/feed'],
  'web/browser/meetings': [],
  'web/browser/meeting/model': [],
  'web/browser/meeting': ['web/browser/meeting/model', 'web/browser/search', 'web/browser/search/words.ts'],
  'web/assets': ['core/concurrency', 'web'],
  'web/metrics': ['core', 'core/ports', 'web'],
  'web/overlay': ['core/ports', 'web', 'web/assets'],
  'web/live/shown': ['core', 'core/live', 'core/ports', 'core/text', 'web/browser'],
  'web/live/feed': [
    ...['core', 'core/concurrency', 'core/live', 'core/ports', 'core/text', 'web/browser', 'web/live/shown'],
  ],
  'web/live': [
    ...['core', 'core/concurrency', 'core/live', 'core/ports', 'i18n', 'web', 'web/assets'],
    ...['web/browser/live/words.ts', 'web/browser/search/words.ts', 'web/live/feed', 'web/live/shown', 'web/overlay'],
  ],

  // Members who sign in: to the same pages, and to a list of theirs.
  'web/sign-in': [
    ...['core', 'core/concurrency', 'core/live', 'core/ports', 'core/text', 'i18n', 'web', 'web/assets', 'web/live'],
  ],

  // Programs of members: who asks, what they may read, and the addresses at which they ask.
  'web/programs': ['core', 'core/concurrency', 'core/live', 'core/ports', 'core/programs', 'web'],
  'web/api': ['core', 'core/programs', 'web', 'web/programs'],
  'web/mcp': [
    ...['core', 'core/asking', 'core/concurrency', 'core/ports', 'core/programs', 'core/text', 'web', 'web/programs'],
  ],

  // What people ask for.
  'commands/shared': [
    ...['core', 'core/asking', 'core/audio', 'core/concurrency', 'core/ports', 'core/programs', 'core/usage', 'i18n'],
    ...['discord/formatting', 'discord/interactions', 'discord/messages', 'discord/minutes', 'discord/panel'],
    ...['discord/permissions', 'minutes'],
  ],
  'commands/settings/parts': [
    ...['commands/shared', 'core', 'core/text', 'i18n'],
    ...['discord/formatting', 'discord/interactions', 'discord/permissions'],
  ],
  'commands/settings': [
    ...['commands/settings/parts', 'commands/shared', 'core', 'core/ports', 'core/time', 'i18n'],
    ...['discord/formatting', 'discord/gateway', 'discord/interactions', 'discord/permissions'],
  ],
  'commands/transcribe': [
    ...['commands/shared', 'core', 'core/ports', 'i18n'],
    ...['discord/events', 'discord/formatting', 'discord/interactions', 'discord/panel', 'discord/permissions'],
  ],
  'commands/privacy': [
    ...['commands/shared', 'core', 'core/ports', 'core/time', 'i18n'],
    ...['discord/formatting', 'discord/interactions', 'discord/lobby', 'discord/minutes'],
  ],
  'commands/minutes': [
    ...['commands/privacy', 'commands/shared', 'core', 'core/ports', 'core/text', 'core/time', 'i18n'],
    ...['minutes', 'minutes/documents'],
    ...['discord/formatting', 'discord/interactions', 'discord/permissions'],
  ],
  'commands/catch-up': [
    ...['commands/minutes', 'commands/shared', 'core', 'core/text', 'i18n'],
    ...['discord/formatting', 'discord/interactions', 'minutes', 'minutes/model', 'minutes/text'],
  ],
  'commands/ask': [
    ...['commands/minutes', 'commands/shared', 'core', 'core/asking', 'core/ports', 'core/text', 'i18n'],
    ...['discord/formatting', 'discord/interactions'],
  ],
  'commands/api': [
    ...['commands/shared', 'core', 'core/programs', 'core/text', 'i18n'],
    ...['discord/formatting', 'discord/interactions'],
  ],
  'commands/correct': [
    ...['commands/settings/parts', 'commands/shared', 'core', 'core/correcting', 'core/text', 'i18n', 'minutes/model'],
    ...['discord/formatting', 'discord/interactions', 'discord/permissions', 'discord/transcript'],
  ],
  commands: [
    ...[
      'commands/api',
      'commands/ask',
      'commands/catch-up',
      'commands/correct',
      'commands/minutes',
      'commands/privacy',
      'commands/settings',
      'commands/shared',
    ],
    ...['commands/transcribe', 'core', 'core/asking', 'core/ports', 'core/programs', 'core/text', 'i18n'],
    ...['discord/audio-files', 'discord/formatting', 'discord/interactions', 'discord/permissions'],
  ],
  'commands/panel': [
    ...['commands', 'commands/minutes', 'commands/shared', 'commands/transcribe', 'core', 'i18n'],
    ...['discord/formatting', 'discord/interactions', 'discord/panel', 'discord/permissions'],
  ],
  'commands/index.ts': [
    ...['commands', 'commands/api', 'commands/correct', 'commands/minutes', 'commands/panel', 'commands/privacy'],
    ...['commands/shared', 'i18n/commands'],
  ],

  // The bot in the servers of one gateway session.
  bot: [
    ...['core', 'core/asking', 'core/audio', 'core/concurrency', 'core/meeting', 'core/ports', 'core/usage'],
    ...['voice', 'palabra', 'commands/index.ts'],
    ...['discord/audio-files', 'discord/events', 'discord/formatting', 'discord/gateway', 'discord/gateway/presence'],
    ...['discord/interactions', 'discord/limits', 'discord/lobby', 'discord/messages', 'discord/minutes'],
    ...['discord/panel', 'discord/permissions', 'discord/transcript', 'minutes'],
  ],

  // This process as one of several.
  'cluster/right': ['discord/gateway'],
  cluster: [
    ...['bot', 'core', 'core/bus', 'core/concurrency', 'core/live', 'core/meeting/succession', 'core/ports'],
    ...['cluster/right', 'core/ports/cluster', 'core/programs', 'discord/gateway', 'discord/limits', 'redis'],
    ...['storage', 'storage/cluster', 'storage/cluster/live', 'storage/cluster/seats', 'storage/journal/database'],
  ],

  // What pages need of the rooms that know nothing of them.
  pages: [
    ...['cluster', 'core', 'core/asking', 'core/concurrency', 'core/live', 'core/ports', 'core/programs'],
    ...['discord/permissions', 'discord/sign-in', 'minutes/model'],
    ...['web', 'web/api', 'web/live', 'web/mcp', 'web/programs', 'web/sign-in'],
  ],

  // The roof: opens everything once.
  main: [
    ...[
      'bot',
      'cluster',
      'core',
      'core/asking',
      'core/audio',
      'core/concurrency',
      'core/ports',
      'core/usage',
      'voice',
      'voice/native',
      'palabra',
      'pages',
    ],
    ...['storage', 'storage/journal', 'storage/settings', 'discord/gateway'],
    ...['minutes', 'minutes/text', 'summary', 'summary/answering', 'webhook', 'web', 'web/live', 'web/metrics'],
  ],
};

const MOST_FILES = 14; // more than a reader takes in at a glance

const sources = ['src', 'commands'].flatMap(filesUnder).filter((path) => /\.[jt]s$/.test(path));
const graph = new Map(sources.map((path) => [path, importsOf(path)]));
const arrows = sources.flatMap((path) => importsOf(path).map((to) => ({ path, room: roomOf(path), to: roomOf(to) })));
const folders = Map.groupBy(['src', 'commands', 'scripts'].flatMap(filesUnder), (path) => dirname(path));

function roomOf(path: string): string {
  const name = path.replace(/^src\//, '');
  if (name in rooms) return name;
  return name.includes('/') ? dirname(name) : 'main';
}

describe('the layers of the house', () => {
  it('have a room for every file', () => {
    expect(sources.map(roomOf).filter((room) => !(room in rooms))).toEqual([]);
  });

  it.each(Object.entries(rooms))('let %s import only what the table allows it', (room, allowed) => {
    const strangers = arrows.filter((arrow) => arrow.room === room && arrow.to !== room && !allowed.includes(arrow.to));
    expect(strangers.map(({ path, to }) => `${path} imports from ${to}`)).toEqual([]);
  });

  it.each(Object.entries(rooms))('allow %s nothing that it does not need', (room, allowed) => {
    const needed = new Set(arrows.filter((arrow) => arrow.room === room).map(({ to }) => to));
    expect(allowed.filter((other) => !needed.has(other))).toEqual([]);
  });

  it('allow no room to import from one below it in the table', () => {
    const order = Object.keys(rooms);
    const backwards = Object.entries(rooms).flatMap(([room, allowed]) =>
      allowed.filter((other) => order.indexOf(other) >= order.indexOf(room)).map((other) => `${room} from ${other}`),
    );
    expect(backwards).toEqual([]);
  });
});

describe('the imports of the house', () => {
  it('run in no circle, those of types included', () => {
    expect(circlesIn(graph)).toEqual([]);
  });

  it.each<[string, Record<string, string[]>, string[]]>([
    ['none where every way ends', { a: ['b', 'c'], b: ['c'], c: [] }, []],
    ['a file that imports itself', { a: ['a'] }, ['a imports a']],
    ['two files', { a: ['b'], b: ['a', 'c'], c: [] }, ['a imports b, which imports a']],
    [
      'the shortest way of a knot, and each knot by itself',
      { a: ['b'], b: ['c', 'a'], c: ['a', 'd'], d: ['e'], e: ['d'] },
      ['d imports e, which imports d', 'a imports b, which imports a'],
    ],
  ])('are found to run in circles: %s', (_, imports, sentences) => {
    expect(circlesIn(new Map(Object.entries(imports)))).toEqual(sentences);
  });
});

describe('the folders of the house', () => {
  it.each([...folders])('hold few enough files to be read at a glance: %s', (_, files) => {
    expect(files.length).toBeLessThanOrEqual(MOST_FILES);
  });

  it.each([...folders])('hold no three files whose names begin with the same word: %s', (_, files) => {
    const prefixed = files.map((path) => basename(path)).filter((name) => name.includes('-'));
    const shared = [...Map.groupBy(prefixed, (name) => name.split('-')[0])].filter(([, names]) => names.length > 2);
    expect(shared).toEqual([]);
  });
});
