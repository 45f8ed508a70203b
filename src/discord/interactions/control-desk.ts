import { MessageFlags } from 'discord.js';
import type { Log } from '../../core/log.ts';
import { wordsFor } from '../../i18n/words.ts';
import { answerAlone, answerInPlace, answerWithForm } from './answering.ts';
import type { Answer } from './command.ts';
import { type Control, type ControlOf, type FilledIn, type Picked, type Pressed, readCustomId } from './control.ts';

type Used = Pressed | Picked | FilledIn;

/** Answers buttons, menus and forms. */
export class ControlDesk<Context> {
  readonly #controls: readonly Control<Context>[];
  readonly #context: Context;
  readonly #log: Log;
  readonly #whenGoingOn: (guildId: string) => Promise<void>;

  /** @param whenGoingOn - resolves once a server's meeting that is to go on in this process does */
  constructor(
    controls: readonly Control<Context>[],
    context: Context,
    log: Log,
    whenGoingOn: (guildId: string) => Promise<void>,
  ) {
    this.#controls = controls;
    this.#context = context;
    this.#log = log;
    this.#whenGoingOn = whenGoingOn;
  }

  /** Answers one. A control that is not on the list belongs to an older version of Parley. */
  async handle(used: Used): Promise<void> {
    const { id, concerns } = readCustomId(used.customId);
    const context = this.#context;
    const words = wordsFor(used.locale);
    if (used.isButton()) {
      const button = this.#find('button', id);
      if (button) return await this.#work(button, used, () => button.run(used, concerns, context, words));
      const opener = this.#find('opener', id);
      if (opener) return await this.#open(opener, used, (inWords) => opener.open(used, concerns, context, inWords));
    } else if (used.isAnySelectMenu()) {
      const menu = this.#find('menu', id);
      if (menu) return await this.#work(menu, used, () => menu.run(used, concerns, context, words));
      const opener = this.#find('menu opener', id);
      if (opener) return await this.#open(opener, used, (inWords) => opener.open(used, concerns, context, inWords));
    } else {
      const form = this.#find('form', id);
      if (form) return await this.#work(form, used, () => form.run(used, concerns, context, words));
    }
    await used.reply({ content: words.t('router.outdatedControl'), flags: MessageFlags.Ephemeral });
  }

  #find<Kind extends Control<Context>['kind']>(kind: Kind, id: string): ControlOf<Kind, Context> | undefined {
    return this.#controls.find(
      (control): control is ControlOf<Kind, Context> => control.kind === kind && control.id === id,
    );
  }

  async #work(
    { id, answers }: Exclude<Control<Context>, { kind: 'opener' | 'menu opener' }>,
    used: Used,
    action: () => Promise<Answer | undefined>,
  ): Promise<void> {
    const work = async () => {
      await this.#whenGoingOn(used.guildId);
      return await action();
    };
    const asked = { name: id, log: this.#log };
    if (answers === 'alone') await answerAlone(used, asked, work);
    // A form that a command opened belongs to no message: its answer is a new one.
    else if (used.isModalSubmit() && !used.isFromMessage()) await answerAlone(used, asked, work);
    else await answerInPlace(used, asked, work);
  }

  async #open(
    { id }: { readonly id: string },
    used: Pressed | Picked,
    open: Parameters<typeof answerWithForm>[2],
  ): Promise<void> {
    await answerWithForm(used, { name: id, log: this.#log }, open);
  }
}
