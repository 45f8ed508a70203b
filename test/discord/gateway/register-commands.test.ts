import { describe, expect, it } from 'vitest';
import { definitions } from '../../../commands/index.ts';
import { registerCommands } from '../../../src/discord/gateway/register-commands.ts';
import type { DiscordSimulator } from '../../simulators/discord/index.ts';
import { connected } from '../support/connect.ts';

const never = new AbortController().signal;
const writes = ({ rest }: DiscordSimulator) => rest.seen.filter(({ method }) => method === 'PUT').length;

describe('registering the commands', () => {
  it('makes Discord accept every one of them', async () => {
    await using it = await connected((discord) => void discord.addGuild({ name: 'Office' }));
    const { client, discord } = it;
    expect(await registerCommands(client.rest, client.application.id, definitions, never)).toBe('registered');
    const known = await client.application.commands.fetch();
    expect(known.map(({ name }) => name).toSorted()).toEqual(definitions.map(({ name }) => name).toSorted());
    expect(discord.violations).toEqual([]);
  });

  it('writes nothing when nothing changed', async () => {
    await using it = await connected((discord) => void discord.addGuild({ name: 'Office' }));
    const { client, discord } = it;
    await registerCommands(client.rest, client.application.id, definitions, never);
    expect(await registerCommands(client.rest, client.application.id, definitions, never)).toBe('unchanged');
    expect(writes(discord)).toBe(1);
  });

  it('writes again when a word of a description changed', async () => {
    await using it = await connected((discord) => void discord.addGuild({ name: 'Office' }));
    const { client } = it;
    await registerCommands(client.rest, client.application.id, definitions, never);
    const [first, ...others] = definitions;
    const changed = [...(first ? [{ ...first, description: 'Other words' }] : []), ...others];
    expect(await registerCommands(client.rest, client.application.id, changed, never)).toBe('registered');
  });
});
