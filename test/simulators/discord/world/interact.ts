import type { StoredCommand } from './application.ts';
import { Channel } from './channel.ts';
import { INTENT, type Json } from './events.ts';
import { type Choice, Interaction } from './interaction.ts';
import type { Member } from './member.ts';
import type { FileGiven, Message } from './message.ts';
import type { Role } from './role.ts';
import { userJson } from './user.ts';

export type { Choice } from './interaction.ts';
export type GivenFile = FileGiven;
/** What people can give a command: a file is an attachment. */
export type OptionValue = string | number | boolean | Channel | Member | Role | FileGiven;

/** How long to wait for the bot. */
export interface Patience {
  readonly answerWithinMs?: number; // 15 s unless told
  readonly until?: 'acknowledged' | 'answered'; // answered unless told
}

export interface Where extends Patience {
  readonly channel: Channel;
}

const OPTION = { subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8 } as const;
const MENTIONABLE = 9;
const NUMBER = 10;
const ATTACHMENT = 11;

interface Definition {
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

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function numberIn(json: Json, ...keys: readonly string[]): number | undefined {
  return keys.map((key) => json[key]).find((value) => typeof value === 'number');
}

function readDefinition(json: Json): Definition {
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

/** What was given by name, as ids with the things they point at. */
class Resolved {
  readonly #json: Record<string, Json> = {};
  readonly #member: Member;

  constructor(member: Member) {
    this.#member = member;
  }

  put(kind: string, id: string, json: Json): string {
    this.#json[kind] = { ...this.#json[kind], [id]: json };
    return id;
  }

  value(option: Definition, value: OptionValue): string | number | boolean {
    const refuse = (wanted: string): never => {
      throw new Error(`Discord's client refuses the option ${option.name}: it takes ${wanted}`);
    };
    switch (option.type) {
      case OPTION.string:
        if (typeof value !== 'string') return refuse('text');
        if (value.length < (option.min ?? 0) || value.length > (option.max ?? 6_000)) return refuse('another length');
        return this.#choice(option, value);
      case OPTION.integer:
      case NUMBER:
        if (typeof value !== 'number') return refuse('a number');
        if (option.type === OPTION.integer && !Number.isInteger(value)) return refuse('a whole number');
        if (value < (option.min ?? -Infinity) || value > (option.max ?? Infinity)) return refuse('another range');
        return this.#choice(option, value);
      case OPTION.boolean:
        return typeof value === 'boolean' ? value : refuse('yes or no');
      case OPTION.channel:
        if (typeof value !== 'object' || !('is' in value) || value.is !== 'channel') return refuse('a channel');
        if (option.channelTypes.length > 0 && !option.channelTypes.includes(value.type)) {
          return refuse(`channels of type ${option.channelTypes.join(', ')}`);
        }
        return this.put('channels', value.id, {
          ...value.json(),
          permissions: this.#member.permissionsIn(value).toString(),
        });
      case OPTION.user:
      case OPTION.role:
      case MENTIONABLE:
        if (typeof value !== 'object' || !('is' in value) || value.is === 'channel') return refuse('somebody');
        if (value.is === 'role') {
          return option.type === OPTION.user ? refuse('a person') : this.put('roles', value.id, value.json());
        }
        if (option.type === OPTION.role) return refuse('a role');
        this.put('members', value.id, { ...value.bareJson(), permissions: value.permissionsIn(undefined).toString() });
        return this.put('users', value.id, userJson(value.user));
      case ATTACHMENT: {
        if (typeof value !== 'object' || !('bytes' in value)) return refuse('a file');
        // The file hangs on no message: one that is never shown lends it an address.
        const holder = this.#member.write(this.#uploads(), '', { files: [value] });
        const [file] = listOf(holder.json().attachments);
        return this.put('attachments', holder.attachments[0]?.id ?? '', file ?? {});
      }
      default:
        return refuse('nothing this simulator knows');
    }
  }

  json(): Json | undefined {
    return Object.keys(this.#json).length > 0 ? this.#json : undefined;
  }

  #uploads(): Channel {
    const { world } = this.#member.guild;
    const uploads = new Channel(world, undefined, 'dm', 'uploads');
    world.channels.set(uploads.id, uploads);
    return uploads;
  }

  #choice(option: Definition, value: string | number): string | number {
    const isOffered = option.choices.length === 0 || option.choices.some((choice) => choice.value === value);
    if (!isOffered) throw new Error(`Discord's client refuses the option ${option.name}: not among its choices`);
    return value;
  }
}

function findCommand(member: Member, name: string, type: number, channel: Channel): StoredCommand {
  const command = member.guild.world.application.find(name, type, member.guild.id);
  if (command === undefined) throw new Error(`Discord's client shows no command of that name: ${name}`);
  if (!member.may('ViewChannel', channel)) throw new Error(`${member.displayName} does not see #${channel.name}`);
  if (!member.may('UseApplicationCommands', channel)) throw new Error(`${member.displayName} may use no commands here`);
  const { contexts, dm_permission: isForDirect } = command.definition;
  const isDirectToo = Array.isArray(contexts) ? contexts.includes(1) : isForDirect === true;
  if (channel.guild === undefined && !isDirectToo) throw new Error(`Discord's client shows /${name} in servers only`);
  const needed = command.definition.default_member_permissions;
  if (typeof needed === 'string' && (member.permissionsIn(channel) & BigInt(needed)) !== BigInt(needed)) {
    throw new Error(`Discord's client does not show /${name} to ${member.displayName}: permissions are missing`);
  }
  return command;
}

/** Walks `transcribe start` down to the definition of `start`, remembering the way. */
function descend(command: StoredCommand, path: readonly string[]): { leaf: Definition; way: readonly Definition[] } {
  let leaf = readDefinition(command.definition);
  const way: Definition[] = [];
  for (const word of path) {
    const next = leaf.options.find((option) => option.name === word && option.type <= OPTION.group);
    if (next === undefined) throw new Error(`Discord's client shows no subcommand ${word} under ${leaf.name}`);
    way.push(next);
    leaf = next;
  }
  const needsMore = leaf.options.some((option) => option.type <= OPTION.group);
  if (needsMore) throw new Error(`Discord's client asks for a subcommand of ${leaf.name}`);
  return { leaf, way };
}

function wrap(way: readonly Definition[], options: readonly Json[]): readonly Json[] {
  return way.reduceRight((inner, { name, type }) => [{ name, type, options: inner }], options);
}

function commandData(command: StoredCommand, guildId: string, options: readonly Json[], resolved: Resolved): Json {
  const inResolved = resolved.json();
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    options,
    ...(command.guildId === undefined ? {} : { guild_id: guildId }),
    ...(inResolved === undefined ? {} : { resolved: inResolved }),
  };
}

async function ask(interaction: Interaction, data: Json, patience: Patience): Promise<Interaction> {
  interaction.member.guild.world.publish('INTERACTION_CREATE', INTENT.none, interaction.eventJson(data));
  const wanted = patience.until ?? 'answered';
  return await interaction.until(
    (reply) => (wanted === 'acknowledged' ? reply.isAcknowledged : reply.isAnswered),
    patience.answerWithinMs,
  );
}

export async function useCommand(
  member: Member,
  name: string,
  given: Readonly<Record<string, OptionValue>>,
  where: Where,
): Promise<Interaction> {
  const [first = '', ...path] = name.split(' ');
  const command = findCommand(member, first, 1, where.channel);
  const { leaf, way } = descend(command, path);
  const unknown = Object.keys(given).find((key) => !leaf.options.some((option) => option.name === key));
  if (unknown !== undefined) throw new Error(`Discord's client shows no option ${unknown} in /${name}`);
  const missing = leaf.options.find((option) => option.required && given[option.name] === undefined);
  if (missing !== undefined) throw new Error(`Discord's client asks for the option ${missing.name} of /${name}`);
  const resolved = new Resolved(member);
  const options = leaf.options.flatMap((option) => {
    const value = given[option.name];
    return value === undefined ? [] : [{ name: option.name, type: option.type, value: resolved.value(option, value) }];
  });
  const interaction = new Interaction('command', member, where.channel);
  return await ask(interaction, commandData(command, member.guild.id, wrap(way, options), resolved), where);
}

export async function autocomplete(
  member: Member,
  name: string,
  focused: string,
  typed: string | number,
  where: Where & { readonly options?: Readonly<Record<string, OptionValue>> },
): Promise<readonly Choice[]> {
  const [first = '', ...path] = name.split(' ');
  const command = findCommand(member, first, 1, where.channel);
  const { leaf, way } = descend(command, path);
  const resolved = new Resolved(member);
  const options = leaf.options.flatMap((option): Json[] => {
    if (option.name === focused) return [{ name: option.name, type: option.type, value: typed, focused: true }];
    const value = where.options?.[option.name];
    return value === undefined ? [] : [{ name: option.name, type: option.type, value: resolved.value(option, value) }];
  });
  const isOffered = leaf.options.some((option) => option.name === focused && option.autocomplete);
  if (!isOffered) throw new Error(`Discord's client offers no autocomplete for ${focused} of /${name}`);
  const interaction = new Interaction('autocomplete', member, where.channel);
  const data = commandData(command, member.guild.id, wrap(way, options), resolved);
  const reply = await ask(interaction, data, where);
  return reply.choices ?? [];
}

export async function useOnMessage(
  member: Member,
  name: string,
  message: Message,
  patience: Patience,
): Promise<Interaction> {
  const command = findCommand(member, name, 3, message.channel);
  const resolved = new Resolved(member);
  resolved.put('messages', message.id, message.json());
  const interaction = new Interaction('command', member, message.channel);
  const data = { ...commandData(command, member.guild.id, [], resolved), target_id: message.id };
  return await ask(interaction, data, patience);
}

/** Every component in a message or form, however deep. */
function flatten(components: readonly Json[]): readonly Json[] {
  return components.flatMap((component) => [
    component,
    ...flatten(listOf(component.components)),
    ...flatten(listOf([component.accessory, component.component].filter((inner) => inner !== undefined))),
  ]);
}

export async function click(
  member: Member,
  message: Message,
  customId: string,
  options: { readonly values?: readonly string[] } & Patience,
): Promise<Interaction> {
  const component = flatten(message.components).find((part) => part.custom_id === customId);
  if (component === undefined) throw new Error(`Discord's client shows no such button: ${customId}`);
  if (component.disabled === true) throw new Error(`Discord's client shows the button greyed out: ${customId}`);
  if (message.isDeleted) throw new Error('Discord shows the message no longer');
  const interaction = new Interaction('component', member, message.channel, message);
  const resolved = new Resolved(member);
  for (const id of options.values ?? []) {
    const channel = member.guild.channels.get(id);
    if (component.type === 8 && channel !== undefined) resolved.put('channels', id, channel.json());
    const role = member.guild.roles.get(id);
    if (component.type === 6 && role !== undefined) resolved.put('roles', id, role.json());
    const person = member.guild.members.get(id);
    if (component.type === 5 && person !== undefined) resolved.put('users', id, userJson(person.user));
  }
  const inResolved = resolved.json();
  const data = {
    custom_id: customId,
    component_type: component.type,
    id: component.id ?? 1,
    ...(options.values === undefined ? {} : { values: options.values }),
    ...(inResolved === undefined ? {} : { resolved: inResolved }),
  };
  return await ask(interaction, data, options);
}

export async function submit(
  member: Member,
  answered: Interaction,
  fields: Readonly<Record<string, string>>,
  patience: Patience,
): Promise<Interaction> {
  const { form } = answered;
  if (form === undefined) throw new Error('The bot opened no form');
  const inputs = flatten(listOf(form.components)).filter((part) => part.custom_id !== undefined);
  const unknown = Object.keys(fields).find((id) => !inputs.some((input) => input.custom_id === id));
  if (unknown !== undefined) throw new Error(`The form has no such field: ${unknown}`);
  const components = inputs.map((input, index) => ({
    type: 1,
    id: index + 1,
    components: [
      { type: input.type, id: index + 100, custom_id: input.custom_id, value: fields[String(input.custom_id)] ?? '' },
    ],
  }));
  const interaction = new Interaction('form', member, answered.channel, answered.source);
  return await ask(interaction, { custom_id: form.custom_id, components }, patience);
}
