import { z } from 'zod';
import { invalidField } from './api-error.ts';
import { parseBody } from './parse.ts';

const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MAX_COMMAND_LENGTH = 8_000; // names, descriptions and choice values of a command together
const LOCALES = [
  'id',
  'da',
  'de',
  'en-GB',
  'en-US',
  'es-ES',
  'es-419',
  'fr',
  'hr',
  'it',
  'lt',
  'hu',
  'nl',
  'no',
  'pl',
  'pt-BR',
  'ro',
  'fi',
  'sv-SE',
  'vi',
  'tr',
  'cs',
  'el',
  'bg',
  'ru',
  'uk',
  'hi',
  'th',
  'zh-CN',
  'ja',
  'zh-TW',
  'ko',
] as const;

const localized = (value: z.ZodString) => z.partialRecord(z.enum(LOCALES), value.nullable()).nullish();
const slashName = z
  .string()
  .refine((name) => SLASH_NAME.test(name), 'Application command name is invalid')
  .refine((name) => name === name.toLowerCase(), 'Application command name is invalid: it must be lower case');
const shown = z.string().min(1).max(100);

const choice = z.object({
  name: shown,
  name_localizations: localized(z.string().min(1).max(100)),
  value: z.union([z.string().max(100), z.number()]),
});

const option = z.object({
  type: z.number().int().min(1).max(11),
  name: slashName,
  name_localizations: z.partialRecord(z.enum(LOCALES), slashName.nullable()).nullish(),
  description: shown,
  description_localizations: localized(z.string().min(1).max(100)),
  required: z.boolean().optional(),
  choices: z.array(choice).max(25).optional(),
  channel_types: z.array(z.number().int()).optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  min_length: z.number().int().min(0).max(6_000).optional(),
  max_length: z.number().int().min(1).max(6_000).optional(),
  autocomplete: z.boolean().optional(),
  get options() {
    return z.array(option).max(25).optional();
  },
});
type Option = z.output<typeof option>;

const common = {
  id: z.string().optional(),
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  dm_permission: z.boolean().nullish(),
  nsfw: z.boolean().optional(),
  integration_types: z.array(z.number().int()).nullish(),
  contexts: z.array(z.number().int()).nullish(),
};

const slash = z.object({
  ...common,
  type: z.literal(1).default(1),
  name: slashName,
  name_localizations: z.partialRecord(z.enum(LOCALES), slashName.nullable()).nullish(),
  description: shown,
  description_localizations: localized(z.string().min(1).max(100)),
  options: z.array(option).max(25).default([]),
});

const menu = z.object({
  ...common,
  type: z.union([z.literal(2), z.literal(3)]),
  name: z.string().min(1).max(32),
  name_localizations: localized(z.string().min(1).max(32)),
  description: z.literal('').default(''),
  options: z.array(z.never()).default([]),
});

export type CommandInput = z.output<typeof slash> | z.output<typeof menu>;

/** Reads and judges the definition of a command. Throws 50035. */
export function readCommand(json: unknown): CommandInput {
  const { type } = parseBody(z.object({ type: z.number().int().default(1) }), json);
  if (type !== 1) return parseBody(menu, json);
  const command = parseBody(slash, json);
  judgeOptions(command.options, 'options', 0);
  const length = [command, ...flatten(command.options)].reduce((sum, part) => sum + lengthOf(part), 0);
  if (length > MAX_COMMAND_LENGTH) {
    const message = `Command exceeds maximum size (${MAX_COMMAND_LENGTH})`;
    throw invalidField('name', 'APPLICATION_COMMAND_TOO_LARGE', message);
  }
  return command;
}

function flatten(options: readonly Option[]): Option[] {
  return options.flatMap((one) => [one, ...flatten(one.options ?? [])]);
}

function lengthOf(part: { name: string; description: string; choices?: Option['choices'] }): number {
  const choices = (part.choices ?? []).map(({ name, value }) => name.length + String(value).length);
  return part.name.length + part.description.length + choices.reduce((sum, length) => sum + length, 0);
}

function judgeOptions(options: readonly Option[], at: string, depth: number): void {
  const names = new Set<string>();
  let optionalSeen = false;
  for (const [index, one] of options.entries()) {
    const here = `${at}.${index}`;
    if (names.has(one.name)) {
      throw invalidField(here, 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE', 'Option names must be unique');
    }
    names.add(one.name);
    const isBranch = one.type <= 2;
    if (options.some((other) => other.type <= 2 !== isBranch)) {
      const message = 'Sub-command and sub-command group option types are mutually exclusive to all other types';
      throw invalidField(here, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message);
    }
    if (one.type === 2 && depth > 0) {
      throw invalidField(`${here}.type`, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'A group cannot hold a group');
    }
    if (isBranch) {
      if (one.type === 2 && (one.options ?? []).some((inner) => inner.type !== 1)) {
        throw invalidField(here, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'A group holds sub-commands only');
      }
      if (one.type === 1 && (one.options ?? []).some((inner) => inner.type <= 2)) {
        throw invalidField(here, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'A sub-command holds no sub-commands');
      }
      judgeOptions(one.options ?? [], `${here}.options`, depth + 1);
      continue;
    }
    if (one.required === true && optionalSeen) {
      const message = 'Required options must be placed before non-required options';
      throw invalidField(here, 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
    }
    optionalSeen ||= one.required !== true;
    judgeChoices(one, here);
  }
}

function judgeChoices(one: Option, at: string): void {
  const choices = one.choices ?? [];
  const takesChoices = one.type === 3 || one.type === 4 || one.type === 10;
  if ((choices.length > 0 || one.autocomplete === true) && !takesChoices) {
    throw invalidField(at, 'APPLICATION_COMMAND_OPTIONS_CHOICES_TYPE_INVALID', 'This type takes no choices');
  }
  if (choices.length > 0 && one.autocomplete === true) {
    throw invalidField(at, 'APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES', 'Choices and autocomplete exclude one another');
  }
  if (new Set(choices.map((each) => each.name)).size !== choices.length) {
    throw invalidField(`${at}.choices`, 'APPLICATION_COMMAND_OPTIONS_CHOICES_NAME_DUPLICATE', 'Choices must be unique');
  }
  const isNumber = one.type !== 3;
  if (choices.some((each) => (typeof each.value === 'number') !== isNumber)) {
    throw invalidField(`${at}.choices`, 'STRING_TYPE_CONVERT', 'A choice is not of the type of its option');
  }
}
