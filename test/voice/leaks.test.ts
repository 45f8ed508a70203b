import { expect, it } from 'vitest';
import { startVoiceServer } from '../simulators/discord/voice/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { Call } from './support/call.ts';
import { ANA } from './support/gateway.ts';

const POLL_TIMERS = 2; // its interval and its limit

/** What keeps the process alive, by kind. */
function resources(): { sockets: number; connections: number; timers: number } {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return { sockets: counts.UDPWrap ?? 0, connections: counts.TCPSocketWrap ?? 0, timers: counts.Timeout ?? 0 };
}

it('leaves no socket and no timer behind, however a room ended', inRealTime, async () => {
  await using server = await startVoiceServer({ heartbeatMs: 100_000, dave: { batchMs: 1 } });
  const stay = async (end: (call: Call) => void) => {
    const call = new Call(server);
    const listener = await call.listen();
    await call.ana.say('o');
    end(call);
    await listener[Symbol.asyncDispose]();
    call.ana.leave();
    expect(listener.person(ANA).text()).toBe('o');
  };
  const idle = resources();
  await stay(() => {});
  await stay((call) => call.bot.drop());
  await stay((call) => call.bot.close(4006));
  await stay((call) => call.bot.close(4014));
  await stay((call) => call.gateway.takeServerAway());
  await expect.poll(() => resources().sockets, { timeout: 5_000 }).toBe(idle.sockets);
  await expect.poll(() => resources().connections, { timeout: 5_000 }).toBe(idle.connections);
  await expect.poll(() => resources().timers - POLL_TIMERS, { timeout: 5_000 }).toBeLessThanOrEqual(idle.timers);
});
