import type { SttOptions } from '../ports/speech-to-text.ts';
import type { GuildSettings, MemberSettings } from '../settings.ts';
import { sameLanguage } from '../text/language.ts';

/** The settings in force in one meeting: its guild's, and perhaps a spoken language for this meeting alone. */
export class MeetingRules {
  #guild: GuildSettings;
  #spoken: string | undefined;

  /** @param spoken - for this meeting, until the guild's own setting changes */
  constructor(guild: GuildSettings, spoken: string | undefined) {
    this.#guild = guild;
    this.#spoken = spoken;
  }

  get guild(): GuildSettings {
    return this.#guild;
  }

  /** The language chosen for this meeting alone. */
  get spoken(): string | undefined {
    return this.#spoken;
  }

  change(guild: GuildSettings): void {
    if (guild.spoken !== this.#guild.spoken) this.#spoken = undefined;
    this.#guild = guild;
  }

  /** For people who have chosen no language of their own. */
  get sttOptions(): SttOptions {
    const { spoken, translateTo, pause } = this.#guild;
    return { language: this.#spoken ?? spoken, translateTo, ...(pause && { pause }) };
  }

  /** For one person, whose own choices come first; nothing is translated into the language that they speak. */
  sttOptionsFor(choices: Pick<MemberSettings, 'spoken' | 'pause'> | undefined): SttOptions {
    const { language, translateTo, ...server } = this.sttOptions;
    const spoken = choices?.spoken ?? language;
    const targets = translateTo.filter((target) => !sameLanguage(target, spoken));
    const pause = choices?.pause ?? server.pause;
    return { language: spoken, translateTo: targets, ...(pause && { pause }) };
  }
}
