import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, Guild, Member } from '../../simulators/discord/index.ts';
import type { Said, SimulatedVoice, VoiceClient, VoiceHabits } from '../../simulators/discord/voice/index.ts';
import type { PalabraSocket } from '../../simulators/palabra/index.ts';
import { spokenDurationMs } from '../../simulators/speech/index.ts';
import type { Stage } from '../stage.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { packetsOf } from './packets-of.ts';
import { report } from './report.ts';

const STOP_LIMIT_MS = 150_000; // the bot waits two minutes for last words at most

export interface SaidBy extends Said {
  readonly who: string;
}

export interface Conversation {
  /** What each person says, in their order. */
  readonly scripts: readonly (readonly string[])[];
  readonly pauseMs?: number; // between two sentences of one person: longer than what ends an utterance
}

/** What a meeting takes place between, whichever process writes it down. */
export type MeetingStage = Pick<Stage, 'discord' | 'palabra' | 'databaseUrl'>;

/** One server with a meeting that is written down, and the people in it. */
export class FaultMeeting {
  readonly stage: MeetingStage;
  readonly guild: Guild;
  readonly voice: Channel;
  readonly text: Channel;
  readonly language: string; // also tells this meeting's sockets from those of others
  readonly people: readonly Member[];
  readonly said: SaidBy[] = [];
  readonly #moderator: Member;

  /** Use `FaultStage.meet`. */
  constructor(
    stage: MeetingStage,
    guild: Guild,
    language: string,
    names: readonly string[],
    habits: Partial<VoiceHabits>,
  ) {
    this.stage = stage;
    this.guild = guild;
    this.language = language;
    this.voice = guild.addVoiceChannel('Meeting');
    this.text = guild.addTextChannel('transcript');
    this.#moderator = guild.addMember({ name: 'Moderator', permissions: ['Administrator'] });
    this.people = names.map((name) => guild.addMember({ name }));
    for (const person of this.people) person.voiceHabits = habits;
  }

  /** Everybody sits down, the bot begins to listen, and all have the keys to hear one another. */
  async begin(): Promise<void> {
    this.guild.announce();
    for (const person of this.people) person.join(this.voice);
    const options = { 'voice-channel': this.voice, language: this.language };
    await this.#moderator.command('transcribe start', options, { channel: this.text });
    await this.stage.discord.voiceRoom(this.voice).settled();
  }

  /** Everybody says their sentences, over one another. */
  async talk({ scripts, pauseMs = 1_200 }: Conversation): Promise<void> {
    await Promise.all(
      scripts.map(async (script, index) => {
        const person = this.people[index];
        if (!person) throw new Error('There are more scripts than people');
        for (const [turn, text] of script.entries()) {
          // Nobody begins in the same moment, and everybody has another rhythm.
          await delay(turn === 0 ? 350 * index : pauseMs + 70 * index);
          await this.say(person, text);
        }
      }),
    );
  }

  /** One person says one sentence; resolves when it is out. */
  async say(person: Member, text: string): Promise<void> {
    const startedAtMs = await this.voiceOf(person).sayPackets(packetsOf(text));
    this.said.push({ who: person.displayName, text, startedAtMs, endedAtMs: startedAtMs + spokenDurationMs(text) });
  }

  /** Somebody says that it is to end; resolves when that is answered. */
  async askToEnd(): Promise<void> {
    await this.#moderator.command('transcribe stop', {}, { channel: this.text, answerWithinMs: STOP_LIMIT_MS });
  }

  /** Ends the meeting and gives what came of it. */
  async end(scenario: string): Promise<Outcome> {
    const saidMs = performance.now();
    await this.askToEnd();
    await this.text.waitFor(({ attachments }) => attachments.length > 0, { timeoutMs: STOP_LIMIT_MS });
    const outcome = await outcomeOf(this, performance.now() - saidMs);
    report(scenario, outcome);
    return outcome;
  }

  voiceOf(person: Member): SimulatedVoice {
    return this.stage.discord.voiceOf(person);
  }

  /** The bot, as this meeting's voice server sees it. */
  get botInVoice(): VoiceClient {
    const client = this.stage.discord.voiceRoom(this.voice).clients.get(this.guild.bot.id);
    if (!client) throw new Error('The bot is not in the voice channel');
    return client;
  }

  /** The sockets to the recogniser that carry this meeting now. */
  get sockets(): readonly PalabraSocket[] {
    return this.stage.palabra.openSockets.filter(({ query }) => query.language === this.language);
  }
}
