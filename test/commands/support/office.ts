import { onTestFinished } from 'vitest';
import type { CommandContext } from '../../../commands/shared/context.ts';
import { type Office, openOffice } from './open-office.ts';

export type { Office };

/**
 * A server in which the bot has registered its commands and answers them, until the test is over.
 *
 * @param whenDone - a concurrent test's own `onTestFinished`
 */
export async function office(
  change: Partial<CommandContext> = {},
  whenDone: (end: () => Promise<void>) => void = onTestFinished,
): Promise<Office> {
  const place = await openOffice(change);
  whenDone(async () => await place[Symbol.asyncDispose]());
  return place;
}

/** An office in which `/settings` is shown to everybody, as when a manager overrode it under Integrations. */
export async function shownToEverybody(change: Partial<CommandContext> = {}): Promise<Office> {
  const place = await office(change);
  const command = place.discord.world.application.find('settings', 1, place.guild.id);
  if (!command) throw new Error('There is no such command');
  Object.assign(command.definition, { default_member_permissions: null });
  return place;
}
