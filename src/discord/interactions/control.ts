import type {
  AnySelectMenuInteraction,
  APIModalInteractionResponseCallbackData,
  ButtonInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { Words } from '../../i18n/words.ts';
import { MAX_CUSTOM_ID } from '../formatting/limits.ts';
import type { Answer } from './command.ts';

/** Somebody pressed a button, in a server that the bot is in. */
export type Pressed = ButtonInteraction<'cached'>;
/** Somebody picked from a menu. */
export type Picked = AnySelectMenuInteraction<'cached'>;
/** Somebody filled in a form. */
export type FilledIn = ModalSubmitInteraction<'cached'>;

/** A control that does its work when it is used, and then answers. */
interface Worker<Kind extends string, Used, Context> {
  readonly kind: Kind;
  /**
   * The beginning of its custom ids: a version and a name, as in `p1:pause`.
   *
   * Controls in messages outlive the process. Whoever changes what a control does, or what its ids mean, gives it
   * another version; people who use the old one learn that it is too old.
   */
  readonly id: string;
  /** Whether the answer is for the asker alone, or takes the place of the message with the control. */
  readonly answers: 'alone' | 'in place';
  /**
   * @param concerns - the rest of the custom id: `<meetingId>` of `p1:pause:<meetingId>`
   * @returns `undefined` when it has written its answer itself, or there is nothing to say
   */
  run(used: Used, concerns: string, context: Context, words: Words): Promise<Answer | undefined>;
}

/** A button, or a menu, that opens a form. Discord takes a form only as the first answer, within 3 s. */
interface Opener<Kind extends string, Used, Context> {
  readonly kind: Kind;
  readonly id: string; // as for other controls
  /** @returns the form; a sentence when there is none */
  open(
    used: Used,
    concerns: string,
    context: Context,
    words: Words,
  ): Promise<APIModalInteractionResponseCallbackData | string>;
}

/** One button, menu or form. */
export type Control<Context> =
  | Worker<'button', Pressed, Context>
  | Worker<'menu', Picked, Context>
  | Worker<'form', FilledIn, Context>
  | Opener<'opener', Pressed, Context>
  | Opener<'menu opener', Picked, Context>;

export type ControlOf<Kind extends Control<never>['kind'], Context> = Extract<Control<Context>, { kind: Kind }>;

/** The custom id of a control for one meeting or thing. @throws {RangeError} when Discord would not take it */
export function customId({ id }: { readonly id: string }, concerns: string): string {
  const whole = `${id}:${concerns}`;
  if (whole.length > MAX_CUSTOM_ID) throw new RangeError(`Cannot make a custom id of ${whole.length} characters`);
  return whole;
}

/** Splits `p1:pause:<meetingId>` into `p1:pause` and the rest. */
export function readCustomId(whole: string): { readonly id: string; readonly concerns: string } {
  const [version = '', name = '', ...rest] = whole.split(':');
  return { id: `${version}:${name}`, concerns: rest.join(':') };
}
