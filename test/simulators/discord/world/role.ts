import { INTENT, type Json } from './events.ts';
import type { Guild } from './guild.ts';
import { type PermissionName, permissionBits } from './permissions.ts';

export class Role {
  readonly is = 'role';
  readonly id: string;
  readonly guild: Guild;
  readonly name: string;
  readonly managed: boolean; // belongs to a bot
  permissions: bigint;

  constructor(guild: Guild, id: string, name: string, permissions: bigint, managed = false) {
    this.guild = guild;
    this.id = id;
    this.name = name;
    this.permissions = permissions;
    this.managed = managed;
  }

  /** A moderator changes what this role may do. */
  setPermissions(names: readonly PermissionName[]): void {
    this.permissions = permissionBits(names);
    this.guild.world.publish('GUILD_ROLE_UPDATE', INTENT.guilds, { guild_id: this.guild.id, role: this.json() });
  }

  json(): Json {
    return {
      id: this.id,
      name: this.name,
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      icon: null,
      unicode_emoji: null,
      position: this.id === this.guild.id ? 0 : 1,
      permissions: this.permissions.toString(),
      managed: this.managed,
      mentionable: false,
      flags: 0,
    };
  }
}
