import type { StoredCommand } from './application.ts';
import type { Channel } from './channel.ts';
import { type Definition, listOf, OPTION, readDefinition } from './command-definition.ts';
import { INTENT, type Json } from './events.ts';
import { type OptionValue, Resolved } from './given-options.ts';
import { type Choice, Interaction } from './interaction.ts';
import type { Member } from './member.ts';
import type { Message } from './message.ts';
import { userJson } from './user.ts';

export type { Choice } from './interaction.ts';

/** Discord's numbers of what stands in messages and forms. */
const ACTION_ROW = 1;
const BUTTON = 2;
const STRING_SELECT = 3;
const TEXT_INPUT = 4;
const LABEL = 18;

/** How long to wait for the bot. */
export interface Patience {
  readonly answerWithinMs?: number; // 15 s unless told
  readonly until?: 'acknowledged' | 'answered'; // answered unless told
}

export interface Where extends Patience {
  readonly channel: Channel;
}

function findCommand(member: Member, name: string, type: number, channel: Channel): StoredCommand {
  const command = member.guild.world.application.find(name, type, member.guild.id);
  if (command === undefined) throw new Error(`Discord's client shows no command of that name: ${name}`);
  if (!channel.isSeenBy(member)) throw new Error(`${member.displayName} does not see #${channel.name}`);
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

/** Where a component offers what to pick: how many, and what. */
function judgeChoice(component: Json, customId: string, values: readonly string[] | undefined): void {
  if (component.type === BUTTON) {
    if (values !== undefined) throw new Error(`Discord's client shows a button, not a menu: ${customId}`);
    return;
  }
  const picked = values ?? [];
  const least = Number(component.min_values ?? 1);
  const most = Number(component.max_values ?? 1);
  if (picked.length < least || picked.length > most) {
    throw new Error(`Discord's client lets people pick ${least} to ${most} of ${customId}, not ${picked.length}`);
  }
  if (component.type !== STRING_SELECT) return;
  const offered = listOf(component.options).map(({ value }) => value);
  const unknown = picked.find((value) => !offered.includes(value));
  if (unknown !== undefined) throw new Error(`Discord's client offers no ${unknown} in ${customId}`);
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
  if (message.isEphemeral && message.answers?.member !== member) {
    throw new Error(`Discord shows the message to somebody else only, not to ${member.displayName}`);
  }
  judgeChoice(component, customId, options.values);
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

/** What is told of a part of a form beside what was filled in. */
function bare({ type, id }: Json): Json {
  return { type, id: id ?? 0 };
}

/** A text field brings its value, a menu in a form what was picked. */
function filledIn(input: Json, value: string | readonly string[] | undefined, id: number): Json {
  const told = { type: input.type, id, custom_id: input.custom_id };
  if (input.type !== TEXT_INPUT) {
    const values = typeof value === 'string' ? [value] : (value ?? []);
    if (input.required !== false) judgeChoice(input, String(input.custom_id), values);
    return { ...told, values };
  }
  const text = typeof value === 'string' ? value : String(input.value ?? '');
  const least = Number(input.min_length ?? (input.required === false ? 0 : 1));
  const isEmptyAllowed = input.required === false && text === '';
  if ((text.length < least && !isEmptyAllowed) || text.length > Number(input.max_length ?? 4_000)) {
    throw new Error(`Discord's client does not take ${text.length} characters in ${String(input.custom_id)}`);
  }
  return { ...told, value: text };
}

export async function submit(
  member: Member,
  answered: Interaction,
  fields: Readonly<Record<string, string | readonly string[]>>,
  patience: Patience,
): Promise<Interaction> {
  const { form } = answered;
  if (form === undefined) throw new Error('The bot opened no form');
  const inputs = flatten(listOf(form.components)).filter((part) => part.custom_id !== undefined);
  const unknown = Object.keys(fields).find((id) => !inputs.some((input) => input.custom_id === id));
  if (unknown !== undefined) throw new Error(`The form has no such field: ${unknown}`);
  const components = listOf(form.components).flatMap((part, index): Json[] => {
    const given = (input: Json) => filledIn(input, fields[String(input.custom_id)], index + 100);
    if (part.type === LABEL)
      return listOf([part.component]).map((inner) => ({ ...bare(part), component: given(inner) }));
    if (part.type === ACTION_ROW) return [{ ...bare(part), components: listOf(part.components).map(given) }];
    return [bare(part)];
  });
  const interaction = new Interaction('form', member, answered.channel, answered.source);
  return await ask(interaction, { custom_id: form.custom_id, components }, patience);
}
