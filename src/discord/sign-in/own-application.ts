import { type APIApplication, REST, Routes } from 'discord.js';
import type { Log } from '../../core/log.ts';

/** Asks Discord, once, which application the bot is, and whether people may be sent back to us from there. */
export class OwnApplication {
  readonly #rest: REST;
  readonly #redirectUri: string;
  readonly #log: Log;
  #asked: Promise<APIApplication> | undefined;

  /** @param redirectUri - where people are sent back to */
  constructor({ token, apiUrl }: { readonly token: string; readonly apiUrl: string }, redirectUri: string, log: Log) {
    this.#rest = new REST({ api: apiUrl }).setToken(token);
    this.#redirectUri = redirectUri;
    this.#log = log;
  }

  /** @throws as discord.js does when Discord refuses or cannot be reached: the next call asks again */
  async id(): Promise<string> {
    this.#asked ??= this.#ask();
    try {
      return (await this.#asked).id;
    } catch (error) {
      this.#asked = undefined;
      throw error;
    }
  }

  async #ask(): Promise<APIApplication> {
    // The documented answer to this request.
    const application = (await this.#rest.get(Routes.currentApplication())) as APIApplication;
    if (application.redirect_uris?.includes(this.#redirectUri) !== true) {
      this.#log.warn(
        { redirect: this.#redirectUri },
        'Nobody can sign in yet: add this redirect at https://discord.com/developers/applications → your application → OAuth2',
      );
    }
    return application;
  }
}
