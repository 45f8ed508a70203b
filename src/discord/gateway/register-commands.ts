import { type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * Makes Discord offer exactly these commands in all servers; writes only when something differs.
 *
 * @throws as discord.js does when Discord refuses or cannot be reached
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  definitions: readonly RESTPostAPIApplicationCommandsJSONBody[],
  signal: AbortSignal,
): Promise<'unchanged' | 'registered'> {
  const route = Routes.applicationCommands(applicationId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const present = await rest.get(route, { query, signal });
  if (essence(present) === essence(definitions)) return 'unchanged';
  await rest.put(route, { body: definitions, signal });
  return 'registered';
}

/** The form in which sent and received commands are alike: Discord adds fields, and leaves out defaults. */
function essence(commands: unknown): string {
  const all = listOf(commands).map(commandEssence);
  return JSON.stringify(all.sort((a, b) => `${a.type} ${a.name}`.localeCompare(`${b.type} ${b.name}`)));
}

function commandEssence(command: Json): Json {
  return {
    type: command.type ?? 1,
    ...wordsOf(command),
    permissions: command.default_member_permissions ?? null,
    nsfw: command.nsfw ?? false,
    contexts: numbersIn(command.contexts),
    options: listOf(command.options).map(optionEssence),
  };
}

function optionEssence(option: Json): Json {
  return {
    type: option.type,
    ...wordsOf(option),
    required: option.required ?? false,
    autocomplete: option.autocomplete ?? false,
    choices: listOf(option.choices).map((choice) => ({ ...wordsOf(choice), value: choice.value })),
    channelTypes: numbersIn(option.channel_types),
    limits: [option.min_value, option.max_value, option.min_length, option.max_length].map((limit) => limit ?? null),
    options: listOf(option.options).map(optionEssence),
  };
}

function wordsOf(named: Json): Json {
  return {
    name: named.name,
    description: named.description ?? '',
    names: pairsOf(named.name_localizations),
    descriptions: pairsOf(named.description_localizations),
  };
}

function pairsOf(localizations: unknown): readonly unknown[] {
  if (typeof localizations !== 'object' || localizations === null) return [];
  return Object.entries(localizations).sort(([a], [b]) => a.localeCompare(b));
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value : [];
}

function numbersIn(value: unknown): readonly number[] | null {
  return Array.isArray(value) && value.length > 0 ? [...value].sort((a, b) => a - b) : null;
}
