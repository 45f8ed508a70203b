import { DO_NOT_HEAR_ME, HEAR_ME } from '../../src/discord/lobby/hear-me.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext, ParleyControl } from '../shared/context.ts';

interface Chooser {
  readonly guildId: string;
  readonly user: { readonly id: string };
}

/** Stops hearing the member. It is in force when this resolves, even in a running meeting. */
export async function optOut(ask: Chooser, context: CommandContext, words: Words): Promise<string> {
  await choose(ask, context, { optedOut: true, optedIn: undefined });
  return words.t('consent.optedOut');
}

/** Hears the member from now on, even where only people who said yes are heard. */
export async function optIn(ask: Chooser, context: CommandContext, words: Words): Promise<string> {
  await choose(ask, context, { optedOut: false, optedIn: true });
  return words.t('consent.optedIn');
}

async function choose(
  { guildId, user }: Chooser,
  { settings }: CommandContext,
  choice: { readonly optedOut: boolean; readonly optedIn: true | undefined },
): Promise<void> {
  await settings.changeMember(guildId, user.id, choice);
}

/** The button under a meeting's announcement. It does the same as `/privacy opt-in`. */
export const hearMe: ParleyControl = {
  kind: 'button',
  ...HEAR_ME,
  answers: 'alone',
  run: (pressed, _concerns, context, words) => optIn(pressed, context, words),
};

/** The button in the chat of a voice channel where some do not see the text. It does the same as `/privacy opt-out`. */
export const doNotHearMe: ParleyControl = {
  kind: 'button',
  ...DO_NOT_HEAR_ME,
  answers: 'alone',
  run: (pressed, _concerns, context, words) => optOut(pressed, context, words),
};
