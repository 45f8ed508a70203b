/** Discord's permission bits, as its documentation numbers them (those that a text or voice bot can meet). */
export const PERMISSION = {
  CreateInstantInvite: 1n << 0n,
  KickMembers: 1n << 1n,
  BanMembers: 1n << 2n,
  Administrator: 1n << 3n,
  ManageChannels: 1n << 4n,
  ManageGuild: 1n << 5n,
  AddReactions: 1n << 6n,
  Stream: 1n << 9n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  SendTtsMessages: 1n << 12n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  MentionEveryone: 1n << 17n,
  UseExternalEmojis: 1n << 18n,
  Connect: 1n << 20n,
  Speak: 1n << 21n,
  MuteMembers: 1n << 22n,
  DeafenMembers: 1n << 23n,
  MoveMembers: 1n << 24n,
  UseVAD: 1n << 25n,
  ChangeNickname: 1n << 26n,
  ManageNicknames: 1n << 27n,
  ManageRoles: 1n << 28n,
  ManageWebhooks: 1n << 29n,
  UseApplicationCommands: 1n << 31n,
  RequestToSpeak: 1n << 32n,
  ManageEvents: 1n << 33n,
  ManageThreads: 1n << 34n,
  CreatePublicThreads: 1n << 35n,
  CreatePrivateThreads: 1n << 36n,
  SendMessagesInThreads: 1n << 38n,
  CreateEvents: 1n << 44n,
  SendVoiceMessages: 1n << 46n,
  SetVoiceChannelStatus: 1n << 48n,
  PinMessages: 1n << 51n,
} as const;

export type PermissionName = keyof typeof PERMISSION;

const ALL_PERMISSIONS = Object.values(PERMISSION).reduce((all, bit) => all | bit, 0n);

/** What a fresh server gives everybody. */
export const EVERYONE_BY_DEFAULT: readonly PermissionName[] = [
  'CreateInstantInvite',
  'AddReactions',
  'Stream',
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'MentionEveryone',
  'UseExternalEmojis',
  'Connect',
  'Speak',
  'UseVAD',
  'ChangeNickname',
  'UseApplicationCommands',
  'RequestToSpeak',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'SendMessagesInThreads',
  'SendVoiceMessages',
];

export function permissionBits(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | PERMISSION[name], 0n);
}

/** One line of a channel's permission table; `type` 0 is a role, 1 a member. */
export interface Overwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface Standing {
  readonly userId: string;
  readonly everyoneId: string; // the guild's id is its everyone role's id
  readonly isOwner: boolean;
  readonly roles: readonly { readonly id: string; readonly permissions: bigint }[]; // everyone included
}

/** What somebody may do in a whole guild. */
export function guildPermissions(standing: Standing): bigint {
  const bits = standing.roles.reduce((all, role) => all | role.permissions, 0n);
  return standing.isOwner || (bits & PERMISSION.Administrator) !== 0n ? ALL_PERMISSIONS : bits;
}

/** What somebody may do in one channel: everyone's overwrite first, then all roles' together, then their own. */
export function channelPermissions(standing: Standing, overwrites: readonly Overwrite[]): bigint {
  let bits = guildPermissions(standing);
  if ((bits & PERMISSION.Administrator) !== 0n) return ALL_PERMISSIONS;
  const apply = (lines: readonly Overwrite[]) => {
    const deny = lines.reduce((all, line) => all | line.deny, 0n);
    const allow = lines.reduce((all, line) => all | line.allow, 0n);
    bits = (bits & ~deny) | allow;
  };
  const roleIds = new Set(standing.roles.map((role) => role.id));
  apply(overwrites.filter((line) => line.id === standing.everyoneId));
  apply(overwrites.filter((line) => line.type === 0 && line.id !== standing.everyoneId && roleIds.has(line.id)));
  apply(overwrites.filter((line) => line.type === 1 && line.id === standing.userId));
  return bits;
}

/** Whom an overwrite can be for. */
interface OverwriteTarget {
  readonly id: string;
  readonly is: 'role' | 'member';
}

export interface OverwriteOptions {
  readonly for: OverwriteTarget;
  readonly allow?: readonly PermissionName[];
  readonly deny?: readonly PermissionName[];
}

export function overwriteOf(options: OverwriteOptions): Overwrite {
  return {
    id: options.for.id,
    type: options.for.is === 'role' ? 0 : 1,
    allow: permissionBits(options.allow ?? []),
    deny: permissionBits(options.deny ?? []),
  };
}
