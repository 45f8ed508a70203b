import { setTimeout as delay } from 'node:timers/promises';
import {
  type Channel,
  type DiscordSimulator,
  type Member,
  startDiscord,
} from '../../../test/simulators/discord/index.ts';
import { startPalabra } from '../../../test/simulators/palabra/index.ts';
import { startParley } from '../../../test/support/parley.ts';
import { costOf } from '../process-cost.ts';
import type { Idle } from '../report/figures.ts';

const CATEGORIES = 4;
const TEXTS_PER_CATEGORY = 4; // and one voice channel with somebody in it
const ROLES = 12;
const SETTLING_MS = 22_000; // until V8 has twice collected the garbage of the start
const MOVE_EVERY_MS = 100; // how often somebody comes or goes in any server: 8,000 people who stay a quarter of an hour each

export interface IdlePlan {
  readonly guilds: number;
  readonly measuredMs: number;
}

/**
 * Measures the real bot in many servers, where people come and go and nobody uses a command.
 *
 * @param ready - called when the bot is ready. Another one can start then, because this one needs hardly any processor
 *   time
 */
export async function measureIdle({ guilds, measuredMs }: IdlePlan, ready: () => void = () => {}): Promise<Idle> {
  await using open = new AsyncDisposableStack();
  const discord = open.use(await startDiscord());
  const palabra = await startPalabra();
  open.defer(() => palabra.close());
  const seats = Array.from({ length: guilds }, (_, i) => furnish(discord, i)).flat();
  const beganMs = performance.now();
  const bot = open.use(startParley({ discord, palabra, caFile: '' }));
  await bot.says('Ready as');
  const startToReadyMs = performance.now() - beganMs;
  ready();
  const moving = setInterval(() => move(seats), MOVE_EVERY_MS);
  open.defer(() => clearInterval(moving));
  await delay(SETTLING_MS);
  const before = costOf(bot.pid);
  const watchedMs = performance.now();
  await delay(measuredMs);
  const after = costOf(bot.pid);
  const cpuPercent = ((after.cpuMs - before.cpuMs) / (performance.now() - watchedMs)) * 100;
  return { rssMb: after.rssMb, cpuPercent, startToReadyMs };
}

export interface Seat {
  readonly member: Member;
  readonly channel: Channel;
}

/** A server of ordinary size: 24 channels, some of them private, 13 roles, four people in voice channels. */
export function furnish(discord: DiscordSimulator, index: number): Seat[] {
  const guild = discord.addGuild({ name: `Server ${index}` });
  const roles = Array.from({ length: ROLES }, (_, i) => guild.addRole(`Role ${i}`, ['ViewChannel', 'SendMessages']));
  return roles.slice(0, CATEGORIES).map((role, i) => {
    const parent = guild.addCategory(`Category ${i}`);
    const isPrivate = [
      { for: guild.everyone, deny: ['ViewChannel'] },
      { for: role, allow: ['ViewChannel'] },
    ] as const;
    for (let text = 0; text < TEXTS_PER_CATEGORY; text++) {
      guild.addTextChannel(`text-${i}-${text}`, { parent, overwrites: text === 0 ? isPrivate : [] });
    }
    const channel = guild.addVoiceChannel(`Voice ${i}`, { parent });
    const member = guild.addMember({ name: `person-${i}-of-${index}`, globalName: `Person ${i}` });
    member.join(channel);
    return { member, channel };
  });
}

export function move(seats: readonly Seat[]): void {
  const seat = seats[Math.floor(Math.random() * seats.length)];
  if (!seat) return;
  if (seat.member.voice) seat.member.leave();
  else seat.member.join(seat.channel);
}
