import type { DiscordSimulator, Member } from '../../simulators/discord/index.ts';

/** A browser: keeps cookies, and follows no redirect by itself. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;
  readonly #discord: DiscordSimulator;

  constructor(origin: string, discord: DiscordSimulator) {
    this.#origin = origin;
    this.#discord = discord;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** @param path - or a whole address */
  async go(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(new URL(path, this.#origin), {
      redirect: 'manual',
      ...init,
      headers: { cookie: this.cookie, ...init.headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = '', rest = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      if (rest.includes('Max-Age=0;')) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  async text(path: string): Promise<string> {
    return await (await this.go(path)).text();
  }

  /** Presses the button of a form. */
  async post(path: string, headers: Readonly<Record<string, string>> = { origin: this.#origin }): Promise<Response> {
    return await this.go(path, { method: 'POST', headers });
  }

  /** Goes to Discord, and decides there. @returns the address to which Discord sends the browser back */
  async leaveForDiscord(who?: Member, path = '/sign-in'): Promise<string> {
    const answer = await this.go(path);
    return this.#discord.decideOn(answer.headers.get('location') ?? '', who);
  }

  async signIn(who: Member, path?: string): Promise<Response> {
    return await this.go(await this.leaveForDiscord(who, path));
  }
}
