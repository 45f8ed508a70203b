import { ApplicationCommandType, ComponentType } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controls, definitions } from '../../commands/index.ts';
import { type Office, shownToEverybody } from '../commands/support/office.ts';
import { INTENT, Interaction, type Json } from '../simulators/discord/index.ts';
import { makeFinal } from '../support/make.ts';
import { fuzzValues } from './support/fuzz.ts';

/** What Discord would format, link or ring with; no answer may hold one of them as it was typed. */
const ACTIVE = [
  '@everyone',
  '@here',
  '<@100000000000000001>',
  '<@&100000000000000002>',
  '<#100000000000000003>',
  '__MARK__',
  '~~MARK~~',
  '||MARK||',
  '```MARK',
  '[MARK](https://evil.example/)',
] as const;

const AWKWARD = [
  '',
  ' ',
  ',',
  'off',
  'auto',
  'default',
  'all',
  'es',
  'm1',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; drop table meetings; --",
  '%_\\',
  '"unfinished',
  '\u0000',
  '\ud83d',
  '\u202e\u3164\uffff',
  '0x1p9',
  '9'.repeat(400),
  'https://user:pw@127.0.0.1/',
  'es=,=es,es=x',
  '2026-11-31',
  '99999999999999999999999',
];

/** At most so long, as Discord takes no more. */
const typed = fc
  .array(
    fc.oneof(fc.constantFrom(...ACTIVE), fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary', maxLength: 40 })),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join('').slice(0, 6_000));
const wholeNumber = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constantFrom(0, -1, 1, 2 ** 31, -(2 ** 53) + 1));
const anyId = fc.oneof(
  fc.constantFrom('0', '1', '100000000000000003', '18446744073709551615'),
  fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String),
);

interface Option {
  readonly name: string;
  readonly type: number;
  readonly required?: boolean | undefined;
  readonly min_value?: number | undefined;
  readonly max_value?: number | undefined;
  readonly max_length?: number | undefined;
  readonly choices?: readonly { readonly value: unknown }[] | undefined;
  readonly options?: readonly Option[];
}

/** A command with everything that leads to its options: `minutes`, [`export`], its options. */
interface Leaf {
  readonly name: string;
  readonly way: readonly Option[];
  readonly options: readonly Option[];
}

const leaves: readonly Leaf[] = definitions.flatMap((definition) => {
  if (definition.type === ApplicationCommandType.Message) return [];
  const walk = (way: readonly Option[], options: readonly Option[]): Leaf[] => {
    const inner = options.filter(({ type }) => type <= 2);
    if (inner.length === 0) return [{ name: definition.name, way, options }];
    return inner.flatMap((one) => walk([...way, one], one.options ?? []));
  };
  return walk([], 'options' in definition ? ((definition.options as readonly Option[] | undefined) ?? []) : []);
});

/** Any value of the kind that an option takes, valid or not, or none. */
function valueFor({ type }: Option): fc.Arbitrary<string | number | boolean | undefined> {
  const value: fc.Arbitrary<string | number | boolean> =
    type === 3 ? typed : type === 4 || type === 10 ? wholeNumber : type === 5 ? fc.boolean() : anyId;
  return fc.option(value, { nil: undefined });
}

const attempts = fc.oneof(
  fc.constantFrom(...leaves).chain((leaf) =>
    fc.record({
      kind: fc.constantFrom('command', 'autocomplete'),
      leaf: fc.constant(leaf),
      values: fc.tuple(...leaf.options.map(valueFor)),
    }),
  ),
  fc.record({
    kind: fc.constant('control' as const),
    id: fc.oneof(fc.constantFrom(...controls.map(({ id }) => id)), typed),
    concerns: typed,
    type: fc.constantFrom(ComponentType.Button, ComponentType.StringSelect, 'form'),
    values: fc.array(typed, { maxLength: 3 }),
  }),
);
type Attempt = typeof attempts extends fc.Arbitrary<infer T> ? T : never;

const LEAST = 20;

describe('whatever people give commands and controls', () => {
  it('is answered within the time, and never rings, links or formats', async () => {
    const place = await shownToEverybody();
    const { discord, guild, general, standup, ana, boss, journal } = place;
    boss.rename('@everyone __MARK__ [MARK](https://evil.example/)');
    const head = { id: 'm1', guildId: guild.id, title: `Weekly ${ACTIVE.join(' ')}`.slice(0, 100), startedBy: ana.id };
    await journal.begin({
      ...head,
      voiceChannelId: standup.id,
      voiceChannelName: 'Standup',
      textChannelId: general.id,
      beganAt: new Date('2026-11-23T10:00:00Z'),
    });
    await journal.of('m1').joined({ speakerId: ana.id, displayName: ACTIVE.join(''), joinedMs: 0 });
    await journal.of('m1').write(makeFinal({ speakerId: ana.id, text: `es off ${ACTIVE.join(' ')}` }));
    await journal.of('m1').end(60_000, 'stopped');
    const tried = await fuzzValues(
      attempts,
      async (attempt) => {
        const before = general.history.length;
        const reply = await ask(place, attempt);
        if (reply.kind === 'autocomplete') {
          expect(reply.choices?.length).toBeLessThanOrEqual(25);
          return;
        }
        const messages = [reply.original, ...reply.followUps, ...general.history.slice(before)];
        for (const message of messages) {
          const content = message?.content ?? '';
          for (const active of ACTIVE) expect(content).not.toContain(active);
          // What Discord itself can send never ends in an apology.
          if (attempt.kind === 'command' && canBeSent(attempt.leaf, attempt.values)) {
            expect(content).not.toContain('Something went wrong on my side');
          }
        }
        expect(discord.violations).toEqual([]);
      },
      LEAST,
    );
    expect(tried).toBeGreaterThanOrEqual(LEAST);
  });
});

/**
 * Whether Discord itself could have sent this: it keeps to what the definition says. Of channels, people and roles it sends what
 * they are as well, while here only an id comes.
 */
function canBeSent({ options }: Leaf, values: readonly unknown[]): boolean {
  return options.every(
    ({ type, required, min_value = -Infinity, max_value = Infinity, max_length = Infinity, choices }, index) => {
      const value = values[index];
      if (value === undefined) return required !== true;
      if (choices?.length) return choices.some((choice) => choice.value === value);
      if (typeof value === 'number') return value >= min_value && value <= max_value;
      return typeof value === 'string' ? type === 3 && value.length <= max_length : true;
    },
  );
}

/** As Discord would send it, but without a client that holds back what is not allowed. */
async function ask(place: Office, attempt: Attempt): Promise<Interaction> {
  const { discord, guild, general, boss } = place;
  const send = async (interaction: Interaction, data: Json) => {
    discord.world.publish('INTERACTION_CREATE', INTENT.none, interaction.eventJson(data));
    return await interaction.until((reply) => reply.isAnswered, 5_000);
  };
  if (attempt.kind !== 'control') {
    const { leaf, values } = attempt;
    const given = leaf.options.flatMap(({ name, type }, index): Json[] =>
      values[index] === undefined ? [] : [{ name, type, value: values[index] }],
    );
    const [first, ...others] = given;
    const isTyping = attempt.kind === 'autocomplete' && first !== undefined;
    const options = isTyping ? [{ ...first, focused: true }, ...others] : given;
    const nested = leaf.way.reduceRight((inner: Json[], { name, type }) => [{ name, type, options: inner }], options);
    const command = discord.world.application.find(leaf.name, 1, guild.id);
    const data = { id: command?.id ?? '1', name: leaf.name, type: 1, options: nested };
    return await send(new Interaction(isTyping ? 'autocomplete' : 'command', boss, general), data);
  }
  const { id, concerns, type, values } = attempt;
  const custom_id = `${id}:${concerns}`.slice(0, 100);
  const source = general.add({ author: discord.world.bot, content: 'pressed' });
  if (type === 'form') {
    const input = { type: ComponentType.TextInput, id: 2, custom_id: 'languages', value: values[0] ?? '' };
    const components = [{ type: ComponentType.Label, id: 1, component: input }];
    return await send(new Interaction('form', boss, general, source), { custom_id, components });
  }
  const picked = type === ComponentType.StringSelect ? { values } : {};
  return await send(new Interaction('component', boss, general, source), {
    custom_id,
    component_type: type,
    id: 1,
    ...picked,
  });
}
