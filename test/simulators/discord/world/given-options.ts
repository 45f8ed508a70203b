import { Channel } from './channel.ts';
import { type Definition, listOf, OPTION } from './command-definition.ts';
import type { Json } from './events.ts';
import type { Member } from './member.ts';
import type { FileGiven } from './message.ts';
import type { Role } from './role.ts';
import { userJson } from './user.ts';

/** What people can give a command: a file is an attachment. */
export type OptionValue = string | number | boolean | Channel | Member | Role | FileGiven;

/** What was given by name, as ids with the things they point at. */
export class Resolved {
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
      case OPTION.number:
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
      case OPTION.mentionable:
        if (typeof value !== 'object' || !('is' in value) || value.is === 'channel') return refuse('somebody');
        if (value.is === 'role') {
          return option.type === OPTION.user ? refuse('a person') : this.put('roles', value.id, value.json());
        }
        if (option.type === OPTION.role) return refuse('a role');
        this.put('members', value.id, { ...value.bareJson(), permissions: value.permissionsIn(undefined).toString() });
        return this.put('users', value.id, userJson(value.user));
      case OPTION.attachment: {
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
