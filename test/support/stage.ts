import { join } from 'node:path';
import {
  type Channel,
  type DiscordOptions,
  type DiscordSimulator,
  type Guild,
  type Interaction,
  type Member,
  startDiscord,
} from '../simulators/discord/index.ts';
import { makeCertificate, type VoiceServerOptions } from '../simulators/discord/voice/index.ts';
import { type PalabraOptions, type PalabraSimulator, startPalabra } from '../simulators/palabra/index.ts';
import { type ParleyProcess, startParley } from './parley.ts';

type Variables = Readonly<Record<string, string>>;

export interface StageOptions {
  readonly discord?: Pick<DiscordOptions, 'privilegedIntents'>;
  readonly voice?: VoiceServerOptions;
  readonly palabra?: PalabraOptions;
  readonly environment?: Variables | ((discord: DiscordSimulator, palabra: PalabraSimulator) => Variables);
  readonly locale?: string; // of the server; en-US unless told
  readonly startFile?: string; // of another Parley than this one
  /** Whether the bot's stalls are noted; in tests they are, and a benchmark measures the bot without. */
  readonly isWatched?: boolean;
}

/** A Discord, a Palabra, and the real bot between them, with one server to meet in. */
export interface Stage extends AsyncDisposable {
  readonly discord: DiscordSimulator;
  readonly palabra: PalabraSimulator;
  readonly bot: ParleyProcess;
  readonly databaseUrl: string; // of the bot's journal
  readonly guild: Guild;
  readonly voice: Channel;
  readonly text: Channel;
  readonly moderator: Member;
  /** Uses a slash command in the text channel. */
  command(member: Member, name: string, options?: Record<string, string | boolean | Channel>): Promise<Interaction>;
}

/** Resolves when the bot is ready. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  await using open = new AsyncDisposableStack();
  const certificate = open.use(await makeCertificate());
  const discord = open.use(await startDiscord({ ...options.discord, voice: { certificate, ...options.voice } }));
  const palabra = await startPalabra(options.palabra);
  open.defer(() => palabra.close());
  const guild = discord.addGuild({ name: 'Book club', locale: options.locale ?? 'en-US' });
  const voice = guild.addVoiceChannel('Meeting');
  const text = guild.addTextChannel('transcript');
  const moderator = guild.addMember({ name: 'Moderator', permissions: ['Administrator'] });
  const { environment = {} } = options;
  const more = typeof environment === 'function' ? environment(discord, palabra) : environment;
  const { startFile, isWatched = process.env.VITEST !== undefined } = options;
  const other = { isWatched, ...(startFile !== undefined && { startFile }) };
  const bot = open.use(startParley({ discord, palabra, caFile: certificate.caFile, more, ...other }));
  await bot.says('Ready as');
  const rest = open.move();
  return {
    discord,
    palabra,
    bot,
    databaseUrl: `sqlite://${join(bot.directory, 'data/parley.db')}`,
    guild,
    voice,
    text,
    moderator,
    command: (member, name, values = {}) => member.command(name, values, { channel: text }),
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}
