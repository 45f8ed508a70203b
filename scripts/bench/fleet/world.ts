import {
  type Channel,
  type DiscordSimulator,
  type Member,
  startDiscord,
} from '../../../test/simulators/discord/index.ts';
import { serve } from '../contestants/serve.ts';
import { type Seat as Chair, furnish, move } from '../parts/idle.ts';
import { type LoopDelay, watchLoop } from './loop-watch.ts';
import { RemoteSeats, type SeatOrders } from './remote-seats.ts';
import { sentencesIn } from './script.ts';
import type { Seat } from './voices.ts';

export interface WorldPlan {
  readonly guilds: number;
  readonly meetings: number; // in the first so many servers, one person each
  readonly endpoint: string; // of the voice server
}

export interface OpenWorld {
  readonly apiUrl: string;
  readonly cdnUrl: string;
  readonly authorizeUrl: string;
  readonly token: string;
  readonly seats: readonly Seat[];
}

/** What the bot asked of Discord since the last look. */
export interface Asked {
  readonly requests: number;
  readonly byRoute: Readonly<Record<string, number>>;
  readonly refused: number; // with 429
  readonly busiestSecond: number; // of requests with the bot's token
}

export type WorldCalls = {
  readonly open: (plan: WorldPlan) => Promise<OpenWorld>;
  readonly seatOrders: (input: undefined) => Promise<SeatOrders>;
  readonly obeyed: (number: number) => void;
  /** Everybody uses `/transcribe start` in the same moment. Returns after how many ms each was answered, or why not. */
  readonly start: (which: { readonly from: number; readonly to: number }) => Promise<readonly (number | string)[]>;
  readonly asked: (input: undefined) => Asked;
  /** When each sentence stood in its channel, whole, in ms since 1970. */
  readonly shown: (input: undefined) => ReadonlyMap<string, number>;
  readonly loop: (input: undefined) => LoopDelay;
};

const ANSWER_WITHIN_MS = 60_000;
const MOVE_EVERY_MS = 100; // how often somebody comes or goes in any of the other servers

interface Meeting {
  readonly person: Member;
  readonly text: Channel;
}

const look = watchLoop();
const shown = new Map<string, number>();
const meetings: Meeting[] = [];
let discord: DiscordSimulator | undefined;
let seats: RemoteSeats | undefined;

serve({
  async open({ guilds, meetings: count, endpoint }) {
    const opened = await startDiscord({ limitsAddresses: true });
    discord = opened;
    seats = new RemoteSeats(opened.world, endpoint);
    opened.world.voice = seats;
    const chairs = Array.from({ length: guilds }, (_, i) => furnish(opened, i));
    const talking = chairs.slice(0, count).flatMap(([chair]) => (chair === undefined ? [] : [chair]));
    for (const { member } of talking) {
      const text = member.guild.addTextChannel('transcript');
      text.watch(({ content, isDeleted }) => {
        if (!isDeleted) note(content);
      });
      meetings.push({ person: member, text });
    }
    const others: readonly Chair[] = chairs.slice(count).flat();
    setInterval(() => move(others), MOVE_EVERY_MS);
    const { apiUrl, cdnUrl, authorizeUrl, token } = opened;
    return {
      apiUrl,
      cdnUrl,
      authorizeUrl,
      token,
      seats: talking.map(({ member, channel }) => ({
        guildId: member.guild.id,
        channelId: channel.id,
        userId: member.id,
      })),
    };
  },
  seatOrders: async () => (await seats?.next()) ?? { orders: [], number: 0 },
  obeyed: (number) => seats?.obeyed(number),
  async start({ from, to }) {
    const beganMs = performance.now();
    return await Promise.all(
      meetings.slice(from, to).map(async ({ person, text }) => {
        try {
          const reply = await person.command(
            'transcribe start',
            {},
            { channel: text, answerWithinMs: ANSWER_WITHIN_MS },
          );
          return reply.content.includes(`<#${text.id}>`) ? performance.now() - beganMs : reply.content;
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      }),
    );
  },
  asked() {
    const busiestSecond = discord?.rest.busiestSecond('token') ?? 0;
    const seen = discord?.rest.seen.splice(0) ?? [];
    const byRoute: Record<string, number> = {};
    for (const { method, route } of seen) byRoute[`${method} ${route}`] = (byRoute[`${method} ${route}`] ?? 0) + 1;
    const refused = seen.filter(({ status }) => status === 429).length;
    return { requests: seen.length, byRoute, refused, busiestSecond };
  },
  shown: () => shown,
  loop: () => look(),
} satisfies WorldCalls);

function note(content: string): void {
  const atMs = performance.timeOrigin + performance.now();
  for (const sentence of sentencesIn(content)) if (!shown.has(sentence)) shown.set(sentence, atMs);
}
