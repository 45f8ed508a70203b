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
    return { language: this.#spoken ?? this.#guild.spoken, translateTo: this.#guild.translateTo };
  }

  /** For one person, whose own language comes first; nothing is translated into the language that they speak. */
  sttOptionsFor(choices: Pick<MemberSettings, 'spoken'> | undefined): SttOptions {
    const { language, translateTo } = this.sttOptions;
    const spoken = choices?.spoken ?? language;
    return { language: spoken, translateTo: translateTo.filter((target) => !sameLanguage(target, spoken)) };
  }
}
