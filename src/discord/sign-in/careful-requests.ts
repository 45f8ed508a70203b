import { DefaultUserAgent } from 'discord.js';
import { allowInsecureRequests } from 'oauth4webapi';
import type { Log } from '../../core/log.ts';

const ANSWER_LIMIT_MS = 5_000;
const PAUSE_MS = 60_000; // after a refusal, and where Discord does not say how long to wait
const REFUSALS = [401, 403, 429]; // the answers that Discord counts

/** Discord cannot be asked, or should not be just now. */
export class Away extends Error {
  override readonly name = 'Away';
}

/** What each request has in common. */
function ofEachRequest() {
  return {
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    headers: { 'user-agent': DefaultUserAgent },
    // Plain HTTP is for proxies and simulators on the operator's own machines.
    [allowInsecureRequests]: true,
  };
}

/**
 * Asks Discord on behalf of people who sign in, and nobody for a while after it has refused or wanted us to wait.
 *
 * Whoever comes back with something invented makes us ask. After ten thousand refusals within ten minutes Discord blocks the
 * whole machine, and so the bot.
 */
export class CarefulRequests {
  readonly #log: Log;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * @param request - sends the request with these options
   * @throws {Away} when there is a pause, when Discord refuses or fails, and when it does not answer
   */
  async ask(request: (options: ReturnType<typeof ofEachRequest>) => Promise<Response>): Promise<Response> {
    if (performance.now() < this.#pausedUntilMs) throw new Away('Discord is left alone for a while');
    let answer: Response;
    try {
      answer = await request(ofEachRequest());
    } catch {
      throw new Away('Discord does not answer'); // the error's cause holds what was sent
    }
    const { status } = answer;
    if (!REFUSALS.includes(status) && status < 500) return answer;
    await answer.body?.cancel();
    if (REFUSALS.includes(status)) this.#pause(Number(answer.headers.get('retry-after')) * 1_000 || PAUSE_MS);
    if (status === 401) {
      this.#log.error({}, 'Discord refuses DISCORD_CLIENT_SECRET: copy it again from your application’s page → OAuth2');
    }
    throw new Away(`Discord answered with status ${status}`);
  }

  #pause(ms: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, performance.now() + ms);
  }
}
