import { InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { Ask } from '../src/discord/command.ts';
import type { CommandContext, ParleyCommand } from './context.ts';
import { optIn, optOut } from './privacy/choose.ts';

const POLICY = [
  '**What I hear.** Only while a meeting is transcribed, which I announce in its text channel. Never who opted out: their sound is dropped before it is decoded.',
  '**Where it goes.** Each person’s sound is streamed to the speech recogniser (Palabra) and is not kept by me.',
  '**What is kept.** The text, its translations, who was there and when, for the minutes; on the computer of whoever runs me, for members of this server who could read or hear the meeting.',
  '**Your rights.** `/privacy opt-out`: not heard from now on. `/privacy opt-in`: heard again. `/privacy forget-me`: what you said in this server is erased from what I keep.',
].join('\n');

const definition = new SlashCommandBuilder()
  .setName('privacy')
  .setDescription('Your own rights: not to be heard, and to be forgotten')
  .setContexts(InteractionContextType.Guild)
  .addSubcommand((out) => out.setName('opt-out').setDescription('Do not hear me in this server, from now on'))
  .addSubcommand((opt) => opt.setName('opt-in').setDescription('Hear me again'))
  .addSubcommand((forget) => forget.setName('forget-me').setDescription('Erase what I said in this server'))
  .addSubcommand((policy) => policy.setName('policy').setDescription('What is heard, sent and kept'))
  .toJSON();

/** `/privacy`: a member's own rights. */
export const privacy: ParleyCommand = {
  definition,
  async run(ask, context, words) {
    switch (ask.options.getSubcommand()) {
      case 'opt-out':
        return await optOut(ask, context, words);
      case 'opt-in':
        return await optIn(ask, context, words);
      case 'forget-me':
        return await forget(ask, context);
      default:
        return POLICY;
    }
  },
};

async function forget(ask: Ask, { journal }: CommandContext): Promise<string> {
  const segments = await journal.forget(ask.guildId, ask.user.id);
  const pieces = segments === 1 ? 'one piece' : `${segments} pieces`;
  const what = segments === 0 ? 'I keep nothing you said' : `Erased: ${pieces} of text, and your name in them`;
  return `${what}. Messages that already stand in Discord’s channels are not mine to find again: a moderator can delete them. \`/privacy opt-out\` keeps me from hearing you again.`;
}
