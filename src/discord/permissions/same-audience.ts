import { type Guild, type GuildBasedChannel, OverwriteType, PermissionFlagsBits } from 'discord.js';

/** The permissions of a channel: what the server's roles give everywhere, and what the channel gives and takes. */
export interface PermissionTable {
  readonly everyoneId: string; // the id of the role that everybody has
  readonly roles: ReadonlyMap<string, bigint>; // the permissions of each role, including everyone's
  readonly lines: readonly PermissionLine[];
}

interface PermissionLine {
  readonly id: string;
  readonly is: 'role' | 'member';
  readonly allow: bigint;
  readonly deny: bigint;
}

/** Somebody with the role of everybody, and perhaps these. */
interface Somebody {
  readonly roleIds: readonly string[];
  readonly memberId?: string;
}

/**
 * Whether everybody who may do `bit` in the channel `from` may do all of `bits` in the channel `to`, whichever roles
 * they have.
 *
 * The bot does not know all members. But whoever has the bit has it through one role, or an overwrite of their own, and
 * another role can only take something away if the other channel denies it to that role. So pairs are enough.
 */
export function allOfThemMay(
  from: PermissionTable,
  bit: bigint,
  to: PermissionTable,
  bits: readonly bigint[],
): boolean {
  const mayAll = (who: Somebody) => bits.every((one) => may(to, who, one));
  const others = from.lines.filter(({ is }) => is === 'member').map(({ id }) => id);
  const ways: Somebody[] = [
    { roleIds: [] },
    ...[...from.roles.keys()].map((id) => ({ roleIds: [id] })),
    ...others.map((memberId) => ({ roleIds: [], memberId })),
  ].filter((who) => may(from, who, bit));
  const wanted = bits.reduce((all, one) => all | one, 0n);
  const takesAway = to.lines.filter(({ deny }) => (deny & wanted) !== 0n);
  const deniedRoles = takesAway.filter(({ is, id }) => is === 'role' && id !== to.everyoneId).map(({ id }) => id);
  const deniedMembers = takesAway.filter(({ is }) => is === 'member').map(({ id }) => id);
  return ways.every((who) => {
    const withRoles = deniedRoles.map((id) => ({ ...who, roleIds: [...who.roleIds, id] }));
    const asMembers = who.memberId === undefined ? deniedMembers.map((memberId) => ({ ...who, memberId })) : [];
    return [who, ...withRoles, ...asMembers].every((one) => !may(from, one, bit) || mayAll(one));
  });
}

/**
 * Computes permissions as Discord does: first everyone's overwrite, then those of all roles together, then the
 * member's.
 */
function may({ everyoneId, roles, lines }: PermissionTable, { roleIds, memberId }: Somebody, bit: bigint): boolean {
  const given = [everyoneId, ...roleIds].reduce((bits, id) => bits | (roles.get(id) ?? 0n), 0n);
  if ((given & PermissionFlagsBits.Administrator) !== 0n) return true;
  const steps = [
    lines.filter(({ id }) => id === everyoneId),
    lines.filter(({ is, id }) => is === 'role' && id !== everyoneId && roleIds.includes(id)),
    lines.filter(({ is, id }) => is === 'member' && id === memberId),
  ];
  let has = (given & bit) !== 0n;
  for (const step of steps) {
    if (step.some(({ deny }) => (deny & bit) !== 0n)) has = false;
    if (step.some(({ allow }) => (allow & bit) !== 0n)) has = true;
  }
  return has;
}

const TO_JOIN = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.Connect] as const;
const TO_READ = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory] as const;

/**
 * Whether everybody who can read or enter `channel` could join `room`: then words from the room may be shown there.
 *
 * Discord does not report the members of a private thread, so everybody who can read its parent counts.
 */
export function couldAllJoin(room: GuildBasedChannel, channel: GuildBasedChannel): boolean {
  const to = tableOf(room);
  const from = tableOf(channel);
  if (!to || !from) return false;
  const needed = channel.isVoiceBased() ? TO_JOIN : TO_READ;
  // Somebody who has all permissions has each of them: if one is enough to get into the room, all together are.
  return needed.some((bit) => allOfThemMay(from, bit, to, TO_JOIN));
}

/** Whether everybody who sees `other` sees `channel` as well, and so may read its name. */
export function seenByAllWhoSee(channel: GuildBasedChannel, other: GuildBasedChannel): boolean {
  const to = tableOf(channel);
  const from = tableOf(other);
  const { ViewChannel } = PermissionFlagsBits;
  return to !== undefined && from !== undefined && allOfThemMay(from, ViewChannel, to, [ViewChannel]);
}

function tableOf(channel: GuildBasedChannel): PermissionTable | undefined {
  const holder = channel.isThread() ? channel.parent : channel;
  if (!holder) return undefined;
  const { guild } = channel;
  return {
    everyoneId: guild.id,
    roles: rolesOf(guild),
    lines: [...holder.permissionOverwrites.cache.values()].map(({ id, type, allow, deny }) => ({
      id,
      is: type === OverwriteType.Role ? 'role' : 'member',
      allow: allow.bitfield,
      deny: deny.bitfield,
    })),
  };
}

function rolesOf(guild: Guild): ReadonlyMap<string, bigint> {
  const ofPeople = guild.roles.cache.filter(({ tags }) => tags?.botId === undefined); // nobody else has the role of a bot
  return new Map(ofPeople.map(({ id, permissions }) => [id, permissions.bitfield]));
}
