import type { VoiceHabits } from '../../simulators/discord/voice/index.ts';
import { openStage, type Stage, type StageOptions } from '../stage.ts';
import { type Conversation, FaultMeeting } from './fault-meeting.ts';
import { type LogFlaws, logFlaws } from './log-flaws.ts';
import { packetsOf } from './packets-of.ts';
import { sentences } from './sentences.ts';

/** Of the people in a meeting. */
export const NAMES = ['Ana', 'Ben', 'Chloé', 'Dario', 'Eva', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas'];
/** Each meeting has its own, which tells its sockets apart. */
export const LANGUAGES = ['en', 'es', 'de', 'fr', 'it', 'pt', 'nl', 'ru', 'hi', 'ko'];
const SENTENCES = 80;
const PEOPLE = 3;
const SEED = 7;

/** How many sentences everybody says as a rule: some 17 s of talk, pauses included. */
export const TURNS = 5;

/** What is wrong with a process that met faults; empty lists are good. */
export interface ProcessFlaws extends LogFlaws {
  readonly violations: readonly string[]; // of the protocols, as the simulators saw it
}

export const SOUND: ProcessFlaws = { unspeakable: [], complaints: [], violations: [] };

/** One bot process, and as many servers with a meeting in it as a test wants. */
export class FaultStage implements AsyncDisposable {
  readonly stage: Stage;
  readonly #pool = sentences(SENTENCES, SEED);
  #meetings = 0;

  /** Use `faultStage`. */
  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** A meeting in a server of its own, with the bot in it. */
  async meet(speakers = PEOPLE, habits: Partial<VoiceHabits> = {}): Promise<FaultMeeting> {
    const language = LANGUAGES[this.#meetings++] ?? 'en';
    const guild = this.stage.discord.addGuild({ name: `Server ${this.#meetings}` });
    const meeting = new FaultMeeting(this.stage, guild, language, NAMES.slice(0, speakers), habits);
    await meeting.begin();
    return meeting;
  }

  /**
   * What everybody in a meeting says: no sentence twice in it, and in another order in each meeting, so that words
   * which end up with somebody else or in another meeting are noticed.
   *
   * @param from - which turn to begin with, when they talk in several parts
   */
  scripts({ people, language }: FaultMeeting, turns: number, from = 0): Conversation {
    const shift = 11 * LANGUAGES.indexOf(language);
    const sentence = (person: number, turn: number) =>
      this.#pool[(shift + (from + turn) * people.length + person) % SENTENCES] ?? '';
    return {
      scripts: people.map((_, person) => Array.from({ length: turns }, (_, turn) => sentence(person, turn))),
    };
  }

  /** For long talks, in which sentences come again. */
  anySentence(random: () => number): string {
    return this.#pool[Math.floor(random() * SENTENCES)] ?? '';
  }

  /** What is wrong with the process as a whole, up to now. */
  flaws(): ProcessFlaws {
    const { bot, palabra, discord } = this.stage;
    return {
      ...logFlaws(bot.output, [...palabra.secrets, discord.token]),
      violations: [...palabra.violations, ...discord.violations],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stage[Symbol.asyncDispose](); // doing it twice is the same
  }
}

/** Resolves when the bot is ready. */
export async function faultStage(options: StageOptions = {}): Promise<FaultStage> {
  for (const text of sentences(SENTENCES, SEED)) packetsOf(text);
  return new FaultStage(await openStage({ isWatched: true, ...options }));
}
