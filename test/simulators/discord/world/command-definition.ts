import type { Json } from './events.ts';
import type { Choice } from './interaction.ts';

export const OPTION = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

/** An option, or a command with its options, as it was registered. */
export interface Definition {
  readonly name: string;
  readonly type: number;
  readonly required: boolean;
  readonly autocomplete: boolean;
  readonly options: readonly Definition[];
  readonly choices: readonly Choice[];
  readonly channelTypes: readonly number[];
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** The objects of a list that may not be there. */
export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function numberIn(json: Json, ...keys: readonly string[]): number | undefined {
  return keys.map((key) => json[key]).find((value) => typeof value === 'number');
}

/** Reads a definition that was judged when it was registered. */
export function readDefinition(json: Json): Definition {
  const choiceOf = (choice: Json): Choice => ({
    name: String(choice.name),
    value: typeof choice.value === 'number' ? choice.value : String(choice.value),
  });
  return {
    name: String(json.name),
    type: Number(json.type ?? 1),
    required: json.required === true,
    autocomplete: json.autocomplete === true,
    options: listOf(json.options).map(readDefinition),
    choices: listOf(json.choices).map(choiceOf),
    channelTypes: Array.isArray(json.channel_types) ? json.channel_types : [],
    min: numberIn(json, 'min_value', 'min_length'),
    max: numberIn(json, 'max_value', 'max_length'),
  };
}
