import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { inviteUrl } from '../../../src/discord/permissions/preflight.ts';

const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
const asked = new PermissionsBitField(BigInt(new URL(inviteUrl('1')).searchParams.get('permissions') ?? '0'));

describe('the invitation', () => {
  it('asks for the permission that the mark in the bot’s name needs, so that people who look at the voice channel see it', () => {
    expect(asked.has(PermissionFlagsBits.ChangeNickname)).toBe(true);
  });

  it('asks for the permission that the notice on the voice channel needs', () => {
    expect(asked.has(PermissionFlagsBits.SetVoiceChannelStatus)).toBe(true);
  });

  it('is in the README as the bot logs it: the address, the integer, and each permission by name', () => {
    expect(readme.match(/permissions=(\d+)/)?.[1]).toBe(`${asked.bitfield}`);
    expect(readme.match(/the integer is `(\d+)`/)?.[1]).toBe(`${asked.bitfield}`);
    const list = /and the permissions\s+\*([^*]+)\*/.exec(readme)?.[1]?.split(/,\s+/) ?? [];
    const flagOf = (name: string) =>
      name
        .split(' ')
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join('');
    const names = list.map((name) => flagOf(name === 'View Channels' ? 'View Channel' : name));
    expect(names.toSorted()).toEqual(asked.toArray().toSorted());
  });
});
