import { setTimeout as delay } from 'node:timers/promises';
import { readTranscript } from '../../test/discord/support/read-transcript.ts';
import type { Channel, Guild, Interaction, Member, Message, OptionValue } from '../../test/simulators/discord/index.ts';
import { characterErrors, encodeSpeech } from '../../test/simulators/speech/index.ts';
import type { Scene } from './stop.ts';

const ANSWER_LIMIT_MS = 45_000;
const LOOK_EVERY_MS = 50;
const MOST_WRONG = 0.4; // the share of wrong characters up to which a text counts as written

/** The rights of everybody in the two channels. */
export interface ChannelPlan {
  readonly text?: readonly ('View' | 'History')[]; // in the text channel; the default is everything
  readonly voice?: readonly ('View' | 'Connect')[]; // in the voice channel; the default is everything
}

/** A server that the attacker manages, perhaps with a meeting. */
export class TheirServer {
  readonly scene: Scene;
  readonly guild: Guild;
  readonly lobby: Channel; // visible to everybody
  readonly text: Channel;
  readonly voice: Channel;
  readonly mallory: Member; // manages the server
  readonly ana: Member; // sits in the voice channel and speaks; sees both channels
  readonly outsider: Member; // has only the rights of everybody

  constructor(scene: Scene, name: string, plan: ChannelPlan = {}) {
    this.scene = scene;
    this.guild = scene.stage.discord.addGuild({ name });
    this.mallory = this.guild.addMember({ name: 'mallory', globalName: 'Mallory', permissions: ['Administrator'] });
    const insiders = this.guild.addRole('insiders');
    this.ana = this.guild.addMember({ name: 'ana', globalName: 'Anastasia' });
    this.ana.setRoles([insiders]);
    this.outsider = this.guild.addMember({ name: 'oscar', globalName: 'Oscar Outsider' });
    this.lobby = this.guild.addTextChannel('lobby');
    const { text = ['View', 'History'], voice = ['View', 'Connect'] } = plan;
    const insidersAndBot = (allow: readonly ('ViewChannel' | 'ReadMessageHistory' | 'Connect')[]) =>
      [insiders, this.guild.botRole].map((role) => ({ for: role, allow }));
    this.text = this.guild.addTextChannel('secret-talk', {
      overwrites: [
        {
          for: this.guild.everyone,
          deny: [
            ...(text.includes('View') ? [] : ['ViewChannel' as const]),
            ...(text.includes('History') ? [] : ['ReadMessageHistory' as const]),
          ],
        },
        ...insidersAndBot(['ViewChannel', 'ReadMessageHistory']),
      ],
    });
    this.voice = this.guild.addVoiceChannel('Secret room', {
      overwrites: [
        {
          for: this.guild.everyone,
          deny: [
            ...(voice.includes('View') ? [] : ['ViewChannel' as const]),
            ...(voice.includes('Connect') ? [] : ['Connect' as const]),
          ],
        },
        ...insidersAndBot(['ViewChannel', 'Connect']),
      ],
    });
    this.guild.announce();
  }

  /** Ana joins the voice channel, and Mallory starts a meeting. */
  async meet(language = 'es', where: Channel = this.text): Promise<Interaction> {
    this.ana.join(this.voice);
    const started = await this.command(
      this.mallory,
      'transcribe start',
      { 'voice-channel': this.voice, language },
      where,
    );
    await this.scene.stage.discord.voiceRoom(this.voice).settled();
    return started;
  }

  async stop(): Promise<void> {
    await this.mallory.command('transcribe stop', {}, { channel: this.lobby, answerWithinMs: ANSWER_LIMIT_MS });
  }

  /** The id of the meeting, from the suggestions for a manager. */
  async meetingId(): Promise<string> {
    const options = { format: 'md' };
    const choices = await this.mallory.autocomplete('minutes export', 'meeting', '', { channel: this.lobby, options });
    const [newest] = choices;
    if (!newest) throw new Error('No meeting is offered');
    return String(newest.value);
  }

  /**
   * Uses a command, even one that Discord shows only to managers by default, because a server can show it to others.
   */
  async command(
    member: Member,
    name: string,
    options: Readonly<Record<string, OptionValue>> = {},
    channel: Channel = this.lobby,
  ): Promise<Interaction> {
    const stored = this.guild.world.application.find(name.split(' ')[0] ?? '', 1, this.guild.id);
    if (stored) Object.assign(stored.definition, { default_member_permissions: null });
    return await member.command(name, options, { channel, answerWithinMs: ANSWER_LIMIT_MS });
  }

  /**
   * The answer with follow-ups and files. If the client does not offer the channel or button, that counts as a refusal.
   */
  async answerTo(asking: Promise<Interaction>): Promise<string> {
    try {
      return textOf(await asking);
    } catch (error) {
      if (error instanceof Error && /^(Discord's client|\S.* does not see #)/.test(error.message)) return 'not offered';
      throw error;
    }
  }

  /** Lets somebody speak. Resolves when everything is said. */
  async say(text: string, member: Member = this.ana): Promise<void> {
    await this.scene.stage.discord.voiceOf(member).sayPackets(encodeSpeech(text));
  }

  /**
   * Waits until a final with this text appears. Returns `false` if it does not come in time.
   *
   * A few wrong letters are accepted, because speech is damaged on a busy machine. Only the neighbours' words are
   * compared exactly.
   */
  async isWritten(text: string, withinMs: number, where: Channel = this.text): Promise<boolean> {
    const isNear = (written: string) => characterErrors(text, written) <= MOST_WRONG * text.length;
    return await becomes(withinMs, () =>
      readTranscript(where.messages).some(
        (line) => line.isGrowing === undefined && (line.text.includes(text) || isNear(line.text)),
      ),
    );
  }

  /** A personal link to the live page. */
  async liveLink(member: Member): Promise<string> {
    const panel = await this.text.waitFor((message) => buttonOf(message, 'p1:live') !== undefined);
    const pressed = await member.click(panel, buttonOf(panel, 'p1:live') ?? '', { answerWithinMs: ANSWER_LIMIT_MS });
    const url = /"url":"([^"]+)"/.exec(JSON.stringify(pressed.components))?.[1];
    if (url === undefined) throw new Error(`The answer contains no link: ${pressed.content}`);
    return url;
  }

  /** Removes the bot from the server, which ends everything that still runs there. */
  leave(): void {
    for (const member of [...this.guild.members.values()]) member.leave();
    this.guild.remove();
  }
}

/** An answer as text, with its files. */
export function textOf(answered: Interaction): string {
  const messages = [answered.original, ...answered.followUps].filter((message) => message !== undefined);
  return messages
    .map(({ content, embeds, components, attachments }) => {
      const files = attachments.map(({ filename, bytes }) => `${filename}\n${Buffer.from(bytes).toString('utf8')}`);
      return [content, JSON.stringify(embeds), JSON.stringify(components), ...files].join('\n');
    })
    .join('\n');
}

/** The id of the button that begins like this. */
export function buttonOf({ components }: Pick<Message, 'components'>, beginning: string): string | undefined {
  return new RegExp(`"custom_id":"(${beginning}[^"]*)"`).exec(JSON.stringify(components))?.[1];
}

/** Waits for a condition. Returns `false` if it does not become true in time. */
export async function becomes(withinMs: number, isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const untilMs = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > untilMs) return false;
    await delay(LOOK_EVERY_MS);
  }
  return true;
}
