import { z } from 'zod';
import type { StoredCommand } from '../../world/application.ts';
import type { Json } from '../../world/events.ts';
import { joinedGuild } from '../access.ts';
import { type ApiError, invalidField, refusals } from '../api-error.ts';
import { type CommandInput, readCommand } from '../command-body.ts';
import { NOTHING, ok, type Request, type Route, route } from '../route.ts';

const LOCALIZATIONS = ['name_localizations', 'description_localizations'];

function scopeOf(request: Request): string | undefined {
  if (request.param('app') !== request.world.application.id) throw refusals.missingAccess();
  const id = request.param('guild');
  return id === '' ? undefined : joinedGuild(request.world, id).id;
}

/** What is false, empty or null where that is the default is not repeated, as in Discord's own answers. */
function normalised(option: Json): Json {
  const kept = Object.entries(option).filter(
    ([, value]) =>
      value !== undefined && value !== false && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      (key === 'options' || key === 'choices') && Array.isArray(value) ? value.map(normalised) : value,
    ]),
  );
}

function store(request: Request, guildId: string | undefined, input: CommandInput): StoredCommand {
  const { application, snowflakes } = request.world;
  const isSame = (command: StoredCommand) =>
    command.name === input.name && command.type === input.type && command.guildId === guildId;
  const before = application.commands.find(isSame);
  const definition: Json = {
    name: input.name,
    name_localizations: input.name_localizations ?? null,
    description: input.description,
    description_localizations: 'description_localizations' in input ? (input.description_localizations ?? null) : null,
    default_member_permissions: input.default_member_permissions ?? null,
    nsfw: input.nsfw ?? false,
    ...(guildId === undefined
      ? {
          dm_permission: input.dm_permission ?? true,
          contexts: input.contexts ?? null,
          integration_types: input.integration_types ?? [0],
        }
      : {}),
    ...(input.options.length === 0 ? {} : { options: input.options.map(normalised) }),
  };
  const command: StoredCommand = {
    id: before?.id ?? snowflakes.next(),
    guildId,
    name: input.name,
    type: input.type,
    version: snowflakes.next(),
    definition,
  };
  application.commands = [...application.commands.filter((other) => !isSame(other)), command];
  return command;
}

function withoutLocalizations(json: Json): Json {
  const options = Array.isArray(json.options) ? { options: json.options.map(withoutLocalizations) } : {};
  const choices = Array.isArray(json.choices) ? { choices: json.choices.map(withoutLocalizations) } : {};
  const rest = Object.entries(json).filter(([key]) => !LOCALIZATIONS.includes(key));
  return { ...Object.fromEntries(rest), ...options, ...choices };
}

function commandJson(request: Request, command: StoredCommand, withLocalizations = true): Json {
  const { definition } = command;
  return {
    id: command.id,
    application_id: request.world.application.id,
    version: command.version,
    type: command.type,
    ...(command.guildId === undefined ? {} : { guild_id: command.guildId }),
    ...(withLocalizations ? definition : withoutLocalizations(definition)),
  };
}

function judged(request: Request, json: unknown): CommandInput {
  try {
    return readCommand(json);
  } catch (error) {
    const refusal = error as ApiError; // readCommand throws nothing else
    request.world.violations.push(`An invalid command was sent: ${JSON.stringify(refusal.errors ?? refusal.message)}`);
    throw error;
  }
}

function list(request: Request) {
  const scope = scopeOf(request);
  const withLocalizations = request.query.get('with_localizations') === 'true';
  const found = request.world.application.commands.filter((command) => command.guildId === scope);
  return ok(found.map((command) => commandJson(request, command, withLocalizations)));
}

function one(request: Request): StoredCommand {
  const scope = scopeOf(request);
  const id = request.param('command');
  const found = request.world.application.commands.find((command) => command.id === id && command.guildId === scope);
  if (found === undefined) throw refusals.unknownCommand();
  return found;
}

function overwriteAll(request: Request) {
  const scope = scopeOf(request);
  const { application } = request.world;
  const bodies = z.array(z.unknown()).max(130).safeParse(request.body.json);
  if (!bodies.success) throw invalidField('_', 'LIST_TYPE_CONVERT', 'Only lists of commands are taken here');
  const inputs = bodies.data.map((json) => judged(request, json));
  const keys = inputs.map(({ name, type }) => `${type}:${name}`);
  if (new Set(keys).size !== keys.length) {
    throw invalidField('name', 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
  }
  const kept = application.commands.filter(
    (command) => command.guildId !== scope || keys.includes(`${command.type}:${command.name}`),
  );
  application.commands = kept;
  return ok(inputs.map((input) => commandJson(request, store(request, scope, input))));
}

function create(request: Request) {
  const scope = scopeOf(request);
  const count = request.world.application.commands.length;
  const command = store(request, scope, judged(request, request.body.json));
  return ok(commandJson(request, command), request.world.application.commands.length > count ? 201 : 200);
}

function change(request: Request) {
  const before = one(request);
  const input = judged(request, { ...before.definition, type: before.type, ...Object(request.body.json) });
  if (input.name !== before.name) remove(request);
  return ok(commandJson(request, store(request, before.guildId, input)));
}

function remove(request: Request) {
  const found = one(request);
  const { application } = request.world;
  application.commands = application.commands.filter((command) => command !== found);
  return NOTHING;
}

export const commandRoutes: readonly Route[] = ['', '/guilds/:guild'].flatMap((scope) => {
  const base = `/applications/:app${scope}/commands`;
  return [
    route('GET', base, list),
    route('PUT', base, overwriteAll),
    route('POST', base, create),
    route('GET', `${base}/:command`, (request) => ok(commandJson(request, one(request)))),
    route('PATCH', `${base}/:command`, change),
    route('DELETE', `${base}/:command`, remove),
  ];
});
