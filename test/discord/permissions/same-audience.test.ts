import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { allOfThemMay, type PermissionTable } from '../../../src/discord/permissions/same-audience.ts';

const { ViewChannel: VIEW, Connect: CONNECT, Administrator: ADMIN } = PermissionFlagsBits;
const ROLES = { everyone: VIEW | CONNECT, staff: 0n, guests: 0n, muted: 0n, admins: ADMIN } as const;

type Line = { readonly allow?: bigint; readonly deny?: bigint };

/** A channel with these overwrites; `@ana` is one of a member. */
function channel(
  lines: Readonly<Record<string, Line>>,
  roles: Readonly<Record<string, bigint>> = ROLES,
): PermissionTable {
  return {
    everyoneId: 'everyone',
    roles: new Map(Object.entries(roles)),
    lines: Object.entries(lines).map(([id, { allow = 0n, deny = 0n }]) => ({
      id,
      is: id.startsWith('@') ? 'member' : 'role',
      allow,
      deny,
    })),
  };
}

const open = channel({});
const closed = { everyone: { deny: VIEW } };
const forStaff = channel({ ...closed, staff: { allow: VIEW } });
const forAna = channel({ ...closed, '@ana': { allow: VIEW } });
const locked = channel({ everyone: { deny: CONNECT }, staff: { allow: CONNECT } }); // everybody sees it, the staff may join

describe('whether all who read in one channel could join another', () => {
  it.each<[string, PermissionTable, PermissionTable, boolean]>([
    ['both are open', open, open, true],
    ['a room of the staff, and a channel of theirs', forStaff, forStaff, true],
    ['an open room, and a channel of the staff', forStaff, open, true],
    ['a room of the staff, and an open channel', open, forStaff, false],
    ['a locked room that everybody sees, and an open channel', open, locked, false],
    ['a locked room, and a channel of those who get in', forStaff, locked, true],
    [
      'a room of the staff, and a channel of guests too',
      channel({ ...closed, staff: { allow: VIEW }, guests: { allow: VIEW } }),
      forStaff,
      false,
    ],
    [
      'a room of the staff, and a channel that one more person sees',
      channel({ ...closed, staff: { allow: VIEW }, '@ana': { allow: VIEW } }),
      forStaff,
      false,
    ],
    ['a room and a channel of one person', forAna, forAna, true],
    ['an open room that one person may not see, and an open channel', open, channel({ '@ana': { deny: VIEW } }), false],
    ['one person may see neither', channel({ '@ana': { deny: VIEW } }), channel({ '@ana': { deny: VIEW } }), true],
    ['an open room but for a role, and an open channel', open, channel({ muted: { deny: VIEW } }), false],
    ['a role may see neither', channel({ muted: { deny: VIEW } }), channel({ muted: { deny: VIEW } }), true],
    [
      'a role is let in here and kept out there, for who has it with another',
      forStaff,
      channel({ ...closed, staff: { allow: VIEW }, muted: { deny: CONNECT } }),
      false,
    ],
    ['a room for administrators, and a channel for them', channel(closed), channel(closed), true],
  ])('%s', (_, from, to, expected) => {
    expect(allOfThemMay(from, VIEW, to, [VIEW, CONNECT])).toBe(expected);
  });

  it('is true of the permissions that a role gives in the whole server, and not of those in one channel only', () => {
    const roles = { everyone: CONNECT, staff: VIEW, guests: 0n };
    expect(allOfThemMay(channel({}, roles), VIEW, channel({}, roles), [VIEW, CONNECT])).toBe(true);
    expect(allOfThemMay(channel({ guests: { allow: VIEW } }, roles), VIEW, channel({}, roles), [VIEW, CONNECT])).toBe(
      false,
    );
  });

  it('agrees with a check of every possible member', () => {
    const bits = [VIEW, CONNECT];
    const names = ['everyone', 'staff', 'guests', '@ana'];
    let state = 7;
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    const some = () => [0n, VIEW, CONNECT, VIEW | CONNECT][random(4)] ?? 0n;
    const sets = [[], ['staff'], ['guests'], ['staff', 'guests']];
    let refused = 0;
    for (let round = 0; round < 4_000; round += 1) {
      const roles = { everyone: some(), staff: some(), guests: some() };
      const table = () =>
        channel(
          Object.fromEntries(
            names.filter(() => random(2) === 0).map((name) => [name, { allow: some(), deny: some() }]),
          ),
          roles,
        );
      const [from, to] = [table(), table()];
      const everybody = sets.flatMap((roleIds) => [roleIds, [...roleIds, '@ana']]);
      const isSo = everybody.every((ids) => !has(from, ids, VIEW) || bits.every((bit) => has(to, ids, bit)));
      const answer = allOfThemMay(from, VIEW, to, bits);
      expect(answer).toBe(isSo);
      if (!answer) refused += 1;
    }
    expect(refused).toBeGreaterThan(500);
    expect(refused).toBeLessThan(3_900);
  });
});

/** Discord's rule once more, as its documentation gives it. */
function has({ roles, lines }: PermissionTable, ids: readonly string[], bit: bigint): boolean {
  let bits = ['everyone', ...ids].reduce((all, id) => all | (roles.get(id) ?? 0n), 0n);
  const groups = [['everyone'], ids.filter((id) => !id.startsWith('@')), ids.filter((id) => id.startsWith('@'))];
  for (const group of groups) {
    const theirs = lines.filter(({ id }) => group.includes(id));
    bits &= ~theirs.reduce((all, { deny }) => all | deny, 0n);
    bits |= theirs.reduce((all, { allow }) => all | allow, 0n);
  }
  return (bits & bit) !== 0n;
}
